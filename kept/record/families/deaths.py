"""Writing down that somebody of a child's family died, as somebody told it; or that this was a mistake."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kept.ledger.entries import Allowed, Entry, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.people.models import Death
from kept.record.people.reads import born_on
from kept.standards.days import day_of

SAYING = "say that somebody died"
DEATH, BORN = frozenset({"identity.death"}), frozenset({"identity.date-of-birth"})
# How the national demographics service tells it: by word of mouth; the registrar's own comes by message.
INFORMALLY = "1"


class NotSaid(Exception):
    """Nothing was recorded. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class DeathSaid:
    """That somebody died, on a day where it is known; or, where `died` is not so, that it was written by mistake."""

    died: bool
    died_on: date | None = None
    source: str = "the-person"


def say_died(*, by: Asker, public_id: UUID, about: UUID, purpose: str, said: DeathSaid, at: datetime) -> None:
    """Record what was told of somebody's death; what was recorded of it before ends, and stays.

    Raises Refused where the notice does not let this asker write it down about them, from that source; NotSaid where it
    cannot be true.
    """
    on = day_of(at)
    if not said.source:
        raise NotSaid({"source": "Say who told you."})
    family = facts(by=by, ids=[public_id], with_family=True, at=at)
    child = any(one.public_id == public_id and one.part == "child" for one in family)
    fact = next((one for one in family if one.public_id == about), None) if child else None
    stood: dict[str, Any] = {
        "by": by,
        "standing": fact.standing if fact else "none",
        "part": fact.part if fact else "child",
        "purpose": purpose,
        "on": on,
    }
    definition = definition_for(by=by, on=on).definition
    decision = may_collect(definition, **stood, items=DEATH, source=said.source)
    if fact is None or not decision:
        refuse(
            by=by, act=SAYING, purpose=purpose, decision=decision, ids=[public_id], source=said.source, at=at
        )
    seen = may_see(definition, **stood, items=DEATH | BORN)
    allowed = Allowed(fact.person, read=seen.allowed, record=DEATH)
    with entry(by=by, act=SAYING, purpose=purpose, allowed=[allowed], source=said.source, at=at) as opened:
        if faults := _faults(said, person=fact.person, today=on):
            raise NotSaid(faults)
        if said.died:
            write_death(within=opened, person=fact.person, died_on=said.died_on, on=on)
        else:
            Death.objects.filter(person_id=fact.person, until_on=None).update(until_on=on)


def write_death(*, within: Entry, person: int, died_on: date | None, on: date) -> None:
    """Write a death into an open entry. Said again, with no other day, it is written once; what the registrar told
    of that day stands."""
    held = Death.objects.filter(person_id=person, until_on=None)
    if held.filter(died_on=died_on).exists() or (died_on is None and held.exists()):
        return
    held.update(until_on=on)
    Death.objects.create(person_id=person, died_on=died_on, status=INFORMALLY, from_on=on, **within.held)


def fault_of_death(died_on: date | None, *, born: date | None, today: date) -> str:
    """Why nobody can have died on this day; empty where they can. Without a day nothing is wrong."""
    if died_on and died_on > today:
        return "This day has not come yet. Check the year."
    if died_on and born and died_on < born:
        return "This day is before they were born. Check both days."
    return ""


def sources_of_deaths(*, by: Asker, part: str, purpose: str, on: date) -> tuple[str, ...]:
    """From whom this asker may take that such a person died: from nobody, where they may not write it down."""
    definition = definition_for(by=by, on=on).definition
    stood: dict[str, Any] = {"by": by, "standing": "team", "part": part, "purpose": purpose, "on": on}
    sources = definition.vocabulary.sources
    return tuple(
        str(one) for one in sources if may_collect(definition, **stood, items=DEATH, source=str(one))
    )


def _faults(said: DeathSaid, *, person: int, today: date) -> dict[str, str]:
    if not said.died and not Death.objects.filter(person_id=person, until_on=None).exists():
        return {"died": "No death is recorded of them. Nothing has to be taken back."}
    if wrong := fault_of_death(said.died_on, born=born_on(person=person), today=today):
        return {"died_on": wrong}
    return {}
