"""How people belong together: dated, with parental responsibility as somebody stated it."""

from django.db import models

from kept.record.people.models import AboutPerson, Person


class Relationship(AboutPerson):
    """What somebody is to a child: a row of the child's. Codes are the national MAIN CARER RELATIONSHIP ones."""

    item = "relationship.kind"

    relative = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.TextField()
    parental_responsibility = models.BooleanField(null=True)
    lives_with = models.BooleanField(null=True)

    class Meta:
        db_table = "record_relationship"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "relative"],
                condition=models.Q(until_on=None),
                name="one_current_relationship_of_two",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("relative")), name="nobody_is_their_own_relative"
            ),
        ]
