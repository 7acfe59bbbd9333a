"""What was asked can be put again to a draft, by whoever publishes: without who asked and about whom."""

from pathlib import Path

from django.db import migrations

REPLAY = (Path(__file__).parent / "0004_replay.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_months")]
    operations = [migrations.RunSQL(REPLAY, migrations.RunSQL.noop)]
