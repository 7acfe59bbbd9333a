"""Taking a family in from what somebody says: who may, from whom, and what can be written down."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError

from kept.database.trouble import changed_meanwhile
from kept.ledger.entries import refuse
from kept.notices.asker import Asker
from kept.notices.decision import Decision
from kept.notices.questions import may_collect
from kept.published.reads import definition_for
from kept.record.families.actions import REGISTERING, TO_MATCH, registering
from kept.record.families.values import NewFamily
from kept.record.people.models import Person
from kept.standards.days import day_of

PARTS = ("child", "parent")
ONE_ADDRESS = "record_person_public_id_key"  # how the database names the rule
LEAST = frozenset({"identity.name", "identity.date-of-birth", "care.episode"})


def open_taking_in(*, by: Asker, purpose: str, at: datetime) -> Mapping[str, frozenset[str]]:
    """What the asker may write down of a child, and of a parent, whom nobody knows yet.

    Raises Refused where they may not take a family in.
    """
    on = day_of(at)
    sources = sources_offered(by=by, purpose=purpose, on=on)
    if not sources:
        decision = _collecting(by=by, part="child", source="the-person", purpose=purpose, on=on)
        refuse(by=by, act=REGISTERING, purpose=purpose, decision=decision, at=at)
    source = next(iter(sources))
    return {
        part: _collecting(by=by, part=part, source=source, purpose=purpose, on=on).allowed for part in PARTS
    }


def sources_offered(*, by: Asker, purpose: str, on: date) -> Mapping[str, str]:
    """From whom the asker may take a family in: code → words; nobody, where they may not."""
    listed = definition_for(by=by, on=on).definition.vocabulary.sources
    return {
        str(source): found.words
        for source, found in listed.items()
        if _collecting(by=by, part="child", source=source, purpose=purpose, on=on).allowed >= LEAST
    }


def may_take_in(*, by: Asker, purpose: str, at: datetime) -> bool:
    """Whether the asker's role takes families in: asked to offer the page, not to open it."""
    return bool(sources_offered(by=by, purpose=purpose, on=day_of(at)))


def take_in(
    *, by: Asker, family: NewFamily, purpose: str, source: str, once: UUID | None = None, at: datetime
) -> UUID:
    """Register a family that somebody tells of; returns the address of the child's record. Raises as `registering`.

    A form says `once`: the same form of the same person, sent again, registers nobody and answers the same. The address
    is made of the two, so that no form can name an address of another's.
    """
    address = uuid5(once, f"{by.account} {by.process}") if once else None
    try:
        with registering(
            by=by, family=replace(family, public_id=address), purpose=purpose, source=source, at=at
        ) as registered:
            public_id: UUID = Person.objects.values_list("public_id", flat=True).get(id=registered.child)
            return public_id
    except IntegrityError as error:
        if address is None or changed_meanwhile(error) != ONE_ADDRESS:
            raise
        return address


def _collecting(*, by: Asker, part: str, source: str, purpose: str, on: date) -> Decision:
    return may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing="new",
        part=part,
        items=TO_MATCH,
        purpose=purpose,
        source=source,
        on=on,
    )
