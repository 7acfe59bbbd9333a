"""Letters that told one person of a notice, and the list of families who have not been told."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect

FUNCTIONS = (Path(__file__).parent / "0005_letters.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0004_search")]
    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.TextField()),
                ("entry_id", models.BigIntegerField()),
                ("definition_id", models.BigIntegerField()),
                ("source", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("version_id", models.BigIntegerField()),
                ("way", models.TextField()),
                ("letter_id", models.UUIDField(unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
                    ),
                ),
            ],
            options={
                "db_table": "record_letter",
                "indexes": [models.Index(fields=["person"], name="letters_to_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["post", "email", "text"])),
                        name="a_letter_goes_one_way",
                    )
                ],
            },
        ),
        Protect("record_letter", item="care.notice-given"),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
