"""What looks unusual and what was found of it; what a family is shown of who has looked."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect

FUNCTIONS = (Path(__file__).parent / "0023_looked.sql").read_text()
PERSON = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "record.person"}
VIEW = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "record.lookedview"}
NUMBER = {"auto_created": True, "primary_key": True, "serialize": False, "verbose_name": "ID"}


def held() -> list[tuple[str, models.Field]]:  # type: ignore[type-arg]
    """What every row about somebody carries."""
    return [
        ("id", models.BigAutoField(**NUMBER)),  # type: ignore[arg-type]
        ("service", models.TextField()),
        ("entry_id", models.BigIntegerField()),
        ("definition_id", models.BigIntegerField()),
        ("source", models.TextField(blank=True)),
        ("recorded_at", models.DateTimeField()),
    ]


class Migration(migrations.Migration):
    dependencies = [("record", "0022_development"), ("ledger", "0003_months")]
    operations = [
        migrations.CreateModel(
            name="LookCheck",
            fields=[
                *held(),
                ("person_id", models.BigIntegerField(default=0)),
                ("pattern", models.TextField()),
                ("account", models.BigIntegerField()),
                ("began_at", models.DateTimeField()),
                ("found", models.TextField()),
                ("by_account", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "record_look_check",
                "indexes": [
                    models.Index(fields=["service", "account", "began_at"], name="checks_of_an_account")
                ],
                "constraints": [
                    models.CheckConstraint(condition=~models.Q(found=""), name="a_check_says_what_was_found")
                ],
            },
        ),
        migrations.CreateModel(
            name="LookedView",
            fields=[
                *held(),
                ("since_on", models.DateField()),
                ("last_on", models.DateField()),
                ("last_entry", models.BigIntegerField()),
                ("asked_by", models.TextField()),
                ("opinion_of", models.TextField(blank=True)),
                ("opinion_on", models.DateField(null=True)),
                ("account", models.BigIntegerField(null=True)),
                ("person", models.ForeignKey(**PERSON)),
            ],
            options={
                "db_table": "record_looked_view",
                "indexes": [models.Index(fields=["person"], name="views_of_a_person")],
                "constraints": [
                    models.CheckConstraint(condition=~models.Q(asked_by=""), name="a_view_says_who_asked"),
                    models.CheckConstraint(
                        condition=models.Q(since_on__lte=models.F("last_on")),
                        name="a_view_begins_before_it_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookedLine",
            fields=[
                *held(),
                ("number", models.BigIntegerField()),
                ("done_at", models.DateTimeField()),
                ("shown", models.BooleanField()),
                ("proposed", models.TextField(blank=True)),
                ("clause", models.TextField(blank=True)),
                ("why", models.TextField(blank=True)),
                ("person", models.ForeignKey(**PERSON)),
                ("view", models.ForeignKey(**VIEW)),
            ],
            options={
                "db_table": "record_looked_line",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(shown=True, clause="", why="")
                        | models.Q(shown=False) & ~models.Q(clause="") & ~models.Q(why=""),
                        name="withheld_with_a_reason",
                    ),
                    models.UniqueConstraint(fields=["view", "number"], name="an_entry_once_a_view"),
                ],
            },
        ),
        Protect("record_look_check", item="ledger.check"),
        Protect("record_looked_view", item="ledger.shown"),
        Protect("record_looked_line", item="ledger.shown"),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
