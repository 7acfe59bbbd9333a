"""The functions behind what messages tell and what is left out of them, called by whoever sends queries."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import AT, as_superuser, person_of
from tests.rooms.ledger.raw import DENIED, Raw, about, session

END, DIED = "select ledger.end_what_was_told(%s, %s)", "select ledger.somebody_died(%s::bigint[])"
LEFT_OUT = "select * from ledger.what_was_left_out(%s)"
TOLD = """
insert into record_feeding (service, entry_id, definition_id, source, recorded_at, from_on, person_id, "on", told_in,
                            told_by, status, first_feed, method)
select service, entry_id, definition_id, source, recorded_at, from_on, person_id, from_on, %s, 'GP', '01', '', ''
from record_name where person_id = %s
"""
DEAD = """
insert into record_death (service, entry_id, definition_id, source, recorded_at, from_on, person_id, died_on, status)
select service, entry_id, definition_id, source, recorded_at, from_on, person_id, from_on, ''
from record_name where person_id = %s
"""
BUNDLE = """
insert into intake_bundle (service, file, bytes_digest, content, workflow, received_at, state, finished_at, message_id,
                           message_digest, series, child, left_out)
values (%s, %s, %s, 'secret', '', %s, 'read', %s, '', '', '', '{}', '{heart-rate}')
"""


@pytest.fixture
def intake(database: str) -> Iterator[Raw]:
    with session(database, "kept_intake") as opened:
        yield opened


@pytest.fixture
def told(database: str) -> None:
    for name in ("Amina", "Bo"):
        as_superuser(TOLD, "a series", person_of(name))
    as_superuser(TOLD, "another", person_of("Amina"))


def ended() -> list[tuple[Any, ...]]:
    return as_superuser(
        "select n.given, f.told_in from record_feeding f join record_name n on n.person_id = f.person_id"
        " where f.until_on is not null order by f.id"
    )


def opens(intake: Raw, *items: str, name: str = "Amina") -> None:
    allowed = about(person_of(name), record=items)
    intake.open(allowed, by="intake", source="health-organisation")


@pytest.mark.usefixtures("told")
def test_nothing_ends_without_an_entry_or_with_one_for_something_else(intake: Raw) -> None:
    amina, bo = person_of("Amina"), person_of("Bo")
    assert intake.one(END, amina, "a series") == 0
    with intake.kept():
        opens(intake, "health.screening")
        assert intake.one(END, amina, "a series") == 0
        assert intake.one(END, bo, "a series") == 0
    with intake.kept():
        opens(intake, "health.feeding")
        assert intake.one(END, bo, "a series") == 0, "the entry is about somebody else"
        for nothing in ("", None, "a serie", "a series' or true --"):
            assert intake.one(END, amina, nothing) == 0
    assert ended() == []


@pytest.mark.usefixtures("told")
def test_what_one_message_told_of_one_person_ends_and_nothing_is_shown(intake: Raw) -> None:
    with intake.kept():
        opens(intake, "health.feeding")
        assert intake.one(END, person_of("Amina"), "a series") == 1
        assert intake.rows("select * from record_feeding") == []
    assert ended() == [("Amina", "a series")]
    with intake.kept():
        opens(intake, "health.feeding")
        assert intake.one(END, person_of("Amina"), "a series") == 0, "once"


def test_pages_cannot_end_what_messages_told(application: Raw) -> None:
    assert application.told(END, 1, "a series") == DENIED


def test_what_was_left_out_is_told_to_whoever_may_read_what_waits_in_their_own_service(
    application: Raw,
) -> None:
    for service, file in (("health-visiting", "ours.json"), ("parent-infant-relationship", "theirs.json")):
        as_superuser(BUNDLE, service, file, file, AT, AT)
    assert application.rows(LEFT_OUT, 20) == [], "there is no entry"
    with application.undone():
        application.open(about(person_of("Amina"), read=("identity.name",)))
        assert application.rows(LEFT_OUT, 20) == []
    with application.undone():
        application.open({"person": 0, "read": ["intake.message"], "record": []}, by="imani")
        assert [row[0] for row in application.rows(LEFT_OUT, 20)] == ["ours.json"]
        assert application.told("select content from intake_bundle") == DENIED


def test_that_somebody_died_is_told_of_whoever_an_entry_may_read_the_notice_of(application: Raw) -> None:
    amina, bo = person_of("Amina"), person_of("Bo")
    for child in (amina, bo):
        as_superuser(DEAD, child)
    assert application.one(DIED, [amina]) is False
    with application.undone():
        application.open(about(amina, read=("identity.name",)))
        assert application.one(DIED, [amina]) is False
    with application.undone():
        application.open(about(amina, read=("care.notice-given",)))
        assert application.one(DIED, [amina]) is True
        assert application.one(DIED, [bo]) is False
        for nobody in ([], None):
            assert application.one(DIED, nobody) is False
