"""What was measured of a child. Charts and centiles are made from these rows; they are not stored."""

from django.db import models

from kept.ledger.held import Held
from kept.record.contacts.models import Contact
from kept.record.people.models import Person


class Measurement(Held):
    """One thing measured on one day: weight in grams; length and head circumference in millimetres."""

    item_by_kind = {
        "weight": "growth.weight",
        "length": "growth.length",
        "head-circumference": "growth.head-circumference",
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    kind = models.TextField()
    value = models.IntegerField()
    on = models.DateField()
    told_in = models.TextField(blank=True, db_default="")
    """Which message told it; nothing where it was measured at a contact of ours."""
    told_by = models.TextField(blank=True, db_default="")
    until_on = models.DateField(null=True)
    """From when on a newer version of that message holds instead, or the contact was corrected."""

    class Meta:
        db_table = "record_measurement"
        indexes = [models.Index(fields=["person", "-on"], name="measurements_of_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="weight", value__range=(200, 60_000))
                | models.Q(kind="length", value__range=(150, 1_500))
                | models.Q(kind="head-circumference", value__range=(100, 700)),
                name="measurement_is_possible",
            ),
            models.UniqueConstraint(
                fields=["person", "told_in", "kind", "on"],
                condition=models.Q(until_on=None) & ~models.Q(told_in=""),
                name="measurement_told_once",
            ),
        ]
