"""What officers write down about who has looked: what they found when they checked, and what a family was shown."""

from django.db import models

from kept.ledger.held import Held
from kept.record.people.models import Person


class LookCheck(Held):
    """That something unusual was looked into: which pattern, whose account, about whom, and what was found.

    `person_id` is 0 where the pattern is about what somebody of the staff did, and about no one family.
    """

    item = "ledger.check"

    person_id = models.BigIntegerField(default=0)
    pattern = models.TextField()
    account = models.BigIntegerField()
    began_at = models.DateTimeField()
    found = models.TextField()
    by_account = models.BigIntegerField(null=True)

    class Meta:
        db_table = "record_look_check"
        constraints = [
            models.CheckConstraint(condition=~models.Q(found=""), name="a_check_says_what_was_found")
        ]
        indexes = [models.Index(fields=["service", "account", "began_at"], name="checks_of_an_account")]


class LookedView(Held):
    """Who has looked at one person's record, as it was prepared for them or their family: which days, up to which
    entry, who asked, and whose opinion was had. Never changed; whoever changes their mind prepares another."""

    item = "ledger.shown"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since_on = models.DateField()
    last_on = models.DateField()
    last_entry = models.BigIntegerField()
    asked_by = models.TextField()
    opinion_of = models.TextField(blank=True)
    opinion_on = models.DateField(null=True)
    account = models.BigIntegerField(null=True)

    class Meta:
        db_table = "record_looked_view"
        constraints = [
            models.CheckConstraint(condition=~models.Q(asked_by=""), name="a_view_says_who_asked"),
            models.CheckConstraint(
                condition=models.Q(since_on__lte=models.F("last_on")), name="a_view_begins_before_it_ends"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="views_of_a_person")]


class LookedLine(Held):
    """One entry of the ledger in a view: shown, or withheld under an entry of the law, with the officer's reason.

    `proposed` is the law's entry under which the program proposed to withhold it, if it did.
    """

    item = "ledger.shown"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    view = models.ForeignKey(LookedView, models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    done_at = models.DateTimeField()
    shown = models.BooleanField()
    proposed = models.TextField(blank=True)
    clause = models.TextField(blank=True)
    why = models.TextField(blank=True)

    class Meta:
        db_table = "record_looked_line"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shown=True, clause="", why="")
                | models.Q(shown=False) & ~models.Q(clause="") & ~models.Q(why=""),
                name="withheld_with_a_reason",
            ),
            models.UniqueConstraint(fields=["view", "number"], name="an_entry_once_a_view"),
        ]
        indexes = [
            models.Index(fields=["number"], condition=models.Q(shown=False), name="entries_held_back_before")
        ]
