"""Somebody who died: the record says so quietly, nothing is due any more, and nothing is sent to them or about them."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from kept.database.acting import acting_as
from kept.post.outbox import Outbox
from kept.record.assessments.actions import telling
from kept.record.assessments.values import DeathTold, Message
from kept.record.caseloads.reads import open_caseload
from kept.record.letters.actions import NotSent, send_letter
from kept.record.letters.rules import DIED
from kept.record.letters.values import POST, NewLetter
from kept.record.notices_given.reads import not_yet_told
from kept.record.reads import open_record
from kept.standards.days import day_of
from kept.web.record.shown import record_shown
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, person_of, public_id_of

DAY = date(2026, 11, 20)


def dies(people: Cast, name: str, on: date | None = DAY) -> None:
    with (
        acting_as("intake"),
        telling(
            by=people.intake,
            person=person_of(name),
            told=[DeathTold(on)],
            message=Message("a series", "NHS England"),
            corrects=(),
            born=None,
            purpose=HEALTH_VISITING,
            source="health-organisation",
            at=AT,
        ),
    ):
        pass


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox")


def write_to_grace(people: Cast, outbox: Outbox) -> bool:
    return send_letter(
        by=people.hannah,
        public_id=public_id_of("Amina"),
        to=public_id_of("Grace"),
        letter=NewLetter(uuid4(), POST),
        purpose=HEALTH_VISITING,
        source="the-person",
        outbox=outbox,
        written=lambda to, version: b"%PDF",
        at=AT,
    )


def page(people: Cast, name: str = "hannah") -> dict[str, object]:
    by = getattr(people, name)
    record = open_record(by=by, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    return record_shown(record, on=day_of(AT))


@pytest.mark.parametrize("who", ["Amina", "Grace"])
def test_no_letter_goes_where_the_child_or_the_parent_died(people: Cast, outbox: Outbox, who: str) -> None:
    dies(people, who)
    with pytest.raises(NotSent, match=DIED):
        write_to_grace(people, outbox)
    assert as_superuser("select count(*) from record_letter") == [(0,)]


def test_a_letter_goes_where_nobody_died(people: Cast, outbox: Outbox) -> None:
    assert write_to_grace(people, outbox)


def test_a_child_who_died_is_not_listed_as_due_or_as_not_told(people: Cast) -> None:
    def listed() -> tuple[list[bool], int]:
        page = open_caseload(by=people.hannah, purpose=HEALTH_VISITING, at=AT)
        waiting = not_yet_told(by=people.hannah, purpose=HEALTH_VISITING, at=AT)
        return [one.died for one in page.children if one.child.given == "Amina"], waiting.in_all

    (before, waited) = listed()
    dies(people, "Amina")
    assert before == [False]
    assert listed() == ([True], waited - 1)


@pytest.mark.parametrize("asker", ["hannah", "nadia", "ada"])
def test_the_page_says_it_to_everybody_who_works_with_the_child(people: Cast, asker: str) -> None:
    dies(people, "Amina")
    shown = page(people, asker)
    assert shown["child"].died == "Died on 20 November 2026"  # type: ignore[attr-defined]
    assert shown["due"] is None
    assert shown["notice"].write_to == ()  # type: ignore[attr-defined]


def test_a_parent_who_died_is_not_written_to_and_the_child_stays_due(people: Cast) -> None:
    dies(people, "Grace", on=None)
    shown = page(people)
    assert [person.died for person in shown["family"]] == ["Died"]  # type: ignore[attr-defined]
    assert shown["child"].died == ""  # type: ignore[attr-defined]
    assert shown["due"]
    assert shown["notice"].write_to == ()  # type: ignore[attr-defined]


def test_a_day_told_later_is_held_and_what_was_said_stays(people: Cast) -> None:
    dies(people, "Amina", on=None)
    dies(people, "Amina")
    dies(people, "Amina", on=None)
    held = "select died_on, until_on is null from record_death where person_id = %s order by id"
    assert as_superuser(held, person_of("Amina")) == [(None, False), (DAY, True)]


def test_nobody_learns_of_a_death_but_for_a_letter_of_their_own(people: Cast) -> None:
    """The question is answered for whom an entry names to be written to, and for nobody else."""
    from django.db import connections

    dies(people, "Amina")
    with connections["default"].cursor() as cursor:
        cursor.execute("select ledger.somebody_died(%s)", [[person_of("Amina")]])
        assert cursor.fetchone() == (False,)
