"""Writing about a family as the tests do it: Hannah of Amina, Pia of Cleo."""

from typing import Any
from uuid import UUID

from kept.notices.asker import Asker
from kept.record.reads import ChildRecord, open_record
from kept.record.relatives.actions import add_relative, change_tie
from kept.record.relatives.values import NewRelative, NewTie
from tests.cast import AT, as_superuser, public_id_of

JOY = NewRelative("relative", "Joy", "Okafor", "GPM", lives_here=True)


def adds(by: Asker, new: NewRelative, *, child: str = "Amina") -> bool:
    return add_relative(by=by, public_id=public_id_of(child), purpose=by.service, new=new, at=AT)


def changes(by: Asker, about: str | UUID, *, child: str = "Amina", kind: str = "BPM", **more: Any) -> None:
    change_tie(
        by=by,
        public_id=public_id_of(child),
        about=public_id_of(about) if isinstance(about, str) else about,
        purpose=by.service,
        new=NewTie(kind, **more),
        at=more.pop("at", AT),
    )


def opens(by: Asker, child: str = "Amina") -> ChildRecord:
    return open_record(by=by, public_id=public_id_of(child), purpose=by.service, at=AT)


def at_home(by: Asker, child: str = "Amina") -> set[str]:
    """The names of those who live in the child's home, as this asker sees them."""
    record = opens(by, child)
    named = {p.person: p.given for p in (*record.adults, *(one.child for one in record.siblings))}
    return {named[person] for person in record.ties.lives_since}


def held(table: str, columns: str) -> list[tuple]:
    return as_superuser(f"select {columns} from record_{table} order by id")
