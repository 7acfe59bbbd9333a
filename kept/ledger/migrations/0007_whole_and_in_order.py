"""Seals count from one; a month that cannot be made keeps no other from it; what was let go says which month it was."""

from pathlib import Path

from django.db import migrations

WHOLE = (Path(__file__).parent / "0007_whole_and_in_order.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_letting_go")]
    operations = [migrations.RunSQL(WHOLE, migrations.RunSQL.noop)]
