"""What every row about a person carries: which entry wrote it, under which definition, from which source."""

from collections.abc import Mapping
from typing import ClassVar

from django.apps import apps
from django.db import models


class Held(models.Model):
    """A row about a person. Each table holds one item of the vocabulary, so that its policy can name it.

    `item` is the promised item that the table's own columns hold; a table of several kinds says which item each
    kind is.
    """

    item: ClassVar[str] = ""
    item_by_kind: ClassVar[Mapping[str, str]] = {}

    service = models.TextField()
    entry_id = models.BigIntegerField()
    definition_id = models.BigIntegerField()
    source = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True

    @classmethod
    def items(cls) -> frozenset[str]:
        """Every item that the table can hold."""
        return frozenset(cls.item_by_kind.values()) or frozenset({cls.item})


def columns_held() -> dict[str, str]:
    """Every column about people, with the item that it holds, as the tables themselves say: 'table.column' → item."""
    beside = {field.name for field in Held._meta.get_fields()} | {"id", "person"}
    return {
        f"{model._meta.db_table}.{field.column}": item
        for model in apps.get_models()
        if issubclass(model, Held)
        for field in model._meta.concrete_fields
        for item in model.items() - {"*"}
        if field.name not in beside and not field.is_relation
    }
