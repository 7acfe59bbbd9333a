"""The ledger is sealed: what waits, the batches with their signed heads, the public keys."""

from pathlib import Path

from django.db import migrations

SEALS = (Path(__file__).parent / "0005_seals.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_replay")]
    operations = [migrations.RunSQL(SEALS, migrations.RunSQL.noop)]
