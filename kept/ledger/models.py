"""Entries and the people they name. Rows are written by the schema's own functions alone; nobody may change one.

No foreign key leaves the ledger, so that nothing that happens to a record can touch what was written about it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    """One thing done, or refused: who, for what purpose, under which clause of which definition. Never content."""

    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    process = models.TextField(blank=True)
    role = models.TextField()
    service = models.TextField()
    organisation = models.TextField()
    act = models.TextField()
    purpose = models.TextField()
    outcome = models.TextField()
    definition = models.BigIntegerField(null=True)
    clauses = ArrayField(models.TextField())
    source = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    request = models.TextField(blank=True)
    # Of a refusal, the items that were asked for; of an entry about nobody, those that it opened.
    asked = ArrayField(models.TextField())

    class Meta:
        db_table = "ledger_entry"
        indexes = [
            models.Index(fields=["service", "-id"], name="entries_of_a_service"),
            models.Index(
                fields=["service", "-id"],
                condition=models.Q(purpose="vital-interests"),
                name="entries_with_a_life_at_risk",
            ),
            models.Index(fields=["id"], condition=models.Q(process="keeper"), name="entries_of_letting_go"),
        ]


class Subject(models.Model):
    """A person named in an entry, by random ledger id: which items were read or recorded, and on what standing."""

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="subjects", db_index=False, db_constraint=False
    )
    ledger_id = models.UUIDField()
    service = models.TextField()
    read = ArrayField(models.TextField())
    recorded = ArrayField(models.TextField())
    # How the asker stood to the person, and what part the person had; empty where another service holds them.
    standing = models.TextField(blank=True)
    part = models.TextField(blank=True)
    at = models.DateTimeField()  # the entry's

    class Meta:
        db_table = "ledger_subject"
        constraints = [models.UniqueConstraint(fields=["entry", "ledger_id"], name="named_once_an_entry")]
        indexes = [models.Index(fields=["ledger_id", "-entry"], name="entries_about_a_person")]
