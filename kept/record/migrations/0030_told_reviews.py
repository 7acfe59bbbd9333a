"""What is said later of something that was told: one table, locked row by row as what it is about is."""

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect

# As they are with this migration: what a later version adds, its own migration adds.
KINDS = (
    "background.ethnicity",
    "background.culture",
    "background.religion",
    "background.sexual-orientation",
    "background.language",
    "needs.communication",
    "health.facts",
    "health.disability",
    "health.long-term-condition",
    "health.special-educational-need",
    "health.pregnancy",
    "health.birth-history",
    "health.development",
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
# A review is of something told about the same person, under the same item: the database holds that itself.
OF_THE_SAME = """
alter table record_circumstance add constraint circumstance_as_reviewed unique (id, person_id, kind);
alter table record_circumstance_review add constraint a_review_is_of_the_same_item_and_person
    foreign key (circumstance_id, person_id, kind) references record_circumstance (id, person_id, kind);
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0029_named_when_merged")]
    operations = [
        migrations.CreateModel(
            name="CircumstanceReview",
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
                ("outcome", models.TextField()),
                ("why", models.TextField(blank=True)),
                ("again_on", models.DateField(null=True)),
                ("account", models.BigIntegerField(null=True)),
                ("once", models.UUIDField(unique=True)),
                (
                    "circumstance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="record.circumstance",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
                    ),
                ),
            ],
            options={
                "db_table": "record_circumstance_review",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(outcome__in=("still-so", "changed", "no-longer-so", "never-so")),
                        name="a_review_ends_in_one_of_four_ways",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(outcome__in=("no-longer-so", "never-so")) | ~models.Q(why=""),
                        name="an_ending_says_why",
                    ),
                    models.UniqueConstraint(
                        fields=["circumstance"],
                        condition=models.Q(outcome__in=("changed", "no-longer-so", "never-so")),
                        name="what_was_told_ends_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(OF_THE_SAME, migrations.RunSQL.noop),
        Protect(
            "record_circumstance_review",
            item_by_kind={kind: kind for kind in KINDS},
            named_by_row=True,
        ),
    ]
