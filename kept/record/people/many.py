"""Rows of many people at once: one statement a table, under the same locks as a row at a time."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Entry
from kept.ledger.held import Held


def write_rows(
    within: Entry, model: type[Held], columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    """Write rows of one table under the open entry: of each its columns, and what every row about a person carries."""
    values = list(zip(*rows, strict=True))
    if not values:
        return
    held = within.held
    said: list[Any] = [*held.values(), *map(list, values)]
    with connections[here()].cursor() as cursor:
        cursor.execute(_statement(model, columns, tuple(held)), said)


@cache
def _statement(model: type[Held], columns: tuple[str, ...], held: tuple[str, ...]) -> str:
    """Arrays into rows. Every name in it is a model's own."""
    typed = {field.name: field for field in model._meta.concrete_fields}
    types = {name: str(typed[name].db_type(connections[here()])) for name in (*columns, *held)}
    types |= {name: "bigint" for name, kind in types.items() if kind.startswith("bigserial")}
    names = ", ".join(str(typed[name].column) for name in types)
    same = ", ".join(f"%s::{types[name]}" for name in held)
    arrays = ", ".join(f"%s::{types[name]}[]" for name in columns)
    table = model._meta.db_table
    return f"insert into {table} ({names}) select u.*, {same} from unnest({arrays}) as u"  # noqa: S608
