"""What people told us about themselves and their lives. Each row is of one item, and is locked by that item."""

from django.db import models

from kept.record.circumstances.values import COMMUNICATION, DECLINABLE, KINDS, ONE_ANSWER
from kept.record.people.models import AboutPerson


class Circumstance(AboutPerson):
    """One thing told about one person: `kind` is its item. It says something, or that they chose not to say."""

    item_by_kind = {kind: kind for kind in KINDS}

    kind = models.TextField()
    said = models.TextField(blank=True)
    declined = models.BooleanField(default=False)
    since_on = models.DateField(null=True)
    """Since when it is so, where that was told."""
    told_in = models.TextField(blank=True, db_default="")
    """Which message told it, where one did."""

    class Meta:
        db_table = "record_circumstance"
        indexes = [models.Index(fields=["person"], name="circumstances_of_a_person")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="circumstance_is_an_item"),
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
        ]


class NeedMet(AboutPerson):
    """Whether somebody's communication needs were met on a day (`from_on`): what was done or missing (DAPB1605)."""

    item = COMMUNICATION

    met = models.BooleanField()
    said = models.TextField(blank=True)

    class Meta:
        db_table = "record_need_met"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(met=True) | ~models.Q(said=""), name="a_need_not_met_says_what_was_missing"
            )
        ]
