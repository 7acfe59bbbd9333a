"""What every row about a person carries: which entry wrote it, under which definition, from which source."""

from typing import ClassVar

from django.db import models


class Held(models.Model):
    """A row about a person. Each table holds one item of the vocabulary, so that its policy can name it.

    `item` is the promised item that the table's own columns hold; `person_column` says whose row it is.
    """

    item: ClassVar[str]
    person_column: ClassVar[str] = "person_id"
    updatable: ClassVar[tuple[str, ...]] = ()

    service = models.TextField()
    entry_id = models.BigIntegerField()
    definition_id = models.BigIntegerField()
    source = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
