"""Families: who has a parent's rights by law and who lives in the home, each in a table of its own item."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect

FUNCTIONS = (Path(__file__).parent / "0017_families.sql").read_text()
# As they were when this table was made.
EVIDENCE = [
    "",
    "birth-certificate",
    "agreement",
    "court-order",
    "adoption-certificate",
    "parental-order",
    "guardianship",
]
ENDS_AFTER_IT_BEGINS = models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on"))
ABOUT_PEOPLE = [
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
]

# Both stood in the row of a relationship, which is another item: what stands there moves, as it was said and when.
MOVE = """
grant insert on record_parental_responsibility, record_household_member to kept_guard;
grant usage on sequence record_parental_responsibility_id_seq, record_household_member_id_seq to kept_guard;
set local role kept_guard;
insert into record_parental_responsibility (person_id, child_id, responsible, evidence, from_on, until_on, service,
                                            entry_id, definition_id, source, recorded_at)
select person_id, child_id, parental_responsibility, '', from_on, until_on, service, entry_id, definition_id, source,
       recorded_at
from record_relationship where parental_responsibility is not null order by id;
insert into record_household_member (person_id, member_id, from_on, until_on, service, entry_id, definition_id, source,
                                     recorded_at)
select child_id, person_id, from_on, until_on, service, entry_id, definition_id, source, recorded_at
from record_relationship where lives_with order by id;
reset role;
set constraints all immediate;
set constraints all deferred;
revoke insert on record_parental_responsibility, record_household_member from kept_guard;
revoke usage on sequence record_parental_responsibility_id_seq, record_household_member_id_seq from kept_guard;
"""


def a_person() -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
    )


class Migration(migrations.Migration):
    dependencies = [("record", "0016_teams_merged")]
    operations = [
        migrations.CreateModel(
            name="ParentalResponsibility",
            fields=[
                *ABOUT_PEOPLE,
                ("responsible", models.BooleanField()),
                ("evidence", models.TextField(blank=True)),
                ("child", a_person()),
                ("person", a_person()),
            ],
            options={
                "db_table": "record_parental_responsibility",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(until_on=None),
                        fields=("person", "child"),
                        name="one_current_answer_about_responsibility",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(evidence__in=EVIDENCE), name="evidence_is_of_a_known_kind"
                    ),
                    models.CheckConstraint(
                        condition=ENDS_AFTER_IT_BEGINS, name="responsibility_ends_after_it_begins"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseholdMember",
            fields=[*ABOUT_PEOPLE, ("member", a_person()), ("person", a_person())],
            options={
                "db_table": "record_household_member",
                "indexes": [models.Index(fields=["person"], name="household_of_a_child")],
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(person=models.F("member")), name="nobody_lives_with_themself"
                    ),
                    models.CheckConstraint(
                        condition=ENDS_AFTER_IT_BEGINS, name="household_ends_after_it_begins"
                    ),
                ],
            },
        ),
        Protect(
            "record_parental_responsibility",
            item="relationship.parental-responsibility",
            updates=("until_on",),
        ),
        Protect("record_household_member", item="household.members", updates=("until_on",)),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveField("relationship", "lives_with"),
        migrations.RemoveField("relationship", "parental_responsibility"),
        migrations.AddConstraint(
            "relationship",
            models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="relationship_ends_after_it_begins"),
        ),
        migrations.RemoveConstraint("person", "part_is_one_of_the_notice"),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=models.Q(
                    part__in=["child", "parent", "relative", "other-child", "emergency-contact"]
                ),
                name="part_is_one_of_the_notice",
            ),
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
