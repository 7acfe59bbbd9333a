"""A third service, added as a file: it collects, sees and refuses by its own clauses, and no code knows its name."""

from collections.abc import Callable
from uuid import UUID

import pytest

from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from kept.record.caseloads.reads import open_caseload
from kept.record.contacts.actions import record_contact
from kept.record.contacts.values import NewContact
from kept.record.families.actions import NotRegistered, registering
from kept.record.families.values import NewFamily
from kept.record.looked.reads import who_has_looked
from kept.record.reads import open_record
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, public_id_of
from tests.rooms.ledger.raw import Raw, about, session
from tests.rooms.record.toy_library import LENDING, SERVICE, family, opened

LOAN = NewContact(kind="toy-loan", on=AT.date(), place="library")


@pytest.fixture
def staff(people: Cast) -> Callable[[str], Asker]:
    return opened()


@pytest.fixture
def ted(staff: Callable[[str], Asker]) -> UUID:
    registers(staff("lena"), family())
    return public_id_of("Ted")


def registers(by: Asker, new: NewFamily) -> None:
    with registering(by=by, family=new, purpose=LENDING, source="the-person", at=AT):
        pass


def test_it_collects_what_its_clauses_list(staff: Callable[[str], Asker], ted: UUID) -> None:
    record = open_record(by=staff("lena"), public_id=ted, purpose=LENDING, at=AT)
    assert record.child.name == "Ted Block"
    assert [(adult.name, adult.phones) for adult in record.adults] == [("Tess Block", ("01632 960002",))]
    ((clauses,),) = as_superuser(
        "select clauses from ledger_entry where act = 'register a family' and service = %s", SERVICE
    )
    assert {"hold.child", "hold.parent", "hold.families"} <= set(clauses)


def test_it_refuses_what_they_do_not(staff: Callable[[str], Asker]) -> None:
    """An address, which both other services may hold, is not on its list: the refusal is that clause, in its words."""
    with pytest.raises(Refused) as refused:
        registers(staff("lena"), family(address="1 Brick Road", postcode="AN1 1AA"))
    assert refused.value.decision.words == "We write down who is whose parent, and which library is yours."
    assert as_superuser("select count(*) from record_person where service = %s", SERVICE) == [(0,)]


def test_it_serves_whom_its_notice_says(staff: Callable[[str], Asker]) -> None:
    from dataclasses import replace

    elsewhere = family()
    with pytest.raises(NotRegistered, match="authority-elsewhere"):
        registers(staff("lena"), replace(elsewhere, child=replace(elsewhere.child, authority="Kent")))
    old = replace(elsewhere.child, born_on=AT.date().replace(year=2021))
    with pytest.raises(Refused) as refused:
        registers(staff("lena"), replace(elsewhere, child=old))
    assert refused.value.decision.rests_on == ("who.for",)


def test_it_records_its_own_kind_of_contact(staff: Callable[[str], Asker], ted: UUID) -> None:
    lena = staff("lena")
    assert record_contact(by=lena, public_id=ted, purpose=LENDING, contact=LOAN, source="the-person", at=AT)
    record = open_record(by=lena, public_id=ted, purpose=LENDING, at=AT)
    assert [contact.kind for contact in record.contacts] == ["toy-loan"]
    for more in ({"note": "Broke a wheel."}, {"weight_grams": 12_000}):
        with pytest.raises(Refused) as refused:
            record_contact(
                by=lena,
                public_id=ted,
                purpose=LENDING,
                contact=NewContact(kind="toy-loan", on=AT.date(), place="library", **more),  # type: ignore[arg-type]
                source="the-person",
                at=AT,
            )
        assert refused.value.decision.withheld


def test_its_purposes_are_its_own(staff: Callable[[str], Asker], ted: UUID, people: Cast) -> None:
    for purpose in (HEALTH_VISITING, "keep-safe", "improving", "marketing"):
        with pytest.raises(Refused) as refused:
            open_record(by=staff("lena"), public_id=ted, purpose=purpose, at=AT)
        assert refused.value.decision.rests_on == ("why.counting" if purpose == "improving" else "why.only",)


def test_its_caseload_is_its_own(staff: Callable[[str], Asker], ted: UUID, people: Cast) -> None:
    page = open_caseload(by=staff("lena"), purpose=LENDING, at=AT)
    assert [one.child.name for one in page.children] == ["Ted Block"]
    assert [
        one.child.name for one in open_caseload(by=people.hannah, purpose=HEALTH_VISITING, at=AT).children
    ] == ["Amina Okafor"]


def test_services_are_closed_to_each_other(staff: Callable[[str], Asker], ted: UUID, people: Cast) -> None:
    for by, address in ((people.hannah, ted), (people.pia, ted), (staff("lena"), public_id_of("Amina"))):
        with pytest.raises(Refused):
            open_record(
                by=by, public_id=address, purpose=LENDING if by.service == SERVICE else by.service, at=AT
            )


def test_its_privacy_officer_sees_who_has_looked(
    staff: Callable[[str], Asker], ted: UUID, people: Cast
) -> None:
    open_record(by=staff("lena"), public_id=ted, purpose=LENDING, at=AT)
    page = who_has_looked(by=staff("petra"), public_id=ted, at=AT)
    assert [entry.act for entry in page.entries] == [
        "see who has looked",
        "open a record",
        "register a family",
    ]
    for other in (people.priya, people.paul, staff("max"), staff("lena")):
        with pytest.raises(Refused):
            who_has_looked(by=other, public_id=ted, at=AT)


def test_the_database_holds_it_to_its_notice_too(
    database: str, staff: Callable[[str], Asker], ted: UUID
) -> None:
    ((number,),) = as_superuser("select id from record_person where public_id = %s", ted)
    with session(database) as raw:
        assert asks(raw, number, read=("identity.name",)) == ""
        assert asks(raw, number, read=("identity.address",)) == "KP002"
        assert asks(raw, number, record=("care.contact",)) == ""
        assert asks(raw, number, record=("care.note",)) == "KP002"
        allergy = about(number, read=("health.allergy",))
        assert raw.opens(allergy, by="max", purpose=LENDING) == "KP002"
        assert raw.opens(allergy, by="max", purpose=LENDING, reason="A party is on Friday.") == ""


def asks(raw: Raw, person: int, **what: tuple[str, ...]) -> str:
    return raw.opens(about(person, **what), by="lena", purpose=LENDING, source="the-person")  # type: ignore[arg-type]
