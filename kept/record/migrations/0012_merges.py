"""Two records of one person: a link that can be undone, candidates for it, and the way through it to the other record."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect

FUNCTIONS = (Path(__file__).parent / "0012_merges.sql").read_text()
PERSON = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "record.person"}


class Migration(migrations.Migration):
    dependencies = [("record", "0011_deaths")]
    operations = [
        migrations.CreateModel(
            name="SamePerson",
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
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("same", models.BooleanField()),
                ("why", models.TextField()),
                ("account", models.BigIntegerField(null=True)),
                ("other", models.ForeignKey(**PERSON)),
                ("person", models.ForeignKey(**PERSON)),
            ],
            options={
                "db_table": "record_same_person",
                "indexes": [models.Index(fields=["person"], name="others_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(person=models.F("other")), name="nobody_is_merged_with_themselves"
                    ),
                    models.CheckConstraint(condition=~models.Q(why=""), name="sameness_has_a_reason"),
                    models.UniqueConstraint(
                        fields=["other"],
                        condition=models.Q(until_on=None, same=True),
                        name="merged_into_one_person",
                    ),
                    models.UniqueConstraint(
                        fields=["person", "other"],
                        condition=models.Q(until_on=None),
                        name="said_once_of_two",
                    ),
                ],
            },
        ),
        Protect("record_same_person", item="identity.same-person", updates=("until_on",)),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
