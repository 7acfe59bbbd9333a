"""The database opens no entry that is wider than the permits and the facts, whatever Python asks of it."""

from uuid import uuid4

import pytest

from tests.cast import AT, HEALTH_VISITING, PAIRS, as_superuser, person_of, token_of
from tests.rooms.ledger.raw import DENIED, NOBODY, SECOND, TAKEN, WIDER, Raw, about, session

NAME = ("identity.name",)
NEW = {"part": "child", "ledger_id": "00000000-0000-4000-8000-000000000001"}


@pytest.fixture
def amina(database: str) -> int:
    return person_of("Amina")


def drawn(raw: Raw) -> int:
    return raw.one("select nextval('record_person_id_seq')")


@pytest.mark.proves("hv-2.02")
def test_no_more_about_a_child_of_the_team_than_is_permitted(application: Raw, amina: int) -> None:
    for asked in (
        about(amina, read=("health.facts", "ledger.access")),
        about(amina, read=("circumstances.police-contact",)),
        about(amina, read=("*",)),
        about(amina, read=("identity.name", "identity.unheard-of")),
        about(amina, read=NAME, record=("contact.phone",)),
        about(amina),
        about(amina, read=("contact.phone",), part="parent"),
        about(amina, read=("intake.message",), part="nobody"),
    ):
        assert application.opens(asked, source="the-person") == WIDER, asked
    assert application.opens(about(amina, read=NAME)) == ""


def test_for_no_purpose_but_those_of_the_permits(application: Raw, amina: int) -> None:
    for purpose in ("", "audit", "marketing", "keep-safe ", "KEEP-SAFE", PAIRS):
        assert application.opens(about(amina, read=NAME), purpose=purpose) == WIDER
        assert application.opens(about(amina), purpose=purpose) == WIDER


@pytest.mark.proves("hv-2.02")
def test_the_childs_items_are_not_the_mothers(application: Raw, amina: int) -> None:
    grace = person_of("Grace")
    assert application.opens(about(amina, read=("growth.weight",))) == ""
    assert application.opens(about(grace, read=("growth.weight",))) == WIDER
    assert application.opens(about(amina, read=NAME), about(grace, read=("growth.weight",))) == WIDER
    with application.undone() as raw:
        raw.open(about(amina, read=("health.facts", "identity.address")), about(grace, read=NAME))
        assert raw.held() == {
            "record_person": 2,
            "record_name": 1,
            "record_search_key": 2,
            "record_address": 1,
        }
        assert raw.rows("select person_id from record_address") == [(amina,)]
        assert raw.rows("select person_id from record_name") == [(grace,)]


@pytest.mark.proves("hv-2.02")
def test_nobody_elses_families(application: Raw, amina: int, cleo: int) -> None:
    for person in (person_of("Bo"), person_of("Nils"), cleo, 0, -1, 999_999):
        for asked in (about(person, read=NAME), about(person), about(person, record=("care.note",))):
            assert application.opens(asked, source="the-person") == WIDER
            assert application.opens(about(amina, read=NAME), asked, source="the-person") == WIDER


def test_that_somebody_exists_is_opened_with_an_item_or_not_at_all(application: Raw, amina: int) -> None:
    """Where nothing was asked about somebody, no permit was missing; their row was opened all the same."""
    assert application.opens(*(about(person) for person in range(6))) == WIDER
    assert application.opens(about(amina, read=NAME), about(person_of("Bo"))) == WIDER


def test_nothing_is_asked_of_nobody(application: Raw) -> None:
    assert application.opens() == WIDER


def test_other_services_do_not_lend_their_permits(application: Raw, amina: int, cleo: int) -> None:
    assert application.opens(about(cleo, read=NAME), by="pia", purpose=PAIRS) == ""
    assert application.opens(about(amina, read=NAME), by="pia", purpose=PAIRS) == WIDER
    assert application.opens(about(cleo, read=NAME), by="hannah", purpose=PAIRS) == WIDER
    assert application.opens(about(cleo, read=("ledger.access",)), by="priya", purpose="audit") == WIDER
    assert application.opens(about(amina, read=("ledger.access",)), by="paul", purpose="audit") == WIDER


def test_another_service_is_closed_even_where_a_definition_would_open_it(application: Raw, cleo: int) -> None:
    """`none` is the standing of whoever is unknown, or of another service: no permit for it opens anybody."""
    as_superuser("alter table published_permit disable trigger all")
    as_superuser(
        "insert into published_permit (definition_id, role, standing, part, purpose, act, source, from_on, items,"
        " clauses, reasoned) values (published_in_force(%s, '2026-11-22'), 'practitioner', 'none', 'child',"
        " 'matching', 'read', '', '2026-01-01', '{identity.name}', '{see.team-child}', '{}')",
        HEALTH_VISITING,
    )
    assert application.opens(about(cleo, read=NAME), purpose="matching") == WIDER


def test_recording_needs_its_source(application: Raw, amina: int) -> None:
    weight = about(amina, record=("growth.weight",))
    assert application.opens(weight, source="the-person") == ""
    for source in ("", "someone-who-knows-them ", "the person", "anybody"):
        assert application.opens(weight, source=source) == WIDER


@pytest.mark.proves("hv-3.31")
def test_a_reason_of_blanks_is_none(application: Raw) -> None:
    """Whatever the session says of escapes: what is blank is not for it to say."""
    asked, how = about(person_of("Bo"), read=NAME), {"by": "sefi", "purpose": "keep-safe"}
    application.rows("set standard_conforming_strings = off; set escape_string_warning = off")
    for blank in ("", " ", "\t\r\n", "\x1c\x1f", "\x85\xa0", "\u1680\u2003\u2028\u202f\u205f\u3000"):
        assert application.opens(asked, reason=blank, **how) == WIDER
        assert application.opens(asked, reason=f"{blank}because", **how) == ""


