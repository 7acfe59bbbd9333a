"""Whom to call in an emergency: of the Parent and Infant Relationship Service alone, and for that purpose alone."""

import pytest

from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from kept.record.emergency.actions import NotRecorded, name_emergency_contact
from kept.record.emergency.reads import may_see_emergency_contact, open_emergency_contact
from kept.record.emergency.values import NewEmergencyContact
from kept.record.relatives.reads import open_family_map
from tests.cast import AT, PAIRS, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import WIDER, about, session
from tests.rooms.record.families_tried import opens

UMA = NewEmergencyContact("Uma Friend", "07700 900 555", "friend")


def names(by: Asker, new: NewEmergencyContact = UMA, *, child: str = "Cleo") -> None:
    name_emergency_contact(by=by, public_id=public_id_of(child), new=new, at=AT)


def called(by: Asker, child: str = "Cleo") -> tuple[str, str, str]:
    contact = open_emergency_contact(by=by, public_id=public_id_of(child), at=AT).contact
    return (contact.name, contact.phones[0], contact.relationship) if contact else ("", "", "")


def test_one_is_named_and_the_next_takes_their_place(people: Cast, cleo: int) -> None:
    assert called(people.pia) == ("", "", "")
    names(people.pia)
    assert called(people.pia) == ("Uma Friend", "07700 900 555", "friend")
    names(people.pia, NewEmergencyContact("Vic", "01632 960999", "GPF"))
    assert called(people.pia) == ("Vic", "01632 960999", "GPF")


def test_they_show_under_no_other_purpose_and_are_found_by_no_search(
    people: Cast, cleo: int, database: str
) -> None:
    names(people.pia)
    assert "Uma" not in repr(opens(people.pia, "Cleo"))
    shown = open_family_map(by=people.pia, public_id=public_id_of("Cleo"), purpose=PAIRS, at=AT)
    assert "Uma" not in repr(shown)
    uma = person_of("Uma Friend")
    assert as_superuser("select 1 from record_search_key where person_id = %s", uma) == []
    with session(database) as raw:
        for item in ("identity.name", "contact.phone", "relationship.kind"):
            assert raw.opens(about(uma, read=(item,)), by="pia", purpose=PAIRS) == WIDER
        assert raw.opens(about(uma, read=("contact.phone",)), by="pia", purpose="emergency") == ""
        assert raw.opens(about(uma, read=("identity.address",)), by="pia", purpose="emergency") == WIDER


def test_health_visiting_has_no_such_field(people: Cast, cleo: int) -> None:
    assert may_see_emergency_contact(by=people.pia, on=AT.date())
    for name in ("hannah", "nadia", "ada", "priya", "paul"):
        by = getattr(people, name)
        assert not may_see_emergency_contact(by=by, on=AT.date())
        for child in ("Amina", "Cleo"):
            with pytest.raises(Refused):
                names(by, child=child)
            with pytest.raises(Refused):
                called(by, child)
    with pytest.raises(Refused):
        names(people.pia, child="Amina")


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewEmergencyContact(" ", UMA.phone, "friend"), "name"),
        (NewEmergencyContact("x" * 201, UMA.phone, "friend"), "name"),
        (NewEmergencyContact("Uma", "", "friend"), "phone"),
        (NewEmergencyContact("Uma", "ring the bell", "friend"), "phone"),
        (NewEmergencyContact("Uma", "12345", "friend"), "phone"),
        (NewEmergencyContact("Uma", "0" * 16, "friend"), "phone"),
        (NewEmergencyContact("Uma", UMA.phone, "enemy"), "kind"),
    ],
)
def test_what_cannot_be_called_is_told(people: Cast, cleo: int, new: NewEmergencyContact, field: str) -> None:
    with pytest.raises(NotRecorded) as told:
        names(people.pia, new)
    assert list(told.value.faults) == [field]
