"""The forms about a family: what was typed, cleaned; and each form again, with what was typed still in it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kept.notices.asker import Asker
from kept.record.families.values import ALL_RELATIONSHIPS, EVIDENCE
from kept.record.relatives.reads import offered, open_family_map, refuse_tie, sources_of_ties
from kept.record.relatives.values import KINDS, OTHER_CHILD, RELATIVE, FamilyShown, NewRelative, NewTie
from kept.standards.days import day_of
from kept.web.circumstances.shown import sources_in_words
from kept.web.family.shown import NOT_NAMED, responsibility_in_words
from kept.web.numbers import day_said
from kept.web.pages import Option
from kept.web.record.form import Unclear

REAL_DAY = "Enter a real day, for example 27 3 2026."
CHOOSE = Option("", "Choose")
PARTS = {
    RELATIVE: Option(RELATIVE, "A relative, or somebody else who matters"),
    OTHER_CHILD: Option(
        OTHER_CHILD, "Another child in the home", "Only while they live in the child’s home."
    ),
}
YES_OR_NO = {"yes": True, "no": False}


def adding(
    *, by: Asker, public_id: UUID, values: Mapping[str, str], errors: Mapping[str, str], at: datetime
) -> dict[str, Any]:
    """The context of family_add.html. Opening it is opening the family: raises Refused like that."""
    family, on = open_family_map(by=by, public_id=public_id, purpose=by.service, at=at), day_of(at)
    parts = offered(by=by, purpose=by.service, on=on)
    kinds = dict.fromkeys(kind for part in parts for kind in KINDS[part])
    return _around(family, by, values, errors, on) | {
        "name": family.child.name or NOT_NAMED,
        "parts": tuple(PARTS[part] for part in parts),
        "kinds": (CHOOSE, *_options(kinds)),
        "asks_birthday": any(parts.values()),
    }


def changing(
    *,
    by: Asker,
    public_id: UUID,
    about: UUID,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    at: datetime,
) -> dict[str, Any]:
    """The context of family_tie.html, for one of the family; for anybody else a refusal, in the same words."""
    family, on = open_family_map(by=by, public_id=public_id, purpose=by.service, at=at), day_of(at)
    person = next((one for one in family.people if one.public_id == about), None)
    if person is None:
        refuse_tie(by=by, public_id=public_id, purpose=by.service, at=at)
    said = family.ties.responsibility.get(person.person)
    return _around(family, by, values or {"kind": person.relationship}, errors, on) | {
        "name": person.name or NOT_NAMED,
        "now": responsibility_in_words(said) or "nothing",
        "at_home_now": "yes" if person.person in family.ties.lives_since else "nothing",
        "kinds": (CHOOSE, *_options(KINDS.get(person.part, ()))),
        "evidence": (Option("", "Nothing was seen"), *(Option(*pair) for pair in EVIDENCE.items())),
        "asks_responsibility": person.part == "parent",
        "asks_home": person.part != OTHER_CHILD and family.shows_household,
    }


def _around(
    family: FamilyShown, by: Asker, values: Mapping[str, str], errors: Mapping[str, str], on: date
) -> dict[str, Any]:
    words = sources_in_words(family.definition)
    sources = sources_of_ties(by=by, purpose=by.service, on=on)
    return {
        "values": values,
        "errors": errors,
        "on": on,
        "sources": tuple(Option(one, words[one].capitalize()) for one in sources),
    }


def _options(kinds: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(kind, ALL_RELATIONSHIPS[kind]) for kind in kinds)


def relative_said(values: Mapping[str, str]) -> NewRelative:
    """Whom a form tells of. Raises Unclear for days that cannot be read."""
    days = _days(values, "born_on", "from_on")
    return NewRelative(
        part=values.get("part", ""),
        given=values.get("given", "").strip(),
        family=values.get("family", "").strip(),
        kind=values.get("kind", ""),
        lives_here=values.get("lives_here") == "yes",
        born_on=days["born_on"],
        from_on=days["from_on"],
        source=values.get("source", ""),
    )


def tie_said(values: Mapping[str, str]) -> NewTie:
    """How somebody belongs to the child, as a form tells it. Raises Unclear for days that cannot be read."""
    days = _days(values, "from_on", "ended_on")
    return NewTie(
        kind=values.get("kind", ""),
        responsible=YES_OR_NO.get(values.get("responsible", "")),
        evidence=values.get("evidence", ""),
        lives_here=YES_OR_NO.get(values.get("lives_here", "")),
        from_on=days["from_on"],
        ended_on=days["ended_on"],
        source=values.get("source", ""),
    )


def _days(values: Mapping[str, str], *names: str) -> dict[str, date | None]:
    days: dict[str, date | None] = {}
    faults = {}
    for name in names:
        try:
            days[name] = day_said(values, name)
        except ValueError:
            faults[name] = REAL_DAY
    if faults:
        raise Unclear(faults)
    return days
