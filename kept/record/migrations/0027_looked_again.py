"""What was held back from a family once is proposed to be held back again."""

from pathlib import Path

from django.db import migrations, models

FUNCTIONS = (Path(__file__).parent / "0027_looked_again.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0030_told_reviews")]
    operations = [
        migrations.AddIndex(
            model_name="lookedline",
            index=models.Index(
                fields=["number"], condition=models.Q(shown=False), name="entries_held_back_before"
            ),
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
