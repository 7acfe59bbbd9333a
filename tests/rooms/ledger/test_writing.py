"""What an entry may record is the only thing that it writes; each row tells the truth about where it comes from, and
stays as it was written."""

from uuid import uuid4

import pytest

from tests.cast import AT, HEALTH_VISITING, PAIRS, as_superuser, person_of
from tests.rooms.ledger.raw import DENIED, WIDER, Raw, about, session

CONTACT = {"kind": "clinic", "on": "2026-11-22", "place": "clinic", "account": 1}
FROM = "the-person"


@pytest.fixture
def amina(database: str) -> int:
    return person_of("Amina")


def contact(**columns: object) -> dict[str, object]:
    return {**CONTACT, "once": uuid4(), **columns}


def test_an_entry_writes_what_it_may_record(application: Raw, amina: int) -> None:
    with application.kept() as raw:
        entry = raw.open(about(amina, record=("care.contact",)), source=FROM)
        assert raw.writes("record_contact", amina, entry, **contact()) == ""
    assert as_superuser("select entry_id, service from record_contact") == [(entry, HEALTH_VISITING)]


def test_an_entry_that_only_reads_writes_nothing(application: Raw, amina: int) -> None:
    with application.undone() as raw:
        entry = raw.open(about(amina, read=("care.contact", "identity.name")))
        for source in ("", FROM):
            raw.rows("savepoint before")
            assert raw.writes("record_contact", amina, entry, source=source, **contact()) == DENIED
            raw.rows("rollback to before")
        assert raw.rows("update record_name set until_on = '2026-11-22' returning id") == []


def test_an_entry_writes_no_other_item_and_about_nobody_else(application: Raw, amina: int, cleo: int) -> None:
    with application.undone() as raw:
        entry = raw.open(about(amina, record=("care.contact",)), about(person_of("Grace"), read=("identity.name",)),
                         source=FROM)  # fmt: skip
        raw.rows("savepoint before")
        for person in (person_of("Grace"), person_of("Bo"), cleo, 0):
            assert raw.writes("record_contact", person, entry, source=FROM, **contact()) == DENIED
            raw.rows("rollback to before")
        for table, columns in (
            ("record_note", {"contact_id": 1, "text": "x"}),
            ("record_measurement", {"kind": "weight", "value": 4000, "on": "2026-11-22"}),
            ("record_phone", {"number": "1", "from_on": "2026-11-22"}),
            ("intake_waiting", {"bundle_id": 1, "file": "", "event": "", "reasons": "{}"}),
        ):
            assert raw.writes(table, amina, entry, **columns) == DENIED
            raw.rows("rollback to before")


def test_a_table_of_several_kinds_takes_the_kind_that_is_permitted(application: Raw, amina: int) -> None:
    measured = {"value": 400, "on": "2026-11-22"}
    with application.undone() as raw:
        entry = raw.open(about(amina, record=("growth.length",)), source=FROM)
        assert raw.writes("record_measurement", amina, entry, kind="length", **measured) == ""
        assert raw.writes("record_measurement", amina, entry, kind="weight", **measured) == DENIED


@pytest.mark.parametrize(
    "lie",
    [
        {"entry_id": 1},
        {"service": PAIRS},
        {"definition_id": 2},
        {"source": "health-organisation"},
        {"source": ""},
        {"recorded_at": "2017-01-01"},
        {"recorded_at": None},
        {"entry_id": None},
    ],
    ids=str,
)
def test_a_row_tells_the_truth_about_itself(application: Raw, amina: int, lie: dict[str, object]) -> None:
    with application.undone() as raw:
        entry = raw.open(about(amina, record=("care.contact",)), source=FROM)
        assert raw.writes("record_contact", amina, entry, **contact(**lie)) in (DENIED, "23502")


def test_what_was_written_stays(application: Raw, amina: int) -> None:
    """Only the day on which something ended may be filled in, once; an ending is not taken back."""
    names = ("identity.name",)
    with application.kept() as raw:
        raw.open(about(amina, read=names, record=names), source=FROM)
        raw.rows("savepoint before")
        for column in (
            "given",
            "family",
            "from_on",
            "person_id",
            "service",
            "entry_id",
            "source",
            "recorded_at",
        ):
            assert raw.told(f"update record_name set {column} = {column}") == DENIED
            raw.rows("rollback to before")
        for statement in ("delete from record_name", "truncate record_name", "delete from record_person"):
            assert raw.told(statement) == DENIED
            raw.rows("rollback to before")
        assert raw.rows("update record_name set until_on = '2026-11-22' returning person_id") == [(amina,)]
    with application.undone() as raw:
        raw.open(about(amina, read=names, record=names), source=FROM)
        assert raw.rows("update record_name set until_on = null returning person_id") == []
        assert raw.rows("update record_name set until_on = '2027-01-01' returning person_id") == []


