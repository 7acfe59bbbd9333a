"""From whom a search found to the page: plain values."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kept.record.families.values import ALL_RELATIONSHIPS
from kept.record.search.values import ChildBeside, Found, PersonFound

PARTS = {"child": "Child", "parent": "Parent", "relative": "Relative", "other-child": "Child of the family"}


@dataclass(frozen=True, slots=True)
class Beside:
    """What an adult is to a child, in words, and the child's record."""

    words: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class PersonListed:
    """Somebody who fits: a child leads to their record, an adult to those of their children."""

    name: str
    href: str
    part: str
    born_on: date | None
    teams: tuple[str, ...]
    children: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    people: tuple[PersonListed, ...]
    more: bool


def found_shown(found: Found) -> Listed:
    return Listed(tuple(map(_person, found.people)), found.more)


def _person(one: PersonFound) -> PersonListed:
    return PersonListed(
        name=one.name,
        href=reverse("record", kwargs={"public_id": one.public_id}) if one.part == "child" else "",
        part=PARTS[one.part],
        born_on=one.born_on,
        teams=one.teams,
        children=tuple(map(_beside, one.children)),
    )


def _beside(child: ChildBeside) -> Beside:
    words = ALL_RELATIONSHIPS.get(child.relationship, "Family")
    return Beside(f"{words} of", child.name, reverse("record", kwargs={"public_id": child.public_id}))
