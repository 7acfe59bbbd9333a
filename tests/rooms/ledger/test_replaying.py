"""What was decided is put again to a draft: it says what would have been otherwise, and names nobody."""

import json
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from kept.cli.app import app
from kept.database.acting import acting_as
from kept.ledger.entries import Refused
from kept.ledger.replaying import Replay, replay
from kept.notices.loading import load
from kept.notices.replaying import Would
from kept.post.outbox import Outbox
from kept.published.reads import published
from kept.record.life_at_risk.actions import open_with_life_at_risk
from kept.record.looked.reads import who_has_looked
from kept.record.reads import open_record
from kept.standards.days import day_of
from tests import cast
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, public_id_of
from tests.rooms.ledger.raw import DENIED, session

NOTICE = "services/health_visiting.yaml"
TODAY = day_of(AT)


@pytest.fixture
def looked(people: Cast) -> Cast:
    """Hannah opened the record of a child of her team twice; Samuel, of another team, was refused it."""
    for _ in range(2):
        open_record(by=people.hannah, public_id=public_id_of("Amina"), purpose="health-visiting", at=AT)
    with suppress(Refused):
        open_record(by=people.samuel, public_id=public_id_of("Amina"), purpose="health-visiting", at=AT)
    return people


def amended(old: str, new: str) -> dict[str, str]:
    """The texts of the project with other words in the clause by which a team sees a child."""
    texts = cast.texts()
    head, start, rest = texts[NOTICE].partition("- id: see.team-child\n")
    body, end, tail = rest.partition("\n- id: ")
    assert old in body
    texts[NOTICE] = head + start + body.replace(old, new) + end + tail
    return texts


def replayed(texts: dict[str, str], *, since: date = TODAY) -> Replay:
    with acting_as("publisher"):
        return replay(
            new=load(texts, service=HEALTH_VISITING),
            since=since,
            until=TODAY,
            version=lambda number: published(number).definition,
            progress=lambda day: None,
        )


def test_the_version_that_was_in_force_would_have_decided_all_the_same(looked: Cast) -> None:
    found = replayed(cast.texts(), since=TODAY - timedelta(days=3))
    assert found.decisions >= 5
    assert found.changed == ()


def test_an_item_that_is_no_longer_seen_would_have_been_refused(looked: Cast) -> None:
    found = replayed(amended("identity.sex, ", ""))
    reading = [one for one in found.changed if not one.source]
    assert [(one.would, one.role, one.standing, one.part, one.items, one.decisions) for one in reading] == [
        (Would.REFUSE, "practitioner", "team", "child", ("identity.sex",), 2)
    ]
    assert reading[0].words
    # Registering a child takes it down too: by the process that reads messages, whose clause is another.
    assert {one.role for one in found.changed} == {"practitioner"}


def test_what_needs_a_reason_would_have_been_asked_for_one(looked: Cast) -> None:
    found = replayed(amended("to: [read, record]", "to: [read, record]\n      reason: required"))
    assert found.count(Would.ASK) >= 2
    assert found.count(Would.REFUSE) == 0
    assert {one.clause for one in found.changed} == {"see.team-child"}


def test_who_is_let_in_would_have_been_allowed(looked: Cast) -> None:
    found = replayed(amended("standing: [team, new]", "standing: [team, new, service]"))
    (one,) = found.changed
    assert (one.would, one.standing, one.part, one.decisions) == (Would.ALLOW, "service", "child", 1)
    assert "identity.name" in one.items


def test_a_purpose_that_is_gone_is_refused_in_the_clauses_words(looked: Cast) -> None:
    found = replayed(amended("for: [health-visiting, growing-up-healthy,", "for: [growing-up-healthy,"))
    assert {one.purpose for one in found.changed} == {"health-visiting"}
    assert found.count(Would.REFUSE) >= 2


def test_a_reason_that_was_given_counts_again(people: Cast, tmp_path: Path) -> None:
    open_with_life_at_risk(
        by=people.samuel,
        public_id=public_id_of("Amina"),
        reason="The mother rang, and says that she cannot keep the baby safe tonight.",
        confirmed_at=AT - timedelta(minutes=1),
        outbox=Outbox(tmp_path),
        at=AT,
    )
    assert as_superuser("select count(*) from ledger_entry where purpose = 'vital-interests'") > [(0,)]
    assert replayed(cast.texts()).changed == ()


def test_days_before_are_left_out(looked: Cast) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with acting_as("publisher"):
        found = replay(
            new=load(cast.texts(), service=HEALTH_VISITING),
            since=tomorrow,
            until=tomorrow,
            version=lambda number: published(number).definition,
            progress=lambda day: None,
        )
    assert found == Replay(0, 0, ())


def test_a_refusal_about_nobody_known_is_counted_and_not_guessed(people: Cast) -> None:
    before = replayed(cast.texts()).not_put
    with suppress(Refused):
        open_record(by=people.hannah, public_id=uuid4(), purpose="health-visiting", at=AT)
    assert replayed(cast.texts()).not_put == before + 1


def test_a_refused_look_at_all_entries_is_counted_among_what_cannot_be_put_and_said(
    people: Cast, tmp_path: Path
) -> None:
    """No entry says how somebody stood who asked about nobody."""
    before = replayed(cast.texts()).not_put
    with suppress(Refused):
        who_has_looked(by=people.hannah, at=AT)
    assert replayed(cast.texts()).not_put == before + 1
    said = command(written(cast.texts(), tmp_path / "same"), "--until", str(TODAY)).stdout
    assert "as refused searches, caseloads and lists of who has looked are" in said


def test_whoever_publishes_sees_neither_entries_nor_people(database: str) -> None:
    with session(database, role="kept_publisher") as raw:
        assert raw.told("select * from ledger_entry") == DENIED
        assert raw.told("select * from ledger_subject") == DENIED
    with session(database) as raw:
        assert raw.told("select * from ledger.asked_between('health-visiting', now(), now())") == DENIED


def test_the_command_says_it_in_sentences_and_for_programs(looked: Cast, tmp_path: Path) -> None:
    folder = written(cast.texts(), tmp_path / "same")
    same = command(folder, "--until", str(TODAY))
    assert same.exit_code == 0, same.output
    assert "All would have been the same." in same.stdout
    folder = written(amended("identity.sex, ", ""), tmp_path / "new")
    told = command(folder, "--until", str(TODAY), "--service", HEALTH_VISITING)
    assert told.exit_code == 1, told.output
    assert "2 refused: practitioner, team, to read identity.sex about child" in told.stdout
    said = command(folder, "--until", str(TODAY), "--service", HEALTH_VISITING, "--format", "json")
    (one,) = json.loads(said.stdout)
    assert one["service"] == HEALTH_VISITING
    assert {change["would"] for change in one["changed"]} == {"refused"}


def test_what_cannot_be_read_is_said(database: str, tmp_path: Path) -> None:
    assert "There is no draft 77." in command("77").output
    assert command("77").exit_code == 3
    assert command(str(tmp_path / "nowhere")).exit_code == 3
    early = command(str(cast.DEFINITIONS), "--until", "2001-01-01")
    assert early.exit_code == 2
    assert "is before" in early.output


def command(folder: str, *said: str) -> Result:
    return CliRunner().invoke(app, ["notice", "replay", folder, "--since", str(TODAY), *said])


def written(texts: dict[str, str], folder: Path) -> str:
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return str(folder)
