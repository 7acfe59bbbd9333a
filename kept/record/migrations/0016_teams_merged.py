"""The children of a team, to be given to another."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent / "0016_teams_merged.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0015_birth")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
