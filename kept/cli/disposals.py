"""The list of disposals, kept outside the database: what was let go since a backup is let go again when it is restored.

A file of JSON lines, private, that only grows: first what is to be let go and who said so, before anything is; then
what went. The first is on the disk before the database is asked, so that whatever stops in between, an order of which
nobody knows how it ended stands in the list, and is carried out again.
"""

import fcntl
import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from kept.cli.answers import Exit, fail
from kept.cli.home import home
from kept.database.backup import keep

if TYPE_CHECKING:
    from kept.ledger.letting_go import Month

SETTING = "KEPT_DISPOSALS"
MONTHS = "months of the ledger"


class Unreadable(Exception):
    """The list of disposals cannot be read; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Order:
    """Months of the ledger that two people let go. `gone` is None where nobody knows how it ended."""

    number: str
    at: datetime
    until: date
    by: str
    approved_by: str
    gone: tuple[str, ...] | None = None

    @property
    def command(self) -> str:
        return f"kept ledger let-go --until {self.until} --by {self.by} --approved-by {self.approved_by}"


def list_file() -> Path:
    return Path(os.environ.get(SETTING) or home() / "disposals.jsonl")


def let_go_and_list(*, by: str, approved_by: str, until: date, at: datetime) -> "tuple[Month, ...]":
    """Let go of months of the ledger, with the order in the list before and what went after it. Raises NotLetGo."""
    from kept.ledger.letting_go import NotLetGo, let_go

    order = str(uuid4())
    said = {"what": MONTHS, "until": until.isoformat(), "by": by, "approved_by": approved_by}
    written({"order": order, "at": at.isoformat(), **said})
    try:
        months = let_go(by=by, approved_by=approved_by, until=until, at=at)
    except NotLetGo:
        written({"order": order, "at": at.isoformat(), "gone": []})
        raise
    written({"order": order, "at": at.isoformat(), "gone": [month.name for month in months if month.gone]})
    return months


def written(line: Mapping[str, Any]) -> None:
    """Put a line at the end of the list, safe on the disk. Ends the command with a sentence where it cannot be."""
    file = list_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as out:
            fcntl.flock(out, fcntl.LOCK_EX)
            out.write(json.dumps(line).encode() + b"\n")
            out.flush()
            os.fsync(out.fileno())
        keep(file.parent)
    except OSError as error:
        fail(
            f"The list of disposals, {file}, cannot be written ({error.strerror}), and without it what is let go would "
            f"come back with a backup. Make room, or name another file in {SETTING}.",
            code=Exit.NOT_THERE,
        )


def orders() -> tuple[Order, ...]:
    """Every order in the list, the oldest first; none where there is no list. Raises Unreadable.

    A last line that was not written to its end is that of an order before which nothing was done yet.
    """
    try:
        *whole, _ = list_file().read_text(encoding="utf-8").split("\n")
        return _orders([json.loads(line) for line in whole])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(
            f"{list_file()} cannot be read. See in it what was let go since the backup, and let it go again: "
            "kept ledger let-go"
        ) from error


def _orders(told: Sequence[Mapping[str, Any]]) -> tuple[Order, ...]:
    gone = {one["order"]: tuple(one["gone"]) for one in told if "gone" in one}
    return tuple(
        Order(
            one["order"],
            datetime.fromisoformat(one["at"]),
            date.fromisoformat(one["until"]),
            one["by"],
            one["approved_by"],
            gone.get(one["order"]),
        )
        for one in told
        if one.get("what") == MONTHS
    )


def carried_out_again(
    *, found: Sequence[Order], held: Collection[str], at: datetime
) -> tuple[int, list[str]]:
    """Carry out again what came back: how many orders were, and what is left to do, in sentences with the command.

    `held` are the months that the restored ledger has.
    """
    redone, left, back = 0, [], set(held)
    for order in found:
        if order.gone is not None and not back & set(order.gone):
            continue
        gone, why = _again(order, at=at)
        back -= gone
        redone += bool(gone)
        if back & set(order.gone or ()) or (order.gone is None and why):
            left.append(f"{_told(order)} {why} Once nothing stands in its way: {order.command}")
    return redone, left


def _again(order: Order, *, at: datetime) -> tuple[set[str], str]:
    """Which months went, and what stands in the way of the next one."""
    from django.db import Error

    from kept.database.trouble import DatabaseTrouble, sentence
    from kept.ledger.letting_go import NotLetGo, let_go

    # A clock that is behind makes no month one that is not over.
    when = max(at, order.at)
    try:
        months = let_go(by=order.by, approved_by=order.approved_by, until=order.until, at=when)
    except (NotLetGo, DatabaseTrouble) as why:
        return set(), str(why)
    except Error as why:
        return set(), sentence(why) or "The database would not do it again as it is."
    gone = {month.name for month in months if month.gone}
    stays = next((month for month in months if not month.gone), None)
    if stays is None:
        return gone, ""
    because = (
        f"{stays.still_named} people whom it names are held" if stays.still_named else "it is not sealed yet"
    )
    return gone, f"{stays.name} stays: {because}."


def _told(order: Order) -> str:
    if order.gone is None:
        return f"Letting go of the ledger until {order.until} was begun on {order.at.date()}, and not said to be done."
    return f"What was let go on {order.at.date()} came back ({', '.join(order.gone)})."
