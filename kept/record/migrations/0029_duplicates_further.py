"""Who may be recorded twice: also whoever changed lately, and page by page whoever was registered long ago."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("record", "0031_checked_as_seen")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
