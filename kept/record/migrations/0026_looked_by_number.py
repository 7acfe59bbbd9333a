"""What looks unusual, found in a second where it took a minute."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent / "0026_looked_by_number.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0025_numbers_to_check")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
