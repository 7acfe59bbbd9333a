"""How people belong together: what they are to a child, who has a parent's rights by law, who lives in the home."""

from django.db import models

from kept.record.families.values import EVIDENCE
from kept.record.people.models import AboutPerson, Person

ENDS_AFTER_IT_BEGINS = models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on"))


class Relationship(AboutPerson):
    """What somebody is to a child: a row about that somebody. Codes are the national MAIN CARER RELATIONSHIP ones, and
    a few for those who are no carers. It joins a child with somebody who is none, so that no circle can be made."""

    item = "relationship.kind"

    child = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.TextField()

    class Meta:
        db_table = "record_relationship"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "child"],
                condition=models.Q(until_on=None),
                name="one_current_relationship_of_two",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("child")), name="nobody_is_their_own_relative"
            ),
            models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="relationship_ends_after_it_begins"),
        ]


class ParentalResponsibility(AboutPerson):
    """Whether somebody has parental responsibility for a child, and what was seen that says so, if anything was."""

    item = "relationship.parental-responsibility"

    child = models.ForeignKey(Person, models.PROTECT, related_name="+")
    responsible = models.BooleanField()
    evidence = models.TextField(blank=True)

    class Meta:
        db_table = "record_parental_responsibility"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "child"],
                condition=models.Q(until_on=None),
                name="one_current_answer_about_responsibility",
            ),
            models.CheckConstraint(
                condition=models.Q(evidence__in=["", *EVIDENCE]), name="evidence_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=ENDS_AFTER_IT_BEGINS, name="responsibility_ends_after_it_begins"
            ),
        ]


class HouseholdMember(AboutPerson):
    """That somebody lives in a child's home: a row about the child.

    Two current rows for one member can stand: whoever may not know where somebody lives must not run into a row that is
    hidden from them.
    """

    item = "household.members"

    member = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        db_table = "record_household_member"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(person=models.F("member")), name="nobody_lives_with_themself"
            ),
            models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="household_ends_after_it_begins"),
        ]
