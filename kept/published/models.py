"""A published definition and its permits, and the drafts that were to become one.

A definition and a permit never change: a new version stands beside the old one. A draft is approved or withdrawn
once, and is otherwise what it was when it was proposed.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Definition(models.Model):
    """One version of one service's notice: every text it was made of, by whom, approved by whom."""

    service = models.TextField()
    title = models.TextField()
    dated = models.DateField()
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True)
    hash = models.TextField(unique=True)
    texts = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.TextField()
    approved_by = models.TextField()

    class Meta:
        db_table = "published_definition"
        constraints = [
            models.UniqueConstraint(fields=["service", "in_force_from"], name="one_version_begins_on_a_day"),
            models.CheckConstraint(
                condition=~models.Q(published_by=models.F("approved_by")), name="a_second_person_approves"
            ),
        ]


class Permit(models.Model):
    """What one role may do about one part of a family for one purpose: the row that both locks look up."""

    definition = models.ForeignKey(Definition, models.PROTECT)
    role = models.TextField()
    standing = models.TextField()
    part = models.TextField()
    purpose = models.TextField()
    act = models.TextField()
    source = models.TextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    items = ArrayField(models.TextField())
    clauses = ArrayField(models.TextField())
    reasoned = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "published_permit"
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "role", "purpose", "act", "standing", "part", "source", "from_on"],
                name="one_permit_a_key",
            ),
            models.CheckConstraint(
                condition=models.Q(items__len=models.F("clauses__len")), name="every_item_has_its_clause"
            ),
        ]


class Draft(models.Model):
    """What somebody proposed as the next version: every text of it, and what became of it."""

    service = models.TextField()
    dated = models.DateField()
    in_force_from = models.DateField()
    texts = models.JSONField()
    hash = models.TextField()
    proposed_by = models.TextField()  # the address of an account, as in a definition
    proposed_at = models.DateTimeField()
    approved_by = models.TextField(null=True)
    approved_at = models.DateTimeField(null=True)
    version = models.ForeignKey(Definition, models.PROTECT, null=True)
    withdrawn_by = models.TextField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "published_draft"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("approved_by")),
                name="nobody_approves_their_own_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None, approved_at=None, version=None)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False, version__isnull=False),
                name="an_approved_draft_is_published",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_by=None, withdrawn_at=None)
                | models.Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, version=None),
                name="a_withdrawn_draft_is_not_published",
            ),
        ]
