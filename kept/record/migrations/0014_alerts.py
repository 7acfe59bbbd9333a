"""Whom the program tells that a record is opened because a life is at risk."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent / "0014_alerts.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0013_many_at_once")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
