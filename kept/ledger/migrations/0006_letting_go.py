"""Months of the ledger can be let go, when nobody whom they name is held any more; proofs and seals stay whole."""

from pathlib import Path

from django.db import migrations

LETTING_GO = (Path(__file__).parent / "0006_letting_go.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_seals")]
    operations = [migrations.RunSQL(LETTING_GO, migrations.RunSQL.noop)]
