"""How the asker stood to each person, which part they had, and what a refusal refused: so a decision can be put again."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

STANDING = (Path(__file__).parent / "0002_standing.sql").read_text()
TEXTS = django.contrib.postgres.fields.ArrayField(models.TextField())


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_entries")]
    operations = [
        migrations.RunSQL(
            STANDING,
            migrations.RunSQL.noop,
            state_operations=[
                migrations.AddField("entry", "asked", TEXTS, preserve_default=False),
                migrations.AddField(
                    "subject", "standing", models.TextField(blank=True), preserve_default=False
                ),
                migrations.AddField("subject", "part", models.TextField(blank=True), preserve_default=False),
                migrations.AddField("subject", "at", models.DateTimeField(), preserve_default=False),
            ],
        ),
    ]
