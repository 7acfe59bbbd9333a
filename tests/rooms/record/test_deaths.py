"""Somebody who died: the record says so quietly, nothing is due any more, and nothing is sent to them or about them."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from kept.database.acting import acting_as
from kept.ledger.entries import Refused
from kept.post.outbox import Outbox
from kept.record.assessments.actions import telling
from kept.record.assessments.values import DeathTold, Message
from kept.record.caseloads.reads import open_caseload
from kept.record.episodes.actions import NotChanged, end_episode
from kept.record.families.deaths import DeathSaid, NotSaid, say_died
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


def says(by: Any, died: DeathSaid, *, of: str = "Grace") -> None:
    say_died(
        by=by,
        public_id=public_id_of("Amina"),
        about=public_id_of(of),
        purpose=by.service,
        said=died,
        at=AT,
    )


def deaths(of: str = "Grace") -> list[tuple]:
    held = "select died_on, status, until_on is null from record_death where person_id = %s order by id"
    return as_superuser(held, person_of(of))


def ends_care(by: Any, died_on: date | None = None) -> None:
    end_episode(
        by=by,
        public_id=public_id_of("Amina"),
        purpose=by.service,
        because="died",
        hand_over="",
        ended_on=day_of(AT),
        died_on=died_on,
        at=AT,
    )


@pytest.mark.parametrize("of", ["Grace", "Amina"])
def test_a_practitioner_writes_down_that_somebody_died_and_no_letter_goes(
    people: Cast, outbox: Outbox, of: str
) -> None:
    says(people.hannah, DeathSaid(died=True, source="someone-who-knows-them"), of=of)
    says(people.hannah, DeathSaid(died=True, died_on=DAY), of=of)
    says(people.hannah, DeathSaid(died=True), of=of)
    assert deaths(of) == [(None, "1", False), (DAY, "1", True)]
    with pytest.raises(NotSent, match=DIED):
        write_to_grace(people, outbox)


def test_a_death_that_was_written_by_mistake_ends_and_stays_in_the_history(
    people: Cast, outbox: Outbox
) -> None:
    with pytest.raises(NotSaid):
        says(people.hannah, DeathSaid(died=False))
    says(people.hannah, DeathSaid(died=True, died_on=DAY))
    says(people.hannah, DeathSaid(died=False))
    assert deaths() == [(DAY, "1", False)]
    assert write_to_grace(people, outbox)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (DeathSaid(died=True, died_on=date(2026, 11, 23)), "died_on"),
        (DeathSaid(died=True, died_on=date(1995, 5, 4)), "died_on"),
        (DeathSaid(died=True, source=""), "source"),
    ],
)
def test_what_cannot_be_true_of_a_death_is_said(people: Cast, said: DeathSaid, field: str) -> None:
    with pytest.raises(NotSaid) as wrong:
        says(people.hannah, said)
    assert list(wrong.value.faults) == [field]
    assert deaths() == []


@pytest.mark.parametrize("name", ["samuel", "nadia", "ada", "priya", "ana", "pia"])
def test_whoever_may_not_write_a_death_down_is_refused(people: Cast, name: str) -> None:
    with pytest.raises(Refused):
        says(getattr(people, name), DeathSaid(died=True))
    assert deaths() == []


def test_nobody_of_another_family_dies_through_this_child(people: Cast) -> None:
    with pytest.raises(Refused):
        says(people.hannah, DeathSaid(died=True), of="Nils")


def test_care_that_ends_because_the_child_died_writes_the_death(people: Cast) -> None:
    with pytest.raises(NotChanged) as wrong:
        ends_care(people.hannah, date(2026, 11, 14))
    assert list(wrong.value.faults) == ["died_on"]
    assert deaths("Amina") == []
    ends_care(people.hannah, DAY)
    assert deaths("Amina") == [(DAY, "1", True)]


def test_no_letter_goes_about_a_child_whose_care_a_lead_ended_because_they_died(
    people: Cast, outbox: Outbox
) -> None:
    """A lead writes no death down; that care ended because of it says enough. The letter was in the making."""
    ends_care(people.nadia)
    assert deaths("Amina") == []
    as_superuser("update record_caseload_place set until_on = null")
    with pytest.raises(NotSent, match=DIED):
        write_to_grace(people, outbox)
    as_superuser("update record_episode set until_on = null, ended_because = null, hand_over = null")
    assert write_to_grace(people, outbox)
