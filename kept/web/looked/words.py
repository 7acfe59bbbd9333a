"""What a family reads of who has looked: plain values, the same on the page that is looked at and on paper.

No staff name stands in it unless the law's own entry says so, nobody of the family but the one it is about, and nothing
that tells whether an entry was held back: what it says of that is the same in every one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kept.notices.definition import Definition
from kept.notices.leaflet import leaflet
from kept.notices.means import Inform
from kept.published.reads import published
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
    moments: tuple[str, ...] = ()


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


def words_of(view: View) -> FamilyWords:
    """The list in words, as the notice in force when it was prepared, and the versions of its entries, have them.

    What the law and the notice say since changes no list that was prepared before: an officer decided on its words.
    """
    definition, on = published(view.under).definition, day_of(view.prepared_at)
    controller = leaflet(definition, on=on).body("controller")
    return FamilyWords(
        service=definition.title,
        council=controller.name if controller else "",
        version=f"Privacy notice of {day(definition.dated)}.",
        short_hash=definition.hash[:12],
        heading="Who has looked, and why",
        name=view.name,
        written_on=on,
        days=f"{day(view.since_on)} to {day(view.last_on)}",
        opening=_opening(definition, view.name),
        times=tuple(_times(view.entries, definition, names_told(view.entries, definition, on=on))),
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
    alike: dict[Times, list[str]] = {}
    for one in entries:
        alike.setdefault(said_of(one, definition, names), []).append(moment(one.at))
    for said, moments in alike.items():
        yield replace(said, moments=tuple(moments))


def said_of(one: EntryAbout, now: Definition, names: Mapping[int, str]) -> Times:
    """What a family reads of one entry, but for when it was."""
    held_under = published(one.definition).definition if one.definition else now
    role, body = now.roles.get(one.role), now.bodies.get(one.organisation)
    purpose = held_under.vocabulary.purposes.get(one.purpose)
    refused = one.outcome == "must not"
    words = dict.fromkeys(
        held_under.by_id[clause].words for clause in one.clauses if clause in held_under.by_id
    )
    job = role.words if role else one.role.replace("-", " ")
    name = names.get(one.account or 0, "")
    who = f"{name}, {job}" if name else job[:1].upper() + job[1:]
    return Times(
        A_PROGRAM if one.process else who,
        body.name(one.at.date()) if body else "",
        REFUSED if refused else one.act[:1].upper() + one.act[1:] + ".",
        purpose.words if purpose else one.purpose,
        tuple(words),
    )


def names_told(entries: Iterable[EntryAbout], definition: Definition, *, on: date) -> Mapping[int, str]:
    """The names of the staff who looked, where the law's own entry says that they are told; nobody's otherwise."""
    told = any(
        one.of == "who-looked" and "tell-name" in one.owed for _, one in definition.meaning(Inform, on=on)
    )
    return names_of({one.account for one in entries if one.account}) if told else {}
