"""The ledger's tables, the functions that are the only way to write them, and what an open entry opens."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

HERE = Path(__file__).parent
WRITING = (HERE / "0001_entries.sql").read_text()
OPENED = (HERE / "0001_opened.sql").read_text()


class Migration(migrations.Migration):
    initial = True
    dependencies = [("published", "0001_definitions")]
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("account", models.BigIntegerField(null=True)),
                ("process", models.TextField(blank=True)),
                ("role", models.TextField()),
                ("service", models.TextField()),
                ("organisation", models.TextField()),
                ("act", models.TextField()),
                ("purpose", models.TextField()),
                ("outcome", models.TextField()),
                ("definition", models.BigIntegerField(null=True)),
                ("clauses", django.contrib.postgres.fields.ArrayField(models.TextField())),
                ("source", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("request", models.TextField(blank=True)),
            ],
            options={
                "db_table": "ledger_entry",
                "indexes": [
                    models.Index(fields=["service", "-id"], name="entries_of_a_service"),
                    models.Index(
                        fields=["service", "-id"],
                        condition=models.Q(purpose="vital-interests"),
                        name="entries_with_a_life_at_risk",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        "ledger.Entry", models.PROTECT, related_name="subjects", db_index=False
                    ),
                ),
                ("ledger_id", models.UUIDField()),
                ("service", models.TextField()),
                ("read", django.contrib.postgres.fields.ArrayField(models.TextField())),
                ("recorded", django.contrib.postgres.fields.ArrayField(models.TextField())),
            ],
            options={
                "db_table": "ledger_subject",
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "ledger_id"), name="named_once_an_entry")
                ],
                "indexes": [models.Index(fields=["ledger_id", "-entry"], name="entries_about_a_person")],
            },
        ),
        migrations.RunSQL(WRITING, migrations.RunSQL.noop),
        migrations.RunSQL(OPENED, migrations.RunSQL.noop),
    ]
