"""Whether a family has been told is asked alike of one record and of a list: of its people, not of their records."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("record", "0027_looked_again")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
