"""The few functions that run with rights of their own: who may call which, and what they make of hostile words."""

import json
from uuid import uuid4

import pytest

from tests.cast import AT, PAIRS, as_superuser, person_of, public_id_of, token_of
from tests.rooms.ledger.raw import DENIED, NOBODY, Raw, about, session

CALLED = """
select p.oid::regprocedure::text from pg_proc p
where p.prosecdef and p.pronamespace in ('ledger'::regnamespace, 'public'::regnamespace)
and has_function_privilege(%s, p.oid, 'execute') order by 1
"""
FOR_ENTRIES = [
    "ledger.asker(text,timestamp with time zone)",
    "ledger.check_clock(timestamp with time zone)",
    "ledger.entry()",
    "ledger.facts(text,uuid[],bigint[],boolean,timestamp with time zone)",
    "ledger.known_through(text)",
    "ledger.left_out_of_households()",
    "ledger.newcomers()",
    "ledger.open(text,text,text,jsonb,text,text,text,timestamp with time zone)",
    "ledger.people_by_item(text)",
    "ledger.people_for(text,text)",
    "ledger.refuse(text,text,text,uuid[],text[],text,text,timestamp with time zone,text[],text)",
    "ledger.service_for(text[])",
    "ledger.this_entry()",
    "ledger.watched()",
    "ledger.watched_service()",
    "ledger.watches()",
]
FOR_PAGES = [
    "ledger.caseload(text,integer,integer,timestamp with time zone)",
    "ledger.children_beside(text,bigint[],timestamp with time zone)",
    "ledger.could_endanger(bigint[],timestamp with time zone[])",
    "ledger.duplicates(text,text,bigint,timestamp with time zone)",
    "ledger.facts_of_named(text,uuid[],timestamp with time zone)",
    "ledger.facts_with_siblings(text,uuid[],timestamp with time zone)",
    "ledger.letters_recorded(uuid[])",
    "ledger.may_be_written_to(bigint)",
    "ledger.not_yet_told(text,text,bigint,integer,integer,timestamp with time zone)",
    "ledger.opened_with_life_at_risk(text,uuid,timestamp with time zone,timestamp with time zone)",
    "ledger.practitioners_of(text,bigint,timestamp with time zone)",
    "ledger.privacy_officers(text,timestamp with time zone)",
    "ledger.put_together()",
    "ledger.search(text,text,jsonb,text[],date,text,text,text,timestamp with time zone)",
    "ledger.shown_in(text,uuid,timestamp with time zone)",
    "ledger.somebody_died(bigint[])",
    "ledger.unusual(timestamp with time zone,timestamp with time zone,jsonb,jsonb,text[],integer,text,bigint,boolean,"
    "integer,integer,integer)",
    "ledger.what_was_left_out(integer)",
    "ledger.written_by(bigint[],timestamp with time zone[])",
]
FOR_MESSAGES = [
    "ledger.children_of_team(text,bigint,integer,timestamp with time zone)",
    "ledger.begin_demonstration(text,bigint,date,timestamp with time zone)",
    "ledger.end_what_was_told(bigint,text)",
    "ledger.hides_an_address(text,bigint[],timestamp with time zone)",
    "ledger.messages_sent_back(text,timestamp with time zone)",
    "ledger.person_with_nhs_number(text,text,timestamp with time zone)",
    "ledger.records_together(text,bigint[],timestamp with time zone)",
]
FOR_SEALING = [
    "ledger.check_clock(timestamp with time zone)",
    "ledger.make_months(timestamp with time zone,integer)",
    "ledger.takes_any_time()",
]
MAY_CALL = {
    "kept_application": sorted(FOR_ENTRIES + FOR_PAGES),
    "kept_intake": sorted(FOR_ENTRIES + FOR_MESSAGES),
    "kept_door": FOR_ENTRIES[:1],
    "kept_publisher": sorted(
        [*FOR_ENTRIES[:1], "ledger.asked_between(text,timestamp with time zone,timestamp with time zone)"]
    ),
    "kept_sealer": FOR_SEALING,
    "kept_reporter": [],
    "kept_keeper": [
        "ledger.let_go(timestamp with time zone,text,text,text[],timestamp with time zone)",
        "ledger.services_before(timestamp with time zone)",
    ],
    "kept_backup": [],
    "kept_monitor": ["ledger.unsealed()", "ledger.work_waiting()"],
}
HANNAH = token_of("hannah")
FACTS = "select * from ledger.facts(%s, %s, %s, %s, %s)"
REFUSE = "select ledger.refuse(%s, %s, %s, %s::uuid[], %s::text[], %s, %s, %s)"


