"""From a message to a family: pure, and guessing nothing."""

import hashlib
from dataclasses import replace

from kept.intake.child_health_events.catalogue import BESIDE_ONE_ANOTHER, RELATIONSHIPS
from kept.intake.child_health_events.values import Address, Child, Message, Name, Number, RelatedPerson
from kept.record.assessments.values import BirthTold
from kept.record.families.values import NewFamily
from kept.record.people.values import NewPerson

SEXES = {"male": "1", "female": "2", "other": "9", "unknown": "X"}
# Parents of every kind, and those who care in a parent's place. Whoever else belongs to the child is a relative
# to the notice, of whom it lets the service hold a name and what they are to the child.
PARENTS = frozenset(code for code in RELATIONSHIPS if code[:2] in ("BP", "SP", "AP", "FP", "RC"))


def family_of(message: Message, *, team_id: int | None, known: int | None) -> NewFamily:
    """The family a message without faults tells of; `known` is the child, where an earlier message brought them."""
    if message.child is None:
        raise ValueError("A message without a child tells of no family.")
    birth = birth_told(message)
    return NewFamily(
        child=replace(_child(message.child), also=frozenset({birth.item}) if birth else frozenset()),
        adults=tuple(map(_adult, message.contacts)),
        team_id=team_id,
        known_child=known,
    )


def birth_told(message: Message) -> BirthTold | None:
    """How the child was born, where the message tells any of it."""
    birth, child = message.birth, message.child
    if not (birth and child and child.born_on):
        return None
    said = (birth.gestation_days, birth.weight_grams, birth.order, birth.babies, birth.place)
    return BirthTold(child.born_on, *said) if any(said) else None


def number_of(message: Message) -> str:
    """The child's NHS number, or nothing: a baby has none in its first days."""
    number = message.child.number if message.child else None
    return number.digits if number else ""


def numbers_of_senders(message: Message) -> tuple[str, ...]:
    """What organisations call the child in their own systems, hashed: by it a baby without an NHS number is found
    again, also once it has one."""
    numbers = message.child.local_numbers if message.child else ()
    return tuple(_hashed(number.given_by, number.value) for number in numbers)


def series_of(message: Message) -> str:
    """What the versions of a message about one child have in common: who sends, and which event. A hash.

    Facts that stand beside one another, such as vaccines, have the same sender and event: their versions have in
    common what the message is about; one that does not say what that is has no other version.
    """
    if message.event in BESIDE_ONE_ANOTHER:
        return _hashed(message.sender, message.event, message.focus or message.id)
    return _hashed(message.sender, message.event)


def _hashed(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _child(child: Child) -> NewPerson:
    new = NewPerson("child", *_name(child.name), born_on=child.born_on, sex=SEXES.get(child.gender, "X"))
    return _living_at(_numbered(new, child.number), child.home)


def _adult(person: RelatedPerson) -> NewPerson:
    new = NewPerson(
        "parent" if person.relationship in PARENTS or person.parental_responsibility else "relative",
        *_name(person.name),
        born_on=person.born_on,
        phones=tuple(t.value for t in person.telecoms if t.system in ("phone", "sms")),
        emails=tuple(t.value for t in person.telecoms if t.system == "email"),
        relationship=person.relationship,
        parental_responsibility=person.parental_responsibility,
        lives_with=person.household_member,
    )
    return _living_at(_numbered(new, person.number), person.home)


def _name(name: Name | None) -> tuple[str, str]:
    """Given names and family name; a name sent as one text alone is the family's."""
    if name is None:
        return "", ""
    return " ".join(name.given), name.family or ("" if name.given else name.text)


def _numbered(new: NewPerson, number: Number | None) -> NewPerson:
    if number is None or not number.digits:
        return new
    return replace(new, nhs_number=number.digits, nhs_number_status=number.status)


def _living_at(new: NewPerson, home: Address | None) -> NewPerson:
    if home is None:
        return new
    lines = ", ".join(line for line in (*home.lines, home.city) if line)
    return replace(new, address=lines, postcode=home.postcode, authority=home.district)
