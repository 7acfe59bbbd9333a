"""Demonstration families, one after another: the same for the same seed and day, however many are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from kept.intake.demonstration.names import CULTURES, Called, Culture
from kept.intake.demonstration.places import Home, home
from kept.intake.demonstration.plans import PLANS, TWO_SERVICES, WEIGHTS, Plan
from kept.standards.ages import birthday, months_after, years_old
from kept.standards.nhs_number import TEST_NUMBERS, test_number

# The range that is never issued is shorter than a county: adults take numbers from its end and children from
# its beginning. Past either, people come as some do in life: with no NHS number that anybody knows.
NUMBERS_FOR_ADULTS = 100_000
_MOST_YEARS = 5
_TERM_DAYS = 280
_SEXES = ("female", "male")


@dataclass(frozen=True, slots=True)
class Adult:
    relationship: str  # a code of the catalogue of relationships
    called: Called
    gender: str
    born_on: date
    number: str  # an NHS number, or nothing
    phone: str
    email: str
    home: Home
    lives_with: bool
    responsibility: bool


@dataclass(frozen=True, slots=True)
class Baby:
    serial: int  # counts the children of the demonstration from 0
    called: Called
    gender: str
    born_at: datetime
    number: str
    gestation_days: int
    weight_grams: int
    order: int
    babies: int


@dataclass(frozen=True, slots=True)
class Family:
    """Children with their adults. `source` names the demonstration: ids differ from one to another.

    `kind` says what is particular about them beyond who they are: see PLANS.
    """

    source: str
    children: tuple[Baby, ...]
    adults: tuple[Adult, ...]
    home: Home
    at: datetime
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """How far families have been made: how many, their children, and how many NHS numbers were given to whom."""

    families: int = 0
    children: int = 0
    numbers_of_children: int = 0
    numbers_of_adults: int = 0


class _Numbers:
    """NHS numbers that nobody has, each given once."""

    def __init__(self, begin: Position) -> None:
        self.children = begin.numbers_of_children
        self.adults = begin.numbers_of_adults

    def for_child(self) -> str:
        if self.children >= TEST_NUMBERS - NUMBERS_FOR_ADULTS:
            return ""
        self.children += 1
        return test_number(self.children - 1)

    def for_adult(self) -> str:
        if self.adults >= NUMBERS_FOR_ADULTS:
            return ""
        self.adults += 1
        return test_number(TEST_NUMBERS - self.adults)


def families(*, children: int, seed: int, at: datetime) -> Iterator[Family]:
    """Families with so many children in all, one at a time: none is kept in memory.

    The first families show one plan each, with babies of the last weeks; after them plans come as often as in
    life, with children of every age up to the fifth birthday. Births are counted back from `at`, so a record
    is filled once: with another day the same numbers belong to children of other dates of birth.
    """
    return (family for family, _ in families_from(Position(), children=children, seed=seed, at=at))


def families_from(
    begin: Position, *, children: int, seed: int, at: datetime
) -> Iterator[tuple[Family, Position]]:
    """The same from a position on, up to so many children in all, each with the position after it."""
    numbers, serial, place = _Numbers(begin), begin.children, begin.families
    while serial < children:
        chance = Random(f"{seed}/{place}")  # noqa: S311  # a demonstration must come out the same, not be secret
        plan = PLANS[place] if place < len(PLANS) else chance.choices(PLANS, cum_weights=WEIGHTS)[0]
        family = _family(chance, plan, numbers, serial, seed=seed, recent=place < len(PLANS), at=at)
        kept = family.children[: children - serial]
        serial, place = serial + len(kept), place + 1
        made = family if kept == family.children else replace(family, children=kept)
        yield made, Position(place, serial, numbers.children, numbers.adults)


def _family(
    chance: Random, plan: Plan, numbers: _Numbers, serial: int, *, seed: int, recent: bool, at: datetime
) -> Family:
    culture = chance.choice(plan.cultures)
    surname, address, taken = culture.family(chance), home(chance), set[str]()
    births = _births(chance, plan, recent=recent, at=at)
    children = tuple(
        _baby(
            chance,
            plan,
            culture.call(chance, gender=(sex := chance.choice(_SEXES)), family=surname, but=taken),
            gender=sex,
            birth=birth,
            order=order,
            number="" if plan.unnumbered else numbers.for_child(),
            serial=serial + pregnancy * plan.babies + order - 1,
        )
        for pregnancy, birth in enumerate(births)
        for order in range(1, plan.babies + 1)
    )
    around = _Around(chance, culture, surname, taken, address, births[0].at.date(), numbers)
    return Family(f"{seed}/{at.date()}", children, around.adults(plan.adults), address, at, plan.kind)


def _births(chance: Random, plan: Plan, *, recent: bool, at: datetime) -> list[_Birth]:
    """When each pregnancy ended and after how many days, the eldest first."""
    today = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    longest = (today.date() - months_after(today.date(), -12 * _MOST_YEARS)).days - 40
    if plan.unnumbered or recent:
        days = chance.randint(4, 28)
    elif plan.kind == TWO_SERVICES:
        days = chance.randint(71, 300)  # the parent and infant service ends with the second birthday
    elif chance.random() < 0.3:
        days = chance.randint(4, 70)
    else:
        days = chance.randint(71, longest if plan.siblings == 1 else 500)
    births = []
    for _ in range(plan.siblings):
        born_at = today - timedelta(days=days) + timedelta(minutes=chance.randrange(24 * 60))
        births.append(_Birth(born_at, _gestation(chance, plan)))
        days += chance.randint(400, 1100)
    return births[::-1]


def _gestation(chance: Random, plan: Plan) -> int:
    if plan.early:
        return chance.randint(25 * 7, 36 * 7)
    if plan.babies > 1:
        return chance.randint(34 * 7, 38 * 7)
    return max(37 * 7, min(42 * 7, round(chance.gauss(_TERM_DAYS, 8))))


def _baby(
    chance: Random,
    plan: Plan,
    called: Called,
    *,
    gender: str,
    birth: _Birth,
    order: int,
    number: str,
    serial: int,
) -> Baby:
    usual = 3450 - 27 * max(0, _TERM_DAYS - birth.gestation_days)
    return Baby(
        serial=serial,
        called=called,
        gender=gender,
        born_at=birth.at + timedelta(minutes=11 * (order - 1)),
        number=number,
        gestation_days=birth.gestation_days,
        weight_grams=max(480, 5 * round(usual * chance.gauss(1, 0.1) / 5)),
        order=order,
        babies=plan.babies,
    )


@dataclass(frozen=True, slots=True)
class _Birth:
    at: datetime
    gestation_days: int


@dataclass(frozen=True, slots=True)
class _Around:
    """Makes the adults around the children of one family."""

    chance: Random
    culture: Culture
    surname: str
    taken: set[str]
    address: Home
    first_birth_on: date
    numbers: _Numbers

    def adults(self, plan: str) -> tuple[Adult, ...]:
        if plan == "kinship":
            mother = self._parent("BPM", lives_with=False)
            return (self._grandmother(mother), mother)
        if plan == "foster":
            return (self._foster_carer("FPM"), self._parent("BPM", lives_with=False))
        if plan == "alone":
            return (self._parent("BPM"),)
        return (self._parent("BPM"), self._parent("BPF", lives_with=plan == "together"))

    def _parent(self, relationship: str, *, lives_with: bool = True) -> Adult:
        mother = relationship == "BPM"
        culture = self.culture if self.chance.random() < 0.8 else self.chance.choice(CULTURES)
        surname = self.surname if culture is self.culture else culture.family(self.chance)
        return self._adult(
            relationship,
            culture,
            surname,
            years=self.chance.randint(17, 43 if mother else 52),
            lives_with=lives_with,
            # A mother has parental responsibility from the birth; a father who lives elsewhere may not.
            responsibility=mother or lives_with or self.chance.random() < 0.6,
        )

    def _grandmother(self, mother: Adult) -> Adult:
        years = years_old(mother.born_on, on=self.first_birth_on) + self.chance.randint(18, 34)
        return self._adult(
            "GPM", self.culture, self.surname, years=years, lives_with=True, responsibility=True
        )

    def _foster_carer(self, relationship: str) -> Adult:
        culture = self.chance.choice(CULTURES)
        surname, years = culture.family(self.chance), self.chance.randint(30, 58)
        return self._adult(relationship, culture, surname, years=years, lives_with=True, responsibility=False)

    def _adult(
        self,
        relationship: str,
        culture: Culture,
        surname: str,
        *,
        years: int,
        lives_with: bool,
        responsibility: bool,
    ) -> Adult:
        chance = self.chance
        gender = "male" if relationship.endswith("F") else "female"
        return Adult(
            relationship=relationship,
            called=culture.call(chance, gender=gender, family=surname, but=self.taken),
            gender=gender,
            born_on=birthday(self.first_birth_on, -years) - timedelta(days=chance.randrange(365)),
            number=self.numbers.for_adult(),
            phone=f"07700 900{chance.randrange(1000):03}",  # Ofcom keeps these for drama
            email=f"someone{chance.randrange(10**6):06}@example.org" if chance.random() < 0.6 else "",
            home=self.address if lives_with else home(chance),
            lives_with=lives_with,
            responsibility=responsibility,
        )
