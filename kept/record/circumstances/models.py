"""What people told us about themselves and their lives. Each row is of one item, and is locked by that item."""

from django.db import models

from kept.record.circumstances.values import (
    COMMUNICATION,
    DECLINABLE,
    ENDING,
    KINDS,
    NEVER_SO,
    NO_LONGER_SO,
    ONE_ANSWER,
    OUTCOMES,
)
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
    once = models.UUIDField(null=True, unique=True)
    """Made by the form that recorded it, so that a form sent twice is written once; empty where no form did."""

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
    once = models.UUIDField(null=True, unique=True)
    """Made by the form that recorded it, so that a form sent twice is written once; empty where no form did."""

    class Meta:
        db_table = "record_need_met"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(met=True) | ~models.Q(said=""), name="a_need_not_met_says_what_was_missing"
            )
        ]


class CircumstanceReview(AboutPerson):
    """What was said later, on a day (`from_on`), of something that was told: it stands, it ended, or it never was so.

    What it is about stays as it was said; `until_on` of that row is what makes it end.
    """

    item_by_kind = {kind: kind for kind in KINDS}

    kind = models.TextField()
    circumstance = models.ForeignKey(Circumstance, models.PROTECT, related_name="+")
    outcome = models.TextField()
    why = models.TextField(blank=True)
    again_on = models.DateField(null=True)
    """When a need is next gone through, where that was said."""
    account = models.BigIntegerField(null=True)
    once = models.UUIDField(unique=True)
    """Made by the form that recorded it, so that a form sent twice is written once."""

    class Meta:
        db_table = "record_circumstance_review"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=OUTCOMES), name="a_review_ends_in_one_of_four_ways"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=(NO_LONGER_SO, NEVER_SO)) | ~models.Q(why=""),
                name="an_ending_says_why",
            ),
            models.UniqueConstraint(
                fields=["circumstance"],
                condition=models.Q(outcome__in=ENDING),
                name="what_was_told_ends_once",
            ),
        ]
