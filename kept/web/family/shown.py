"""From a family to its page: the map, and the same facts in words."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from kept.record.families.values import ALL_RELATIONSHIPS, EVIDENCE, FamilyTies, Responsibility, Sibling
from kept.record.people.values import PersonShown
from kept.record.relatives.values import OTHER_CHILD, FamilyShown
from kept.web import wording
from kept.web.family_map.rules import FamilyMap, Kin, family_map

CARERS, CHILDREN, RELATIVES = "Parents and carers", "Other children", "Relatives and others"
NOT_NAMED = "Not named yet"
BORN_TOGETHER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SiblingShown:
    """Another child of a carer's, and the way to their record."""

    name: str
    href: str
    through: str
    born_on: date | None


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the family in words: each fact is a sentence. `href` leads to their record, `change_href` to what
    they are to the child."""

    name: str
    words: str
    facts: tuple[str, ...] = ()
    href: str = ""
    change_href: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    words: str
    members: tuple[Member, ...]


def siblings_shown(
    siblings: tuple[Sibling, ...], people: tuple[PersonShown, ...]
) -> tuple[SiblingShown, ...]:
    """The other children of a child's carers, for a list of links to their records."""
    named = {person.person: person.name for person in people}
    return tuple(
        SiblingShown(
            name=one.child.name or NOT_NAMED,
            href=reverse("record", kwargs={"public_id": one.child.public_id}),
            through=shares(one, named),
            born_on=one.child.born_on,
        )
        for one in siblings
    )


def twins_of(born_on: date | None, siblings: tuple[SiblingShown, ...]) -> tuple[SiblingShown, ...]:
    """Those of the siblings who were born with the child: on the day, or on either side of a midnight."""
    if born_on is None:
        return ()
    return tuple(one for one in siblings if one.born_on and abs(one.born_on - born_on) <= BORN_TOGETHER)


def shares(one: Sibling, named: dict[int, str]) -> str:
    carers = [named[carer] for carer in one.through if named.get(carer)]
    return f"Also cared for by {' and '.join(carers)}" if carers else "Shares a carer"


def family_page(family: FamilyShown, *, may_change: bool) -> dict[str, Any]:
    """The map and the groups of family.html."""
    child = family.child
    groups = tuple(group for group in _groups(family, may_change=may_change) if group.members)
    kin = [
        Kin(member.name, member.words, group.words, _at_home(family, person))
        for group, people in zip(groups, _people(family), strict=True)
        for member, person in zip(group.members, people, strict=True)
    ]
    return {
        "name": child.name or NOT_NAMED,
        "map": _map(child, kin),
        "groups": groups,
        "shows_home": family.shows_household,
    }


def _map(child: PersonShown, kin: list[Kin]) -> FamilyMap:
    return family_map(
        child=Kin(child.name or NOT_NAMED, "The child", "", None),
        above=[one for one in kin if one.group == CARERS],
        below=[one for one in kin if one.group != CARERS],
    )


def _people(family: FamilyShown) -> list[list[int]]:
    """The numbers of everybody, group by group, those that hold nobody left out."""
    sorted_out = (
        [p.person for p in family.people if p.part == "parent"],
        [one.child.person for one in family.siblings]
        + [p.person for p in family.people if p.part == OTHER_CHILD],
        [p.person for p in family.people if p.part == "relative"],
    )
    return [group for group in sorted_out if group]


def _groups(family: FamilyShown, *, may_change: bool) -> tuple[Group, ...]:
    named = {person.person: person.name for person in family.people}
    siblings = tuple(
        Member(
            name=one.child.name or NOT_NAMED,
            words=shares(one, named),
            facts=_facts(family, one.child),
            href=reverse("record", kwargs={"public_id": one.child.public_id}),
        )
        for one in family.siblings
    )

    def members(part: str) -> tuple[Member, ...]:
        return tuple(_member(family, p, may_change=may_change) for p in family.people if p.part == part)

    return (
        Group(CARERS, members("parent")),
        Group(CHILDREN, siblings + members(OTHER_CHILD)),
        Group(RELATIVES, members("relative")),
    )


def _member(family: FamilyShown, person: PersonShown, *, may_change: bool) -> Member:
    return Member(
        name=person.name or NOT_NAMED,
        words=ALL_RELATIONSHIPS.get(person.relationship, "Family"),
        facts=_facts(family, person),
        change_href=change_href(family.child.public_id, person.public_id) if may_change else "",
    )


def change_href(child: UUID, about: UUID) -> str:
    return reverse("family_tie", kwargs={"public_id": child, "about": about})


def _facts(family: FamilyShown, person: PersonShown) -> tuple[str, ...]:
    ties, number = family.ties, person.person
    since = ties.since.get(number)
    said = ties.responsibility.get(number)
    born = person.part in ("child", OTHER_CHILD) and person.born_on
    return tuple(
        filter(
            None,
            (
                f"Born {wording.day(born)}." if born else "",
                f"So recorded since {wording.day(since)}." if since else "",
                _home(ties, number),
                f"Parental responsibility: {responsibility_in_words(said)}." if said else "",
                *("Must stay hidden: say nothing of it outside your team." for _ in person.restrictions[:1]),
            ),
        )
    )


def _home(ties: FamilyTies, number: int) -> str:
    if number in ties.lives_since:
        return f"In the child’s home since {wording.day(ties.lives_since[number])}."
    if number in ties.lived:
        spell = ties.lived[number]
        return f"In the child’s home from {wording.day(spell.from_on)} until {wording.day(spell.until_on)}."
    return ""


def _at_home(family: FamilyShown, number: int) -> bool | None:
    """Nothing is said of whoever must not be found: they are in no household list."""
    if not family.shows_household or any(
        one.what == "address" for p in family.people if p.person == number for one in p.restrictions
    ):
        return None
    return number in family.ties.lives_since


def responsibility_in_words(said: Responsibility | None) -> str:
    """Whether somebody has parental responsibility, and what was seen; nothing where nothing was said."""
    if said is None:
        return ""
    seen = EVIDENCE.get(said.evidence, "").lower()
    return f"{'Yes' if said.responsible else 'No'}, {f'{seen} seen' if seen else 'no evidence seen'}"
