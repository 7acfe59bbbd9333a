"""From a message to a family: pure, and guessing nothing."""

import hashlib

from kept.intake.child_health_events.values import Address, Child, Message, Name, Number, RelatedPerson
from kept.record.families.values import NewFamily
from kept.record.people.values import NewPerson

SEXES = {"male": "1", "female": "2", "other": "9", "unknown": "X"}
PARENTS = frozenset(
    {"BPM", "BPF", "BPX", "SPM", "SPF", "APM", "APF", "FPM", "FPF", "GPM", "GPF", "OTX", "RCX"}
)


def family_of(message: Message, *, team_id: int) -> NewFamily:
    """The family a message without faults tells of."""
    if message.child is None:
        raise ValueError("A message without a child tells of no family.")
    return NewFamily(
        child=_child(message.child), adults=tuple(map(_adult, message.contacts)), team_id=team_id
    )


def series_of(message: Message) -> str:
    """What the versions of a message have in common: who sends, which event, which child. A hash, not a name."""
    number = message.child.number if message.child else None
    local = message.child.local_numbers[:1] if message.child else ()
    about = (message.sender, message.event, number.digits if number else repr(local))
    return hashlib.sha256("|".join(about).encode()).hexdigest()


def _child(child: Child) -> NewPerson:
    home = child.home
    return NewPerson(
        part="child",
        **_named(child.name),
        born_on=child.born_on,
        sex=SEXES.get(child.gender, "X"),
        **_numbered(child.number),
        **_living_at(home),
    )


def _adult(person: RelatedPerson) -> NewPerson:
    return NewPerson(
        part="parent" if person.relationship in PARENTS else "relative",
        **_named(person.name),
        born_on=person.born_on,
        **_numbered(person.number),
        **_living_at(person.home),
        phones=tuple(t.value for t in person.telecoms if t.system in ("phone", "sms")),
        emails=tuple(t.value for t in person.telecoms if t.system == "email"),
        relationship=person.relationship,
        parental_responsibility=person.parental_responsibility,
        lives_with=person.household_member,
    )


def _named(name: Name | None) -> dict[str, str]:
    if name is None:
        return {"given": "", "family": ""}
    return {"given": " ".join(name.given), "family": name.family or ("" if name.given else name.text)}


def _numbered(number: Number | None) -> dict[str, str]:
    if number is None or not number.digits:
        return {}
    return {"nhs_number": number.digits, "nhs_number_status": number.status}


def _living_at(home: Address | None) -> dict[str, str]:
    if home is None:
        return {}
    lines = ", ".join(line for line in (*home.lines, home.city) if line)
    return {"address": lines, "postcode": home.postcode, "authority": home.district}
