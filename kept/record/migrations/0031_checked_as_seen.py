"""A check of something unusual covers what was done before it, and nothing after."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent / "0031_checked_as_seen.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0029_written_once")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
