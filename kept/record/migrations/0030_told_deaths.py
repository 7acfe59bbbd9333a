"""No letter goes about a child whose care ended because they died, whoever ended it."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("record", "0028_hidden_homes")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