def test_a_token_that_nobody_was_given_is_nobodys(application: Raw, amina: int) -> None:
    opens = "select * from ledger.open(%s, 'try', 'health-visiting', %s::jsonb, '', '', '', %s)"
    asked = f'[{{"person": {amina}, "read": ["identity.name"]}}]'
    for token in (
        "",
        "hannah",
        "1",
        None,
        f"process:{token_of('hannah')}",
        token_of("intake"),
        "process:",
        "%",
    ):
        assert application.told(opens, token, asked, AT) == NOBODY
    (kept,) = as_superuser("select session_key from staff_session where account_id = 1")
    assert application.told(opens, kept[0], asked, AT) == NOBODY


def test_what_is_no_list_of_people_opens_nothing(application: Raw) -> None:
    opens = "select * from ledger.open(%s, 'try', 'health-visiting', %s::jsonb, '', '', '', %s)"
    for allowed in ("null", "{}", "3", '"x"', "[3]", '[{"person": "x"}]', '[{"read": "x"}]', "x", None, "[{}]",
                    '[{"person": 99999999999999999999}]', '[{"person": 1, "read": [["a"],["b"]]}]',
                    '[{"person": 1, "read": [null]}]', '[{"person": 1, "read": [""]}]'):  # fmt: skip
        with application.undone() as raw:
            assert raw.told(opens, token_of("hannah"), allowed, AT) != "", allowed


def test_nobody_is_named_twice(application: Raw, amina: int) -> None:
    twice = about(amina, read=NAME), about(amina, read=("health.facts",))
    assert application.opens(*twice) == "23505"


def test_a_refused_entry_leaves_nothing(application: Raw, amina: int) -> None:
    before = as_superuser("select count(*) from ledger_entry")
    with application.undone() as raw:
        assert raw.told("savepoint one") == ""
        with pytest.raises(Exception, match="more than the published definition permits"):
            raw.open(about(amina, read=("ledger.access",)))
        raw.rows("rollback to one")
        assert raw.held() == {}
        raw.rows("commit")
    assert as_superuser("select count(*) from ledger_entry") == before


def test_one_transaction_has_one_entry(application: Raw, amina: int) -> None:
    with application.undone() as raw:
        raw.open(about(amina, read=NAME))
        raw.rows("savepoint one")
        with pytest.raises(Exception, match="One transaction, one entry") as refused:
            raw.open(about(amina, read=("identity.address",)))
        assert refused.value.sqlstate == SECOND  # type: ignore[attr-defined]
        raw.rows("rollback to one")
        assert raw.held() == {"record_person": 1, "record_name": 1, "record_search_key": 2}


@pytest.mark.parametrize("role", ["kept_door", "kept_publisher", "kept_reporter", "kept_keeper"])
def test_only_who_serves_families_opens_entries(database: str, role: str) -> None:
    with session(database, role) as raw:
        assert raw.opens(about(1, read=NAME)) == DENIED


# Newcomers: people whom an entry registers, and who have no row yet.


def test_a_newcomer_has_a_number_that_was_drawn(application: Raw) -> None:
    asked = {"record": NAME, **NEW}
    fresh = drawn(application)
    assert application.opens(about(fresh, **asked), source="the-person") == ""
    assert application.opens(about(fresh + 1, **asked), source="the-person") == WIDER
    assert application.opens(about(-1, **asked), source="the-person") == WIDER


def test_a_newcomer_is_nobody_who_is_known(application: Raw, cleo: int) -> None:
    asked = {"record": NAME, **NEW}
    for person in (person_of("Bo"), person_of("Nils"), cleo):
        assert application.opens(about(person, **asked), source="the-person") == WIDER


@pytest.mark.parametrize("ledger_id", [None, "of Bo", "of Cleo"])
def test_a_newcomer_brings_a_ledger_id_of_their_own(
    application: Raw, cleo: int, ledger_id: str | None
) -> None:
    if ledger_id:
        ((ledger_id,),) = as_superuser(
            "select ledger_id::text from record_person p join record_name n on n.person_id = p.id where given = %s",
            ledger_id.removeprefix("of "),
        )
    asked = about(drawn(application), record=NAME, part="child", ledger_id=ledger_id)
    assert application.opens(asked, source="the-person") == WIDER


def test_a_newcomer_who_is_nobody_shows_nobodys_entries(application: Raw, cleo: int) -> None:
    """The law lets a privacy officer see entries about nobody: with somebody's ledger id they would be theirs."""
    (ledger_id,) = as_superuser("select ledger_id::text from record_person where id = %s", cleo)
    for who in (ledger_id[0], str(uuid4())):
        asked = about(drawn(application), read=("ledger.access",), part="nobody", ledger_id=who)
        assert application.opens(asked, by="priya", purpose="audit") == WIDER


def test_two_entries_do_not_register_one_number(database: str, application: Raw) -> None:
    """Each would open what the other writes about somebody who is not theirs."""
    fresh = drawn(application)
    with application.undone() as first, session(database) as second:
        first.open(about(fresh, record=NAME, **NEW), source="the-person")
        other = {"part": "child", "ledger_id": str(uuid4())}
        assert second.opens(about(fresh, record=NAME, **other), source="the-person") == TAKEN