@pytest.fixture
def amina(database: str) -> int:
    return person_of("Amina")


def test_each_role_calls_what_its_work_needs(database: str) -> None:
    """The list in full: a new function with rights of its own belongs in it, with its own attacks."""
    assert {role: [name for (name,) in as_superuser(CALLED, role)] for role in MAY_CALL} == MAY_CALL


def test_each_belongs_to_a_role_that_nobody_is(database: str) -> None:
    owners = as_superuser(
        "select distinct r.rolname, r.rolcanlogin, r.rolsuper, r.rolbypassrls from pg_proc p"
        " join pg_roles r on r.oid = p.proowner where p.prosecdef and p.pronamespace = 'ledger'::regnamespace"
    )
    assert owners == [("kept_guard", False, False, False)]


def test_how_people_are_found_is_not_asked_directly(application: Raw) -> None:
    for call in (
        "ledger.reach('health-visiting', 1, '{}', '{1,2,3}', true, now())",
        "ledger.whose(array[gen_random_uuid()])",
        "ledger.person_with_nhs_number('token-of-hannah', '9990000018', now())",
        "ledger.records_together('token-of-hannah', '{1,2,3}', now())",
        "ledger.people_of_teams('health-visiting', 1, current_date)",
        "ledger.people_of_service('health-visiting', '{bo}', null, '', '')",
        "ledger.people_who_fit('{1,2,3}', '{child}', '{bo}', null, '', '', current_date)",
        "ledger.idle()",
        "ledger.is_restricted(1, current_date)",
        "ledger.is_hidden_beside(1, 2, 'person', current_date)",
        "ledger.hides_an_address('token-of-hannah', '{1,2,3}', now())",
        "ledger.end_what_was_told(1, 'a series')",
    ):
        assert application.told(f"select * from {call}") == DENIED, call


def test_every_question_needs_somebody_who_asks(application: Raw) -> None:
    for token in ("", "nobody", None, "process:", "' or true --"):
        assert application.told(FACTS, token, [], [1], False, AT) == NOBODY
        assert application.told(REFUSE, token, "", "", [], [], "", "", AT) == NOBODY
        assert application.told("select * from ledger.caseload(%s, 0, 50, %s)", token, AT) == NOBODY
        assert application.told("select * from ledger.facts_of_named(%s, '{}', %s)", token, AT) == NOBODY
        assert application.told("select * from ledger.children_beside(%s, '{1}', %s)", token, AT) == NOBODY


def test_facts_are_of_the_askers_service_alone(application: Raw, amina: int, cleo: int) -> None:
    """They say how the asker stands to somebody and which part of a family that is: nothing else, without an entry."""
    asked = application.rows(FACTS, HANNAH, [], [*range(-5, 50)], True, AT)
    grace, bo, nils = person_of("Grace"), person_of("Bo"), person_of("Nils")
    found = {person: (standing, part) for person, _, standing, part in asked if person}
    assert found == {
        amina: ("team", "child"),
        grace: ("team", "parent"),
        bo: ("service", "child"),
        nils: ("service", "parent"),
    }
    assert application.rows(FACTS, HANNAH, [public_id_of("Cleo"), uuid4()], [], True, AT) == []


def test_hostile_arguments_meet_an_error_or_nothing(application: Raw, amina: int) -> None:
    many = [*range(10_000_000, 10_050_000)]
    for ids, persons, family in (
        ([], [], True),
        ([], many, True),
        ([uuid4() for _ in range(5_000)], [], None),
        (None, None, None),
        ([None], [None], True),
    ):
        assert application.rows(FACTS, HANNAH, ids, persons, family, AT) == []
    for skip, most in ((0, 0), (0, -1), (-1, 1), (2**31 - 1, 2**31 - 1), (None, 0)):
        told = application.told("select * from ledger.caseload(%s, %s, %s, %s)", HANNAH, skip, most, AT)
        assert told in ("", "2201W", "2201X")
    for item in (None, "", "*'; drop table record_name; --", "identity.name"):
        for act in (None, "", "read", "record"):
            assert application.one("select ledger.people_for(%s, %s)", item, act) is None
        assert application.one("select ledger.service_for(%s)", item) is None
    assert application.one("select ledger.service_for(variadic '{}')") is None
    assert application.one("select ledger.entry()") is None
    assert application.one("select ledger.watched()") is None
    assert application.one("select ledger.known_through('address')") in ([], None)
    for persons in (None, [None], [-1, 0], many):
        beside = application.rows("select * from ledger.children_beside(%s, %s, %s)", HANNAH, persons, AT)
        assert beside == []
    assert application.one("select ledger.newcomers()") is None


