"""Nothing is sent to or about somebody who died: what letters ask the database."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent / "0011_deaths.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0010_corrections")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
