"""What people told us about themselves and their lives: one table, locked row by row by the item that a row is of."""

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect

# As they were when this table was made: what a later version adds, its own migration adds here.
ONE_ANSWER = (
    "background.ethnicity",
    "background.culture",
    "background.religion",
    "background.sexual-orientation",
    "background.language",
)
DECLINABLE = ("background.culture", "background.religion", "background.sexual-orientation")
SEVERAL = (
    "needs.communication",
    "health.facts",
    "health.disability",
    "health.long-term-condition",
    "health.special-educational-need",
    "health.pregnancy",
    "health.birth-history",
    "mental-health.facts",
    "circumstances.police-contact",
    "circumstances.police-involvement",
    "circumstances.social-worker",
    "circumstances.social-services-support",
    "circumstances.service-involvement",
    "circumstances.domestic-abuse",
    "circumstances.domestic-abuse-service",
    "circumstances.money",
    "circumstances.housing",
    "circumstances.ever-in-care",
    "circumstances.young-carer",
    "circumstances.looked-after",
    "circumstances.protection-plan",
)
KINDS = ONE_ANSWER + SEVERAL


class Migration(migrations.Migration):
    dependencies = [("record", "0005_letters")]
    operations = [
        migrations.CreateModel(
            name="Circumstance",
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
                ("kind", models.TextField()),
                ("said", models.TextField(blank=True)),
                ("declined", models.BooleanField(default=False)),
                ("since_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
                    ),
                ),
            ],
            options={
                "db_table": "record_circumstance",
                "indexes": [models.Index(fields=["person"], name="circumstances_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(kind__in=KINDS), name="circumstance_is_an_item"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(declined=False) & ~models.Q(said="")
                        | models.Q(declined=True, said="", kind__in=DECLINABLE),
                        name="circumstance_is_said_or_declined",
                    ),
                    models.UniqueConstraint(
                        fields=["person", "kind"],
                        condition=models.Q(until_on=None, kind__in=ONE_ANSWER),
                        name="one_current_answer",
                    ),
                ],
            },
        ),
        Protect(
            "record_circumstance",
            item_by_kind={kind: kind for kind in KINDS},
            named_by_row=True,
            updates=("until_on",),
        ),
    ]
