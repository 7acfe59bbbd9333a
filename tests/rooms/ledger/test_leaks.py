"""What could be learnt sideways: from errors, statistics, other sessions; and what is not promised about that."""

import re
from dataclasses import replace

import psycopg
import pytest

from kept.database.acting import acting_as
from kept.record.families.values import NewFamily
from tests import cast
from tests.cast import AT, SOUTH, Cast, as_superuser, person_of, token_of
from tests.rooms.ledger.raw import DENIED, Raw, about, session
from tests.rooms.record.hiding import hide, team

NAME = ("identity.name",)


@pytest.fixture
def amina(database: str) -> int:
    return person_of("Amina")


TRAPS = (
    "select given::integer from record_name",
    "select * from record_name where given::integer > 0",
    "select * from record_person p join record_name n on n.given::integer = p.id",
    "select query_to_xml('select given::integer from record_name', true, true, '')",
    # Bo has two letters.
    "select 1 / (length(given) - 2) from record_name",
    "select * from record_name where 1 / (length(given) - 2) > 0",
)


def test_no_error_repeats_a_row_that_is_not_shown(application: Raw, amina: int) -> None:
    """A mistake is made only on rows that the policies let through."""
    grace = about(person_of("Grace"), read=NAME)
    for trap in TRAPS:
        assert application.told(trap) == ""
        with application.undone() as raw:
            raw.open(about(amina, read=("identity.address",)))
            assert raw.told(trap) == ""
        with application.undone() as raw:
            raw.open(grace)
            assert words_of(raw, trap) & {"Amina", "Grace", "Bo", "Nils"} == (
                set() if "length" in trap else {"Grace"}
            )


def words_of(raw: Raw, statement: str, *values: object) -> set[str]:
    """The words of the error that a statement meets; none where it was done."""
    try:
        raw.rows(statement, *values)
    except psycopg.Error as error:
        return set(re.findall(r"\w+", f"{error} {error.diag.message_detail} {error.diag.context}"))
    return set()


def test_a_conflict_says_that_there_is_one_and_not_with_whom(database: str) -> None:
    """That a number is held by somebody cannot be kept from whoever may record numbers; by whom is not told."""
    amina, bo = person_of("Amina"), person_of("Bo")
    ((held,),) = as_superuser("select number from record_nhs_number where person_id = %s", bo)
    with session(database, "kept_intake") as raw, raw.undone():
        raw.open(about(amina, record=("identity.nhs-number",)), by="intake", source="health-organisation")
        raw.rows("update record_nhs_number set until_on = '2026-11-22'")
        said = words_of(raw, NUMBERED, amina, held)
        assert "nhs_number_held_by_one_person" in said
        assert not said & {held, str(bo)}


NUMBERED = """
insert into record_nhs_number
    (person_id, number, status, from_on, service, entry_id, definition_id, source, recorded_at)
select %s, %s, '01', '2026-11-22', 'health-visiting', ledger.entry(),
       published_in_force('health-visiting', '2026-11-22'), 'health-organisation', '2026-11-22 12:00+00'
"""


def test_a_refusal_to_open_says_nothing_about_anybody(application: Raw, amina: int) -> None:
    ((ledger_id,),) = as_superuser("select ledger_id::text from record_person where id = %s", amina)
    with application.undone() as raw, pytest.raises(Exception, match="duplicate key") as told:
        raw.open(about(amina, read=NAME), about(amina, read=(*NAME, "identity.sex")))
    said = str(told.value) + str(told.value.diag.message_detail) + str(told.value.diag.context)  # type: ignore[attr-defined]
    assert ledger_id not in said
    assert "Amina" not in said


def test_who_writes_about_a_hidden_home_is_told_of_nobody(people: Cast, database: str) -> None:
    """A new address of somebody hidden, and a restriction that hides another of the family with it: each is written,
    and no query of the writer's shows whom else it touched."""
    bisi = NewFamily(cast.child("Bisi", "Okafor", 71), (cast.adult("Grace", "Okafor", 2),), team(SOUTH))
    with acting_as("intake"):
        cast.register(by=people.intake, family=bisi)
    hide(people, "person", by=people.samuel, given="Bisi", through="Bisi")
    amina, grace = person_of("Amina"), person_of("Grace")
    address = {"lines": "x", "postcode": "CT3 3RE", "authority": "", "from_on": AT.date()}
    restriction = {"child_id": amina, "what": "address", "reason": "She fled.", "from_on": AT.date()}
    items = ("care.restriction", "identity.address", "identity.restricted-address")
    with session(database) as raw:
        with raw.kept():
            entry = raw.open(
                about(grace, read=items, record=items), about(amina, read=items), source="the-person"
            )
            assert raw.writes("record_restriction", grace, entry, **restriction) == ""
            assert set(raw.rows("select person_id from record_restriction")) == {(amina,), (grace,)}
        hidden = as_superuser("select distinct person_id from record_restriction where what = 'address'")
        assert {who for (who,) in hidden} == {amina, grace, person_of("Bisi")}
        with raw.kept():
            entry = raw.open(about(grace, record=("identity.address",)), by="ada", source="the-person")
            assert raw.writes("record_address", grace, entry, **address) == ""
            assert raw.rows("select 1 from record_restriction") == []
        for by in ("ada", "imani", "samuel"):
            with raw.undone():
                raw.open(about(grace, read=("identity.address",)), by=by)
                assert raw.rows("select 1 from record_address") == []


