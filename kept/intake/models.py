"""What arrived, sealed as it came; what waits for a person, by reason and never by content; and demonstrations."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from kept.ledger.held import Held


class Bundle(models.Model):
    """One file as it came, with its receipt. Only the intake role can read it; nobody can change what came."""

    service = models.TextField()
    file = models.TextField()
    bytes_digest = models.TextField()
    content = models.BinaryField()
    workflow = models.TextField(blank=True)
    """The workflow id under which a mailbox delivered it; empty for a file, and once a person has looked at it."""
    received_at = models.DateTimeField()
    state = models.TextField(default="received")
    finished_at = models.DateTimeField(null=True)
    entry_id = models.BigIntegerField(null=True)
    message_id = models.TextField(blank=True)
    message_digest = models.TextField(blank=True)
    version = models.BigIntegerField(null=True)
    series = models.TextField(blank=True)
    """Sender and event, hashed: about one child, the versions of a series follow one another."""
    child = ArrayField(models.TextField(), default=list)
    """What organisations call the child, hashed; by it a baby who has no NHS number yet is found again."""
    person_id = models.BigIntegerField(null=True)
    """The person whom the message was read about."""
    event = models.TextField(blank=True, db_default="")
    left_out = ArrayField(models.TextField(), db_default=[])
    """What of the message went nowhere, by code and never by content: the service may not hold it."""

    class Meta:
        db_table = "intake_bundle"
        constraints = [
            models.UniqueConstraint(fields=["service", "bytes_digest"], name="each_file_taken_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["received", "read", "queued", "repeated"]),
                name="state_of_a_bundle",
            ),
            models.CheckConstraint(
                condition=models.Q(state="received", finished_at=None)
                | ~models.Q(state="received") & models.Q(finished_at__isnull=False),
                name="finished_when_no_longer_received",
            ),
        ]
        indexes = [
            models.Index(
                fields=["service", "id"], condition=models.Q(state="received"), name="still_to_read"
            ),
            models.Index(fields=["service", "message_id"], name="bundles_by_message"),
            models.Index(fields=["person_id", "series"], name="bundles_about_a_child"),
            models.Index(
                fields=["service", "-id"],
                condition=models.Q(state="read") & ~models.Q(left_out=[]),
                name="what_was_left_out",
            ),
            GinIndex(fields=["child"], name="bundles_by_child", fastupdate=False),
        ]


class Waiting(Held):
    """A message that waits for a person: which file, which event, and the reasons as codes."""

    item = "intake.message"

    person_id = models.BigIntegerField(default=0)
    bundle_id = models.BigIntegerField()
    file = models.TextField()
    event = models.TextField(blank=True)
    reasons = ArrayField(models.TextField())
    closed_at = models.DateTimeField(null=True)
    closed_as = models.TextField(null=True)
    """What a person decided about it."""

    class Meta:
        db_table = "intake_waiting"
        constraints = [
            models.UniqueConstraint(
                fields=["bundle_id"], condition=models.Q(closed_at=None), name="a_bundle_waits_once"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_as=None)
                | models.Q(closed_at__isnull=False, closed_as__in=["read-again", "by-hand", "not-ours"]),
                name="a_message_is_sorted_out_somehow",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "-id"], condition=models.Q(closed_at=None), name="the_queue")
        ]


class Demonstration(models.Model):
    """That this database holds invented families, from its first person on: which seed, and the day they are of.

    There is one row, or none; it is made while nobody is held, and stays.
    """

    only_one = models.BooleanField(primary_key=True, default=True)
    seed = models.BigIntegerField()
    day_on = models.DateField()
    begun_at = models.DateTimeField()

    class Meta:
        db_table = "intake_demonstration"
        constraints = [models.CheckConstraint(condition=models.Q(only_one=True), name="one_demonstration")]


class DemonstrationBatch(models.Model):
    """Families that one entry registered: from which position to which, and what of them is still to be told.

    The numbers are those of kept/intake/demonstration/families.py, where a position is explained.
    """

    number = models.BigIntegerField(primary_key=True)
    """The position's families: how many had been made before."""
    children_before = models.BigIntegerField()
    numbers_of_children_before = models.BigIntegerField()
    numbers_of_adults_before = models.BigIntegerField()
    families_after = models.BigIntegerField()
    children_after = models.BigIntegerField()
    numbers_of_children_after = models.BigIntegerField()
    numbers_of_adults_after = models.BigIntegerField()
    entry_id = models.BigIntegerField()
    left = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "intake_demonstration_batch"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(families_after__gt=models.F("number")), name="a_batch_has_families"
            ),
            models.UniqueConstraint(fields=["families_after"], name="no_two_batches_end_alike"),
        ]
