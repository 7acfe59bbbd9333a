"""What is always true of a family's rows, whoever writes them: tried with SQL of one's own, inside a true entry."""

from collections.abc import Iterator

import pytest

from tests.cast import Cast, as_superuser, person_of, superuser
from tests.rooms.ledger.raw import DENIED, Raw, about, session

DAY, BEFORE = "2026-11-22", "2026-11-21"
CHECK, UNIQUE, FROM = "23514", "23505", "the-person"
RESPONSIBLE = {"responsible": True, "evidence": "", "from_on": DAY}


@pytest.fixture
def raw(database: str) -> Iterator[Raw]:
    with session(database) as opened:
        yield opened


def opens_all(raw: Raw) -> int:
    """An entry of Hannah's that may record how Amina and Grace belong together."""
    told = ("relationship.kind", "relationship.parental-responsibility")
    child = ("relationship.kind", "household.members")
    return raw.open(
        about(person_of("Grace"), read=told, record=told),
        about(person_of("Amina"), read=("identity.name", *child), record=child),
        source=FROM,
    )


def test_no_circle_can_be_made(people: Cast, raw: Raw) -> None:
    amina, grace = person_of("Amina"), person_of("Grace")
    with raw.undone():
        entry = opens_all(raw)
        kind = {"kind": "BPM", "from_on": DAY}
        assert raw.writes("record_relationship", amina, entry, child_id=grace, **kind) == CHECK
    with raw.undone():
        entry = opens_all(raw)
        assert raw.writes("record_relationship", amina, entry, child_id=amina, **kind) == CHECK
    with raw.undone():
        entry = opens_all(raw)
        assert raw.writes("record_household_member", amina, entry, member_id=amina, from_on=DAY) == CHECK


def test_nothing_ends_before_it_begins(people: Cast, raw: Raw) -> None:
    amina, grace = person_of("Amina"), person_of("Grace")
    spell = {"from_on": DAY, "until_on": BEFORE}
    for table, person, columns in (
        ("record_relationship", grace, {"child_id": amina, "kind": "BPM"}),
        ("record_parental_responsibility", grace, RESPONSIBLE | {"child_id": amina}),
        ("record_household_member", amina, {"member_id": grace}),
    ):
        with raw.undone():
            entry = opens_all(raw)
            assert raw.writes(table, person, entry, **{**columns, **spell}) == CHECK, table


def test_there_is_one_current_answer_and_evidence_is_of_the_list(people: Cast, raw: Raw) -> None:
    amina, grace = person_of("Amina"), person_of("Grace")
    said = RESPONSIBLE | {"child_id": amina}
    with raw.undone():
        entry = opens_all(raw)
        assert raw.writes("record_parental_responsibility", grace, entry, **said) == UNIQUE
    with raw.undone():
        entry = opens_all(raw)
        wrong = said | {"evidence": "a hunch", "until_on": DAY}
        assert raw.writes("record_parental_responsibility", grace, entry, **wrong) == CHECK


def test_whom_the_entry_does_not_name_is_joined_to_nobody(people: Cast, raw: Raw, cleo: int) -> None:
    """Neither another team's nor another service's, and the two are not told apart."""
    amina, grace = person_of("Amina"), person_of("Grace")
    for other in (person_of("Bo"), cleo, 10**9):
        with raw.undone():
            entry = opens_all(raw)
            said = RESPONSIBLE | {"child_id": other}
            assert raw.writes("record_parental_responsibility", grace, entry, **said) == DENIED
        with raw.undone():
            entry = opens_all(raw)
            assert raw.writes("record_household_member", amina, entry, member_id=other, from_on=DAY) == DENIED


def test_not_even_the_guard_joins_two_services(people: Cast, cleo: int) -> None:
    joined = (
        "insert into {table} (person_id, {other}, {more}from_on, service, entry_id, definition_id, source,"
        " recorded_at) select %s, %s, {values}'2026-11-22', 'health-visiting', 1, 1, '', now()"
    )
    amina, grace = person_of("Amina"), person_of("Grace")
    for table, other, more, values, pair in (
        ("record_relationship", "child_id", "kind, ", "'BPM', ", (grace, cleo)),
        (
            "record_parental_responsibility",
            "child_id",
            "responsible, evidence, ",
            "true, '', ",
            (grace, cleo),
        ),
        ("record_household_member", "member_id", "", "", (amina, cleo)),
    ):
        with pytest.raises(Exception, match=r"child|household") as told:
            as_superuser(joined.format(table=table, other=other, more=more, values=values), *pair)
        assert getattr(told.value, "sqlstate", "") == CHECK


def test_whom_rows_join_is_looked_up_by_number_however_few_people_there_are(people: Cast) -> None:
    """How is planned once a session: one that begins with few and fills the table must not read it all each time."""
    again = """
        insert into {table} select (jsonb_populate_record(r, jsonb_build_object('id', nextval('{table}_id_seq'),
            'until_on', greatest(r.from_on, r.until_on) + 1))).* from {table} r
    """
    read = "select seq_tup_read from pg_stat_xact_user_tables where relname = 'record_person'"
    with superuser() as connection:
        for table in ("record_relationship", "record_parental_responsibility", "record_household_member"):
            # Now it is known how few they are, and going through them all would be quickest.
            connection.execute("analyze record_person")
            # Foreign keys are checked at the end, which does not come: what is counted is what the triggers read.
            assert connection.execute(again.format(table=table)).rowcount, table
            assert connection.execute(read).fetchone() == (0,), table
            connection.execute("rollback")
