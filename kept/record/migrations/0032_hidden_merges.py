"""What must stay hidden stays so in both of two records of one person, and is lost with neither."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent / "0032_hidden_merges.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0029_duplicates_further")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
