"""Which version of its notice a family was given, in which format, on which day; or why it was not; and letters."""

from django.db import models

from kept.ledger.held import Held
from kept.record.people.models import Person


class NoticeGiven(Held):
    item = "care.notice-given"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    version_id = models.BigIntegerField()
    format = models.TextField(blank=True)
    on = models.DateField(null=True)
    why_not = models.TextField(blank=True)
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "record_notice_given"
        indexes = [models.Index(fields=["person"], name="notices_given_to_a_family")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(on__isnull=False, why_not="") & ~models.Q(format="")
                | models.Q(on=None, format="") & ~models.Q(why_not=""),
                name="given_in_a_format_on_a_day_or_why_not",
            )
        ]


class Letter(Held):
    """A letter, or a message, that told one person of a version of the notice. What it said is not kept twice.

    The letter's id is the name of its file in the outbox, and makes it sent once however often it is asked for.
    """

    item = "care.notice-given"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    version_id = models.BigIntegerField()
    way = models.TextField()
    letter_id = models.UUIDField(unique=True)

    class Meta:
        db_table = "record_letter"
        indexes = [models.Index(fields=["person"], name="letters_to_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way__in=["post", "email", "text"]), name="a_letter_goes_one_way"
            )
        ]
