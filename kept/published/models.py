"""A published definition and its permits. Neither ever changes: a new version stands beside the old one."""

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
