"""What others tell of a record that is shown in another reaches the one that is opened."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("record", "0026_looked_by_number")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
