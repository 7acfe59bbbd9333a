"""How people belong together: dated, with parental responsibility as somebody stated it."""

from django.db import models

from kept.record.people.models import AboutPerson, Person


class Relationship(AboutPerson):
    """What somebody is to a child: a row about that somebody. Codes are the national MAIN CARER RELATIONSHIP ones."""

    item = "relationship.kind"

    child = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.TextField()
    parental_responsibility = models.BooleanField(null=True)
    lives_with = models.BooleanField(null=True)

    class Meta:
        db_table = "record_relationship"
        indexes = [models.Index(fields=["child"], name="family_of_a_child")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "child"],
                condition=models.Q(until_on=None),
                name="one_current_relationship_of_two",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("child")), name="nobody_is_their_own_relative"
            ),
        ]
