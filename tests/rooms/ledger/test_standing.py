"""An entry says enough for its decision to be put again to another version of a notice."""

import pytest

from kept.ledger.entries import Allowed, Refused, entry, facts
from kept.record.reads import open_record
from tests.cast import AT, PAIRS, Cast, as_superuser, person_of, public_id_of, token_of
from tests.rooms.ledger.raw import Raw, about

NAMED = "select standing, part, read, recorded from ledger_subject where entry_id = %s order by part"
LAST = "select max(id) from ledger_entry"
REFUSE = "select ledger.refuse(%s, 'try', 'keep-safe', %s::uuid[], '{x}', '', '', %s, %s, %s)"


def last() -> int:
    ((number,),) = as_superuser(LAST)
    return number


def test_whom_an_entry_opens_is_written_with_how_the_asker_stood(application: Raw) -> None:
    amina, grace = person_of("Amina"), person_of("Grace")
    with application.kept() as raw:
        number = raw.open(about(amina, read=("identity.name",)), about(grace, read=("identity.name",)))
    assert as_superuser(NAMED, number) == [
        ("team", "child", ["identity.name"], []),
        ("team", "parent", ["identity.name"], []),
    ]
    assert as_superuser("select count(*) from ledger_subject s join ledger_entry e on e.id = s.entry_id"
                        " where s.at <> e.at") == [(0,)]  # fmt: skip


def test_somebody_new_is_written_as_new(people: Cast) -> None:
    """The cast was registered by entries of their own."""
    (found,) = as_superuser(
        "select s.standing, s.part from ledger_subject s join record_person p on p.ledger_id = s.ledger_id"
        " and p.entry_id = s.entry_id where p.id = %s",
        person_of("Amina"),
    )
    assert found == ("new", "child")


def test_a_refusal_is_written_with_what_was_asked(people: Cast, cleo: int) -> None:
    hannah, bo = people.hannah, public_id_of("Bo")
    with pytest.raises(Refused):
        open_record(by=people.samuel, public_id=public_id_of("Cleo"), purpose="health-visiting", at=AT)
    number = last()
    ((asked, outcome),) = as_superuser("select asked, outcome from ledger_entry where id = %s", number)
    assert outcome == "must not"
    assert "identity.name" in asked
    assert as_superuser(NAMED, number) == [("", "", [], [])]  # of another service: nothing of how it stands
    assert facts(by=hannah, ids=[bo], at=AT)


def test_how_the_asker_stood_to_whom_a_refusal_names(application: Raw, cleo: int) -> None:
    ids = [public_id_of("Bo"), public_id_of("Cleo")]
    with application.kept() as raw:
        number = raw.one(REFUSE, token_of("hannah"), ids, AT, ["identity.name"], "the-person")
    assert as_superuser("select service, standing, part from ledger_subject where entry_id = %s", number) == [
        ("health-visiting", "service", "child"),
        (PAIRS, "", ""),
    ]
    assert as_superuser("select asked, source from ledger_entry where id = %s", number) == [
        (["identity.name"], "the-person")
    ]


def test_what_is_opened_about_nobody_is_written_in_the_entry(people: Cast) -> None:
    allowed = [Allowed(0, read=frozenset({"ledger.access"}))]
    with entry(by=people.priya, act="try", purpose="audit", allowed=allowed, at=AT) as opened:
        pass
    assert as_superuser("select asked from ledger_entry where id = %s", opened.id) == [(["ledger.access"],)]
    assert as_superuser(NAMED, opened.id) == []