def test_a_caseload_is_of_the_askers_own_teams(application: Raw, amina: int, cleo: int) -> None:
    caseload = "select person from ledger.caseload(%s, 0, null, %s)"
    assert application.rows(caseload, HANNAH, AT) == [(amina,)]
    assert application.rows(caseload, token_of("samuel"), AT) == [(person_of("Bo"),)]
    assert application.rows(caseload, token_of("pia"), AT) == [(cleo,)]
    for nobodys in ("priya", "sefi", "imani", "ana"):
        assert application.rows(caseload, token_of(nobodys), AT) == []


def test_people_are_not_found_by_ledger_id_across_services(application: Raw, cleo: int) -> None:
    ((hers,),) = as_superuser("select ledger_id from record_person where id = %s", cleo)
    named = "select person from ledger.facts_of_named(%s, %s, %s)"
    assert application.rows(named, token_of("priya"), [hers, uuid4()], AT) == []
    assert application.rows(named, token_of("paul"), [hers], AT) == [(cleo,)]


def test_a_refusal_names_whoever_the_address_is_of_and_tells_nobody(application: Raw, cleo: int) -> None:
    ids = [public_id_of("Cleo"), public_id_of("Bo"), uuid4(), public_id_of("Bo")]
    with application.kept() as raw:
        entry = raw.one(REFUSE, HANNAH, "open a record", "keep-safe", ids, ["see.team-child"], "", "", AT)
        assert raw.rows("select * from ledger_subject") == []
        assert raw.held() == {}
    named = as_superuser(
        "select service, read, recorded from ledger_subject where entry_id = %s order by 1", entry
    )
    assert named == [("health-visiting", [], []), (PAIRS, [], [])]


def test_a_refusal_opens_nothing_and_says_what_it_is(application: Raw, amina: int) -> None:
    with application.kept() as raw:
        entry = raw.one(REFUSE, HANNAH, "may", "audit", [public_id_of("Amina")], ["x"], "may", "", AT)
        assert raw.held() == {}
        assert raw.rows("select * from ledger_entry") == []
    assert as_superuser("select outcome, account, role from ledger_entry where id = %s", entry) == [
        ("must not", 1, "practitioner")
    ]


def test_a_refusal_beside_an_entry_changes_nothing_of_what_is_open(application: Raw, amina: int) -> None:
    with application.undone() as raw:
        entry = raw.open(about(amina, read=("identity.name",)))
        raw.one(REFUSE, HANNAH, "open a record", "keep-safe", [public_id_of("Bo")], [], "", "", AT)
        assert raw.one("select ledger.entry()") == entry
        assert raw.held() == {"record_person": 1, "record_name": 1, "record_search_key": 2}


def test_who_is_asking_is_told_to_whoever_has_the_token(database: str) -> None:
    """It has no clock of its own: a token that ran out still says whose it was, and opens nothing."""
    with session(database, "kept_publisher") as raw:
        assert raw.rows("select name, role from ledger.asker(%s, %s)", HANNAH, AT) == [
            ("Hannah", "practitioner")
        ]
        assert raw.told("select * from staff_session") == DENIED


def test_the_ledger_takes_any_words_and_runs_none(application: Raw, amina: int) -> None:
    words = "'); drop table ledger_entry; -- \u202e\U0001f476"
    opens = "select entry from ledger.open(%s, %s, 'health-visiting', %s, %s, %s, %s, %s)"
    with application.kept() as raw:
        asked = json.dumps([about(amina, read=("identity.name",))])
        entry = raw.one(opens, HANNAH, words, asked, words, words, words, AT)
    assert as_superuser("select act, source, reason, request from ledger_entry where id = %s", entry) == [
        (words,) * 4
    ]
