"""Which version of its notice a family was given, in which format, on which day; or why it was not."""

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
