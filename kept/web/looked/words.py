"""What a family reads of who has looked: plain values, the same on the page that is looked at and on paper.

No staff name stands in it unless the law's own entry says so, nobody of the family but the one it is about, and nothing
that tells whether an entry was held back: what it says of that is the same in every one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.leaflet import leaflet
from kept.notices.means import Inform
from kept.published.reads import definition_for, published
from kept.record.looked.family import EntryAbout, View
from kept.staff.reads import names_of
from kept.standards.days import day_of
from kept.web.wording import day, moment

REFUSED = "They asked and were refused. They saw nothing."
HELD_BACK = (
    "Sometimes the law lets us leave something out of a list like this, to keep people safe. We say so in every list, "
    "whether or not anything was left out of it."
)
A_PROGRAM = "A program, not a person"


@dataclass(frozen=True, slots=True)
class Times:
    """The same thing done by the same kind of worker, for the same reason: when, and under which clauses."""

    who: str
    organisation: str
    done: str
    why: str
    clauses: tuple[str, ...]
    moments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyWords:
    """One list, ready to be read or set on paper."""

    service: str
    council: str
    version: str
    short_hash: str
    heading: str
    name: str
    written_on: date
    days: str
    opening: tuple[str, ...]
    times: tuple[Times, ...]
    closing: tuple[str, ...]


def words_of(view: View, *, by: Asker, on: date) -> FamilyWords:
    """The list in words, as the notice in force on a day and the versions of the entries have them."""
    definition = definition_for(by=by, on=on).definition
    told = (
        {one.account for one in view.entries if one.account} if names_are_told(definition, on=on) else set()
    )
    controller = leaflet(definition, on=on).body("controller")
    return FamilyWords(
        service=definition.title,
        council=controller.name if controller else "",
        version=f"Privacy notice of {day(definition.dated)}.",
        short_hash=definition.hash[:12],
        heading="Who has looked, and why",
        name=view.name,
        written_on=day_of(view.prepared_at),
        days=f"{day(view.since_on)} to {day(view.last_on)}",
        opening=_opening(definition, view.name),
        times=tuple(_times(view.entries, definition, names_of(told))),
        closing=_closing(definition, controller.phone if controller else "", on=on),
    )


def _opening(definition: Definition, name: str) -> tuple[str, ...]:
    asked = definition.by_id.get("law.who-looked")
    return (
        f"This list says who looked at what we keep about {name}, when, and why. The reasons stand in the words of our "
        "privacy notice, and of the law.",
        *([asked.words] if asked else []),
    )


def _closing(definition: Definition, phone: str, *, on: date) -> tuple[str, ...]:
    """What may have been left out, said in every list alike; what can be asked, and where to complain."""
    rights = ("law.right-to-correct", "law.complaint")
    said = [
        definition.by_id[one].words
        for one in rights
        if one in definition.by_id and definition.by_id[one].counts(on)
    ]
    return (HELD_BACK, *said, *([f"To ask us something, ring {phone}."] if phone else []))


def _times(
    entries: tuple[EntryAbout, ...], definition: Definition, names: Mapping[int, str]
) -> Iterator[Times]:
    """What is alike is said once, with each time it was done; the latest first."""
    alike: dict[tuple[str, str, str, str, tuple[str, ...]], list[str]] = {}
    for one in entries:
        alike.setdefault(_said(one, definition, names), []).append(moment(one.at))
    for (who, organisation, done, why, clauses), moments in alike.items():
        yield Times(who, organisation, done, why, clauses, tuple(moments))


def _said(
    one: EntryAbout, now: Definition, names: Mapping[int, str]
) -> tuple[str, str, str, str, tuple[str, ...]]:
    held_under = published(one.definition).definition if one.definition else now
    role, body = now.roles.get(one.role), now.bodies.get(one.organisation)
    purpose = held_under.vocabulary.purposes.get(one.purpose)
    refused = one.outcome == "must not"
    words = dict.fromkeys(
        held_under.by_id[clause].words for clause in one.clauses if clause in held_under.by_id
    )
    who = role.words if role else one.role.replace("-", " ")
    return (
        A_PROGRAM if one.process else who[:1].upper() + who[1:],
        body.name(one.at.date()) if body else "",
        REFUSED if refused else one.act[:1].upper() + one.act[1:] + ".",
        purpose.words if purpose else one.purpose,
        tuple(words),
    )


def names_are_told(definition: Definition, *, on: date) -> bool:
    """Whether the law's own entry says that the names of the staff who looked are told."""
    return any(
        one.of == "who-looked" and "tell-name" in one.owed for _, one in definition.meaning(Inform, on=on)
    )
