"""Who wrote what a record shows."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent / "0018_origins.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0017_families")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
