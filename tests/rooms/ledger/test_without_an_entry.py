"""With no entry open, nothing about anybody is read, written or looked into, whatever is sent."""

from uuid import uuid4

import pytest

from tests.cast import PAIRS, as_superuser, person_of
from tests.rooms.ledger.raw import DENIED, PEOPLE, Raw, about, session

CANNOT = ("kept_door", "kept_publisher", "kept_sealer", "kept_reporter", "kept_keeper")
NOT_FOR_PAGES = (
    "ledger_scope",
    "ledger.cluster",
    "staff_session",
    "staff_account",
    "staff_membership",
    "staff_team_member",
    "staff_process",
    "mfa_authenticator",
    "intake_bundle",
)


@pytest.mark.proves("hv-2.02")
@pytest.mark.parametrize("role", ["kept_application", "kept_intake", "kept_owner"])
def test_nothing_is_read(database: str, cleo: int, role: str) -> None:
    """The owner makes the tables, and row-level security is forced on it too."""
    assert as_superuser("select count(*) from record_name") == [(6,)]
    with session(database, role) as raw:
        assert raw.held() == {}


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_subject"])
def test_no_entry_is_read(database: str, table: str) -> None:
    with session(database) as raw:
        assert raw.rows(f"select * from {table}") == []
    with session(database, "kept_owner") as raw:
        assert raw.told(f"select * from {table}") == DENIED


@pytest.mark.parametrize("role", CANNOT)
def test_the_other_roles_have_no_right_to_a_table_about_people(database: str, role: str) -> None:
    # The sealer reads what it seals, which names nobody but by ledger ids.
    ledger = () if role == "kept_sealer" else ("ledger_entry", "ledger_subject")
    with session(database, role) as raw:
        assert {raw.told(f"select * from {table}") for table in (*PEOPLE, *ledger)} == {DENIED}


def test_what_is_not_for_pages_is_not_theirs_to_read(application: Raw) -> None:
    assert {table: application.told(f"select * from {table}") for table in NOT_FOR_PAGES} == dict.fromkeys(
        NOT_FOR_PAGES, DENIED
    )


@pytest.mark.parametrize("query", ["record_name", "(select * from record_name)", "(table ledger_entry)"])
def test_nothing_is_copied_out(application: Raw, query: str) -> None:
    with application.connection.cursor().copy(f"copy {query} to stdout") as copy:
        if query == "record_name":
            assert list(copy.rows()) == []
        else:
            assert list(copy) == []


def test_nothing_is_copied_in(application: Raw) -> None:
    """Neither without an entry nor with one: PostgreSQL cannot check a policy on COPY, so it refuses."""
    amina = person_of("Amina")
    copy = "copy record_note (person_id, text) from stdin"
    assert application.told(copy) == "0A000"
    with application.undone() as raw:
        raw.open(about(amina, record=("care.note",)), source="the-person")
        assert raw.told(copy) == "0A000"


@pytest.mark.parametrize(
    "statement", ["copy record_name to '/tmp/names'", "copy record_name to program 'cat'"]
)
def test_nothing_is_copied_to_the_server(application: Raw, statement: str) -> None:
    assert application.told(statement) == DENIED


def test_nothing_is_written(application: Raw) -> None:
    amina = person_of("Amina")
    assert application.writes("record_phone", amina, 1, number="1", from_on="2026-11-22") == DENIED
    assert application.rows("update record_name set until_on = '2026-11-22' returning id") == []
    assert application.told("delete from record_name") == DENIED
    assert application.told("truncate record_name") == DENIED
    assert as_superuser("select count(*) from record_name where until_on is null") == [(4,)]


def test_nothing_is_locked(application: Raw) -> None:
    """Whoever may lock rows that they cannot see could tell that they are there."""
    assert application.rows("select from record_caseload_place for update") == []
    with application.undone() as raw:
        assert raw.told("lock table record_name in share mode") == DENIED


def test_an_entry_of_another_transaction_opens_nothing(application: Raw) -> None:
    amina = person_of("Amina")
    with application.kept() as raw:
        entry = raw.open(about(amina, read=("identity.name",), record=("care.contact",)), source="the-person")
        assert raw.held() == {"record_person": 1, "record_name": 1, "record_search_key": 2}
    contact = {"kind": "clinic", "on": "2026-11-22", "place": "home", "account": 1, "once": uuid4()}
    assert application.held() == {}
    assert application.writes("record_contact", amina, entry, **contact) == DENIED
    with application.undone() as raw:
        assert raw.held() == {}
        assert raw.writes("record_contact", amina, entry, **contact) == DENIED


def test_an_entry_outside_a_transaction_ends_with_its_own_statement(application: Raw) -> None:
    application.open(about(person_of("Amina"), read=("identity.name",)))
    assert application.held() == {}


def test_no_table_is_looked_into(application: Raw) -> None:
    """What an asker adds to a query may be tried on a row before the policy is, and EXPLAIN ANALYZE would tell
    whether any row met it: letter by letter, a name. So a table that no entry opens is not touched."""
    for question in (
        "select from record_name where given >= 'Bo' and given < 'Bp'",
        "select from record_nhs_number where number >= '999'",
        "select from record_measurement where person_id = 1 and \"on\" > '2020-01-01'",
        "select from record_person where part = 'parent'",
        "select from record_name n join record_person p on p.id = n.person_id where n.given < 'C'",
        "select from record_note where text is not null",
        "update record_name set until_on = '2026-11-22' where given < 'C'",
        f"select from intake_waiting where service = '{PAIRS}'",
    ):
        for cheap in ("on", "off"):
            application.rows(f"set enable_seqscan = {cheap}")
            assert looked_into(application, question) == []


def test_an_entry_looks_only_into_the_tables_of_its_items(application: Raw) -> None:
    amina = person_of("Amina")
    with application.undone() as raw:
        raw.open(about(amina, read=("identity.name",)))
        assert looked_into(raw, "select from record_name") == ["record_name"]
        assert looked_into(raw, "select from record_address where lines < 'M'") == []


def looked_into(raw: Raw, query: str) -> list[str]:
    """The tables whose rows a query came near, as EXPLAIN ANALYZE tells it."""
    (plan,) = raw.one(f"explain (analyze, format json) {query}")
    return sorted(tables_of(plan["Plan"]))


def tables_of(node: dict) -> list[str]:
    here = [node["Relation Name"]] if "Relation Name" in node and node["Node Type"] != "ModifyTable" else []
    touched = here if node["Actual Loops"] else []
    return touched + [table for child in node.get("Plans", ()) for table in tables_of(child)]
