"""The time for which a service looks after a child, who is named, and the standing of whoever is."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect

FUNCTIONS = (Path(__file__).parent / "0009_episodes.sql").read_text()
ENDED = (
    "age",
    "complete",
    "moved",
    "asked",
    "other-service",
    "no-answer",
    "died",
    "mistake",
    "merged",
    "corrected",
)
HAND_OVERS = ("accepted", "declined", "not-offered")


def about_a_child() -> list[tuple[str, models.Field]]:
    """The columns that every dated row about a child has."""
    return [
        (
            "id",
            models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
        ),
        ("service", models.TextField()),
        ("entry_id", models.BigIntegerField()),
        ("definition_id", models.BigIntegerField()),
        ("source", models.TextField(blank=True)),
        ("recorded_at", models.DateTimeField()),
        ("from_on", models.DateField()),
        ("until_on", models.DateField(null=True)),
        (
            "person",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("record", "0008_assessments")]
    operations = [
        migrations.CreateModel(
            name="Episode",
            fields=[
                *about_a_child(),
                ("serves_until_on", models.DateField(null=True)),
                ("ended_because", models.TextField(null=True)),
                ("hand_over", models.TextField(null=True)),
            ],
            options={
                "db_table": "record_episode",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["person"], condition=models.Q(until_on=None), name="one_episode_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(until_on=None, ended_because=None, hand_over=None)
                        | models.Q(until_on__isnull=False, ended_because__in=ENDED),
                        name="an_episode_ends_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(hand_over=None) | models.Q(hand_over__in=HAND_OVERS),
                        name="hand_over_is_an_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(serves_until_on=None)
                        | models.Q(serves_until_on__gt=models.F("from_on")),
                        name="an_episode_begins_while_the_child_is_served",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedProfessional",
            fields=[*about_a_child(), ("account", models.BigIntegerField())],
            options={
                "db_table": "record_named_professional",
                "indexes": [models.Index(fields=["account"], name="children_of_a_named_one")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["person"], condition=models.Q(until_on=None), name="one_named_at_a_time"
                    )
                ],
            },
        ),
        Protect("record_episode", item="care.episode", updates=("until_on", "ended_because", "hand_over")),
        Protect("record_named_professional", item="care.episode", updates=("until_on",)),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
