"""What a form showed of somebody, beside what is held now: so that a form that lay open takes nobody's words back."""

from collections.abc import Mapping
from hashlib import sha256

from kept.record.people.values import NewPerson, PersonShown


def values_of(one: NewPerson | PersonShown) -> Mapping[str, object]:
    """Item → what is said or held of somebody. Of spaces, and of the order of several, nothing hangs."""
    lines, postcode = one.home if isinstance(one, PersonShown) else (one.address, one.postcode)
    return {
        "identity.name": (_plain(one.given), _plain(one.family)),
        "identity.date-of-birth": one.born_on and one.born_on.isoformat(),
        "identity.sex": one.sex,
        "identity.gender": _plain(one.gender),
        "identity.nhs-number": one.nhs_number,
        "identity.address": (_plain(lines), "".join(postcode.split()).upper()),
        "contact.phone": sorted(map(_plain, one.phones)),
        "contact.email": sorted(map(_plain, one.emails)),
    }


def marks_of(one: NewPerson | PersonShown) -> dict[str, str]:
    """Item → a short mark of its value, which a form carries: equal where nothing has changed."""
    return {item: sha256(repr(value).encode()).hexdigest()[:32] for item, value in values_of(one).items()}


def untouched(said: NewPerson, showed: Mapping[str, str]) -> frozenset[str]:
    """The items that stand in a form as it showed them: whoever sent it said nothing of these."""
    return frozenset(item for item, mark in marks_of(said).items() if showed.get(item) == mark)


def changed_meanwhile(held: PersonShown, showed: Mapping[str, str]) -> frozenset[str]:
    """The items of which something else is held now than a form showed."""
    return frozenset(item for item, mark in marks_of(held).items() if showed.get(item) != mark)


def _plain(said: str) -> str:
    return " ".join(said.split())
