"""From a message to a family: pure, and guessing nothing."""

import hashlib
from dataclasses import replace

from kept.intake.child_health_events.values import Address, Child, Message, Name, Number, RelatedPerson
from kept.record.families.values import NewFamily
from kept.record.people.values import NewPerson

SEXES = {"male": "1", "female": "2", "other": "9", "unknown": "X"}
PARENTS = frozenset(
    {"BPM", "BPF", "BPX", "SPM", "SPF", "APM", "APF", "FPM", "FPF", "GPM", "GPF", "OTX", "RCX"}
)


def family_of(message: Message, *, team_id: int, known: int | None) -> NewFamily:
    """The family a message without faults tells of; `known` is the child, where an earlier message brought them."""
    if message.child is None:
        raise ValueError("A message without a child tells of no family.")
    return NewFamily(
        child=_child(message.child),
        adults=tuple(map(_adult, message.contacts)),
        team_id=team_id,
        known_child=known,
    )


def child_of(message: Message) -> str:
    """What the sender knows the child by: the NHS number, else the sender's own number. A hash; '' for neither."""
    if message.child is None:
        return ""
    if message.child.number and message.child.number.digits:
        return _hashed(message.child.number.digits)
    local = message.child.local_numbers[:1]
    return _hashed(local[0].given_by, local[0].value) if local else ""


def series_of(message: Message) -> str:
    """What the versions of a message have in common: who sends, which event, which child. A hash, not a name."""
    child = child_of(message)
    return _hashed(message.sender, message.event, child) if child else ""


def _hashed(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _child(child: Child) -> NewPerson:
    new = NewPerson("child", *_name(child.name), born_on=child.born_on, sex=SEXES.get(child.gender, "X"))
    return _living_at(_numbered(new, child.number), child.home)


def _adult(person: RelatedPerson) -> NewPerson:
    new = NewPerson(
        "parent" if person.relationship in PARENTS else "relative",
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
