"""What follows from what is said of a family, worked out from values."""

from collections.abc import Iterable

from kept.record.people.values import NewPerson, PersonShown

Said = tuple[NewPerson, PersonShown | None]


def hidden_homes(family: Iterable[Said], *, elsewhere: Iterable[NewPerson] = ()) -> frozenset[str]:
    """The postcodes that must stay hidden: of anyone whose address is restricted, as held and as now said.

    Whoever of the family is said to live there too has a restricted address with that: the child who went to a refuge
    with a mother, the baby who is born there. `elsewhere` is what is said of those who hide in another record of
    theirs.
    """
    marked = [(new, shown) for new, shown in family if shown and shown.address_is_hidden]
    held = {postcode for _, shown in marked if (postcode := shown.restricted_postcode)}
    said = {new.postcode for new in (*(new for new, _ in marked), *elsewhere) if new.postcode}
    return frozenset(map(_plain, held | said))


def is_hidden(new: NewPerson, shown: PersonShown | None, homes: frozenset[str]) -> bool:
    """Whether the address that is said of somebody must be a restricted one."""
    return bool(shown and shown.address_is_hidden) or _plain(new.postcode) in homes


def _plain(postcode: str) -> str:
    return "".join(postcode.split()).upper()