def test_who_puts_two_records_together_is_told_of_nobody_who_comes_with_the_second(
    people: Cast, database: str
) -> None:
    again = replace(cast.child("Amína", "Okafor", 31), nhs_number="", nhs_number_status="")
    ruth = cast.adult("Ruth", "Okafor", 32)
    with acting_as("intake"):
        cast.register(by=people.intake, family=NewFamily(again, (ruth,), team(SOUTH)))
    hide(people, "person", by=people.samuel, given="Ruth", through="Amína")
    one, other, items = person_of("Amina"), person_of("Amína"), ("identity.same-person", "relationship.kind")
    said = {"other_id": other, "same": True, "why": "One baby.", "from_on": AT.date()}
    with session(database) as raw, raw.kept():
        named = (about(who, read=items, record=items[:1]) for who in (one, other))
        entry = raw.open(*named, by="imani", source="the-person")
        assert raw.writes("record_same_person", one, entry, **said) == ""
        assert raw.rows("select 1 from record_relationship") == []
        assert raw.rows("select 1 from record_restriction") == []
    held = as_superuser("select child_id from record_relationship where person_id = %s", person_of("Ruth"))
    assert {child for (child,) in held} == {one, other}


def test_statistics_tell_nothing_of_what_is_in_a_column(application: Raw) -> None:
    as_superuser("analyze")
    assert as_superuser("select count(*) > 0 from pg_stats where tablename = 'record_name'") == [(True,)]
    for opened in (False, True):
        with application.undone() as raw:
            if opened:
                raw.open(about(person_of("Amina"), read=NAME))
            assert (
                raw.rows("select * from pg_stats where tablename like any ('{record%,ledger%,intake%}')")
                == []
            )
            assert raw.rows("select * from pg_stats_ext") == []
            assert raw.told("select * from pg_statistic") == DENIED


def test_another_sessions_token_is_not_to_be_seen(database: str, application: Raw) -> None:
    """Whoever has somebody's token can ask in their name: no session shows it to another."""
    from django.db import connections

    from kept.staff.reads import asker_of

    asker_of(token=token_of("nadia"), at=AT)
    assert connections["default"].connection is not None
    for asked in ("select query from pg_stat_activity", "select pg_stat_get_backend_activity(1)"):
        assert application.told(asked) == DENIED


# What is not promised.


def test_how_many_rows_there_are_is_no_secret(application: Raw) -> None:
    """A role of the database can tell the size of its tables, and how busy they are: how many, never whose."""
    as_superuser("analyze")
    ((rows,),) = application.rows("select reltuples from pg_class where relname = 'record_name'")
    assert rows == 4
    assert application.one("select pg_relation_size('record_name')") > 0


def test_inside_an_entry_a_guess_about_the_same_item_of_others_can_be_tried(
    application: Raw, amina: int
) -> None:
    """No row is shown, and the table of no other item is looked into. But where an entry opens names, whoever sends
    queries of their own can ask EXPLAIN ANALYZE whether some row of the table met a condition on the name: PostgreSQL
    tries a cheap one before the policy. The entry stands in the ledger, or its hole does."""
    with application.undone() as raw:
        raw.open(about(amina, read=NAME))
        tried = {
            name: policy_was_asked(raw, f"select from record_name where given = '{name}' and family < 'Z'")
            for name in ("Bo", "Bob")
        }
        assert raw.rows("select from record_name where given = 'Bo'") == []
    assert tried == {"Bo": True, "Bob": False}


def policy_was_asked(raw: Raw, query: str) -> bool:
    """Whether any row got as far as the condition that asks whose it is."""
    (plan,) = raw.one(f"explain (analyze, format json) {query}")
    asked = [
        node["Actual Loops"]
        for node in plan["Plan"]["Plans"]
        if node.get("Subplan Name", "").startswith("InitPlan 2")
    ]
    return any(asked)
