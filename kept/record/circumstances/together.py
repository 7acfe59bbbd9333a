"""Recording one thing about each of many people in one entry, as one asker would have recorded it of each."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from kept.ledger.entries import Allowed, Entry, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect
from kept.published.reads import definition_for
from kept.record.circumstances.models import Circumstance
from kept.record.circumstances.values import NewCircumstance
from kept.record.people.many import write_rows
from kept.standards.days import day_of

RECORDING = "record what was told about many"


@contextmanager
def recording_together(
    *, by: Asker, told: Mapping[UUID, NewCircumstance], purpose: str, source: str, at: datetime
) -> Iterator[Entry]:
    """Record what one source told about people, by public id; the entry stays open for what belongs with it.

    Raises Refused where one of them may not be recorded of: then nothing is.
    """
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    found = {fact.public_id: fact for fact in facts(by=by, ids=list(told), at=at)}
    allowed = []
    for public_id, new in told.items():
        fact, items = found.get(public_id), frozenset({new.kind})
        decision = may_collect(
            definition,
            by=by,
            standing=fact.standing if fact else "none",
            part=fact.part if fact else "child",
            items=items,
            purpose=purpose,
            source=source,
            on=on,
        )
        if fact is None or not decision:
            refuse(
                by=by,
                act=RECORDING,
                purpose=purpose,
                decision=decision,
                ids=[public_id],
                source=source,
                at=at,
            )
        allowed.append(Allowed(fact.person, record=items))
    rows = [
        (found[public_id].person, on, new.kind, new.said, new.declined, new.since_on)
        for public_id, new in told.items()
    ]
    columns = ("person", "from_on", "kind", "said", "declined", "since_on")
    with entry(by=by, act=RECORDING, purpose=purpose, allowed=allowed, source=source, at=at) as opened:
        write_rows(opened, Circumstance, columns, rows)
        yield opened
