"""Entries are looked up with their time, since the ledger is kept by month."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent / "0019_entries_by_month.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0018_origins"), ("ledger", "0003_months")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