def test_what_is_written_once_has_no_end_to_fill_in(application: Raw, amina: int) -> None:
    with application.undone() as raw:
        raw.open(about(amina, read=("care.contact",), record=("care.contact",)), source=FROM)
        assert raw.told("update record_contact set closed_at = now()") == DENIED


def test_nothing_is_ended_about_others(application: Raw, amina: int) -> None:
    with application.kept() as raw:
        raw.open(about(amina, record=("care.episode", "identity.address")), source=FROM)
        raw.rows("update record_caseload_place set until_on = '2026-11-22'")
        raw.rows("update record_address set until_on = '2026-11-22'")
    for table in ("record_caseload_place", "record_address"):
        assert as_superuser(f"select person_id from {table} where until_on is not null") == [(amina,)]


# Newcomers, and how families are joined.


def newcomer(raw: Raw, **more: object) -> dict[str, object]:
    person = raw.one("select nextval('record_person_id_seq')")
    return {"person": person, "part": "parent", "ledger_id": str(uuid4()), "read": [], **more}


def registers(raw: Raw, new: dict[str, object], entry: int, **lies: object) -> str:
    row = {
        "id": new["person"],
        "part": new["part"],
        "ledger_id": new["ledger_id"],
        "public_id": uuid4(),
        "service": HEALTH_VISITING,
        "entry_id": entry,
        "definition_id": raw.one("select published_in_force(%s, %s)", HEALTH_VISITING, AT.date()),
        "source": FROM,
        "recorded_at": AT,
        **lies,
    }
    names, values = ", ".join(row), ", ".join(["%s"] * len(row))
    return raw.told(f"insert into record_person ({names}) values ({values})", *row.values())


def test_a_newcomer_is_whom_the_entry_says(application: Raw) -> None:
    """As a parent they may have a telephone number; as a child they may not."""
    with application.undone() as raw:
        new = newcomer(raw, record=["identity.name", "contact.phone"])
        entry = raw.open(new, source=FROM)
        raw.rows("savepoint before")
        for lie in (
            {"part": "child"},
            {"ledger_id": uuid4()},
            {"id": raw.one("select nextval('record_person_id_seq')")},
            {"service": PAIRS},
            {"entry_id": 1},
            {"recorded_at": "2017-01-01"},
        ):
            assert registers(raw, new, entry, **lie) == DENIED
            raw.rows("rollback to before")
        assert registers(raw, new, entry) == ""
        assert raw.writes("record_phone", new["person"], entry, number="1", from_on="2026-11-22") == ""  # type: ignore[arg-type]


def test_nobody_is_written_about_who_was_not_registered(application: Raw) -> None:
    with application.undone() as raw:
        new = newcomer(raw, record=["identity.name"])
        entry = raw.open(new, source=FROM)
        named = {"given": "Nobody", "family": "", "from_on": "2026-11-22"}
        assert raw.writes("record_name", new["person"], entry, **named) == ""  # type: ignore[arg-type]
        assert raw.told("commit") == "23503"


def test_a_family_is_joined_by_an_entry_that_names_both(application: Raw, amina: int, cleo: int) -> None:
    """Otherwise whoever records about a mother could make her the mother of a child of another team, which would
    see her record from then on."""
    grace, kind = person_of("Grace"), {"kind": "BPM", "from_on": "2026-11-22", "until_on": "2026-11-23"}
    asked = about(grace, record=("relationship.kind",))
    for child in (person_of("Bo"), cleo, amina):
        with application.undone() as raw:
            entry = raw.open(asked, source=FROM)
            assert raw.writes("record_relationship", grace, entry, child_id=child, **kind) == DENIED
    with application.undone() as raw:
        entry = raw.open(asked, about(amina, read=("identity.name",)), source=FROM)
        assert raw.writes("record_relationship", grace, entry, child_id=amina, **kind) == ""


def test_another_teams_child_is_not_taken_onto_a_caseload(application: Raw) -> None:
    assert application.opens(about(person_of("Bo"), record=("care.episode",)), source=FROM) == WIDER


def test_intake_keeps_to_its_own_entries_too(database: str) -> None:
    with session(database, "kept_intake") as raw, raw.undone():
        entry = raw.open(
            about(person_of("Bo"), record=("identity.address",)), by="intake", source="health-organisation"
        )
        lines = {
            "lines": "",
            "postcode": "",
            "authority": "",
            "from_on": "2026-11-22",
            "until_on": "2026-11-23",
        }
        assert (
            raw.writes("record_address", person_of("Bo"), entry, source="health-organisation", **lines) == ""
        )
        assert (
            raw.writes("record_address", person_of("Amina"), entry, source="health-organisation", **lines)
            == DENIED
        )
