"""What was told is gone through again: it stands, has changed, has ended, or never was so; what was said stays."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from kept.record.circumstances.actions import NotRecorded, record_circumstance
from kept.record.circumstances.models import Circumstance
from kept.record.circumstances.reviews import Told, review_circumstance
from kept.record.circumstances.values import NewCircumstance, Review
from kept.record.episodes.actions import name_professional
from kept.record.reads import ChildRecord, open_record
from kept.web.circumstances.shown import needs_of
from tests.cast import AT, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import about as about_person
from tests.rooms.ledger.raw import session
from tests.rooms.record.visits import entries

TODAY = AT.date()
LATER = AT + timedelta(minutes=5)
ABUSE, NEED, PLAN = "circumstances.domestic-abuse", "needs.communication", "circumstances.protection-plan"
FOREIGN_KEY = "23503"
WRONG = "It was said of somebody else."


def records(by: Asker, kind: str, said: str = "As they told it.", *, of: str = "Grace") -> int:
    """Record something, and answer its number."""
    child = "Bo" if of in ("Bo", "Nils") else "Cleo" if of in ("Cleo", "Mia") else "Amina"
    record_circumstance(
        by=by,
        public_id=public_id_of(child),
        about=public_id_of(of),
        purpose=purpose_of(by, kind),
        new=NewCircumstance(kind, said),
        at=AT,
    )
    return as_superuser("select max(id) from record_circumstance")[0][0]


def reviews(
    by: Asker,
    number: int,
    outcome: str,
    *,
    kind: str = ABUSE,
    of: str = "Grace",
    child: str = "Amina",
    **more: Any,
) -> bool:
    return review_circumstance(
        by=by,
        public_id=public_id_of(child),
        about=public_id_of(of),
        purpose=purpose_of(by, kind),
        told=Told(number, kind),
        review=Review(outcome, **more),
        at=LATER,
    )


def purpose_of(by: Asker, kind: str) -> str:
    return "keep-safe" if kind == PLAN else by.service


def shown(by: Asker, child: str = "Amina", *, kind: str = "") -> ChildRecord:
    return open_record(by=by, public_id=public_id_of(child), purpose=purpose_of(by, kind), at=LATER)


def said() -> list[tuple]:
    """What stands in the database: of each thing told its words and its end, and what was said of it later."""
    return as_superuser(
        "select c.said, c.until_on, r.outcome, r.why from record_circumstance c"
        " left join record_circumstance_review r on r.circumstance_id = c.id order by c.id, r.id"
    )


@pytest.mark.parametrize("outcome", ["no-longer-so", "never-so"])
def test_what_ended_or_was_a_mistake_is_current_nowhere_and_stays_as_it_was_said(
    people: Cast, outcome: str
) -> None:
    number = records(people.hannah, ABUSE, "He shouts.")
    assert reviews(people.hannah, number, outcome, why=WRONG)
    record, grace = shown(people.hannah), person_of("Grace")
    assert grace not in record.circumstances
    (ended,) = record.no_longer_so[grace]
    assert (ended.said, ended.until_on) == ("He shouts.", TODAY)
    assert ended.review
    assert (ended.review.outcome, ended.review.why, ended.review.practitioner) == (outcome, WRONG, "Hannah")
    assert grace not in shown(people.ada).no_longer_so  # an administrator may see neither, as before
    assert entries("may")[-3][1] == "say whether what was told is still so"


def test_what_has_changed_ends_and_the_new_stands_in_one_entry(people: Cast) -> None:
    number = records(people.hannah, NEED, "Large print", of="Grace")
    assert reviews(people.hannah, number, "changed", kind=NEED, of="Grace", said="Braille", why="Her sight.")
    (need,) = needs_of(shown(people.hannah), on=TODAY)
    assert need.words == "Braille"
    assert said() == [("Large print", TODAY, "changed", "Her sight."), ("Braille", None, None, None)]
    written = "select entry_id from record_circumstance where until_on is null"
    assert as_superuser("select entry_id from record_circumstance_review") == as_superuser(written)


def test_a_need_that_is_still_so_is_asked_again_a_year_after_or_when_it_was_said(people: Cast) -> None:
    number = records(people.hannah, NEED, "Large print", of="Grace")
    as_superuser("update record_circumstance set recorded_at = %s", AT - timedelta(days=400))

    def ask_again(on: date = TODAY) -> bool:
        (need,) = needs_of(shown(people.hannah), on=on)
        return need.ask_again

    assert ask_again()
    assert reviews(people.hannah, number, "still-so", kind=NEED, of="Grace")
    assert not ask_again()
    assert ask_again(TODAY + timedelta(days=365))
    soon = TODAY + timedelta(days=90)
    assert reviews(people.hannah, number, "still-so", kind=NEED, of="Grace", again_on=soon)
    assert (ask_again(soon - timedelta(days=1)), ask_again(soon)) == (False, True)
    assert len(said()) == 2


def test_a_need_recorded_by_mistake_flags_nothing(people: Cast) -> None:
    number = records(people.hannah, NEED, "Large print", of="Grace")
    reviews(people.hannah, number, "never-so", kind=NEED, of="Grace", why=WRONG)
    assert needs_of(shown(people.hannah), on=TODAY + timedelta(days=900)) == ()


@pytest.mark.parametrize(
    ("kind", "review", "field"),
    [
        (ABUSE, Review(""), "outcome"),
        (ABUSE, Review("perhaps"), "outcome"),
        (ABUSE, Review("no-longer-so", why=" "), "why"),
        (ABUSE, Review("never-so"), "why"),
        (ABUSE, Review("never-so", why="x" * 1_001), "why"),
        (ABUSE, Review("changed", said=" \n"), "said"),
        (ABUSE, Review("changed", said="x" * 4_001), "said"),
        (ABUSE, Review("still-so", again_on=TODAY + timedelta(days=1)), "again_on"),
        (NEED, Review("still-so", again_on=TODAY), "again_on"),
        (NEED, Review("no-longer-so", why="x", again_on=TODAY + timedelta(days=1)), "again_on"),
        (ABUSE, Review("still-so", source=""), "source"),
        ("background.ethnicity", Review("changed", said="N"), "outcome"),
    ],
)
def test_what_cannot_be_true_is_told_field_by_field(
    people: Cast, kind: str, review: Review, field: str
) -> None:
    with pytest.raises(NotRecorded) as wrong:
        review_circumstance(
            by=people.hannah,
            public_id=public_id_of("Amina"),
            about=public_id_of("Grace"),
            purpose=people.hannah.service,
            told=Told(1, kind),
            review=review,
            at=LATER,
        )
    assert list(wrong.value.faults) == [field]


@pytest.mark.parametrize("name", ["samuel", "ada", "imani", "priya", "ana", "pia"])
def test_another_team_another_service_and_whoever_may_not_write_it_end_nothing(
    people: Cast, name: str
) -> None:
    number = records(people.hannah, ABUSE)
    with pytest.raises(Refused):
        reviews(getattr(people, name), number, "never-so", why=WRONG)
    assert said() == [("As they told it.", None, None, None)]


def test_what_was_told_of_somebody_else_is_not_found_through_this_child(people: Cast) -> None:
    of_nils = records(people.samuel, ABUSE, of="Nils")
    of_grace = records(people.hannah, ABUSE)
    need = records(people.hannah, NEED)
    others = (
        (of_nils, ABUSE, "Grace"),
        (of_grace, NEED, "Grace"),
        (need, ABUSE, "Grace"),
        (0, NEED, "Amina"),
    )
    for number, kind, of in others:
        with pytest.raises(NotRecorded):
            reviews(people.hannah, number, "never-so", kind=kind, of=of, why=WRONG)
    with pytest.raises(Refused):
        reviews(people.hannah, of_nils, "never-so", of="Nils", child="Amina", why=WRONG)
    assert {outcome for _, _, outcome, _ in said()} == {None}


def test_the_other_service_ends_its_own_and_no_code_knows_which(people: Cast, cleo: int) -> None:
    number = records(people.pia, "background.religion", "Quaker", of="Mia")
    asked: dict[str, Any] = {"kind": "background.religion", "of": "Mia", "child": "Cleo", "why": WRONG}
    with pytest.raises(Refused):
        reviews(people.hannah, number, "never-so", **asked)
    assert reviews(people.pia, number, "never-so", **asked)
    assert person_of("Mia") not in shown(people.pia, "Cleo").circumstances


def test_of_two_who_end_it_the_second_is_told_and_a_form_sent_twice_is_written_once(people: Cast) -> None:
    number, once = records(people.hannah, ABUSE), uuid4()
    assert reviews(people.hannah, number, "no-longer-so", why="It ended.", once=once)
    assert not reviews(people.hannah, number, "no-longer-so", why="It ended.", once=once)
    with pytest.raises(NotRecorded, match="meanwhile"):
        reviews(people.hannah, number, "never-so", why=WRONG)
    assert said() == [("As they told it.", TODAY, "no-longer-so", "It ended.")]


class Killed(BaseException):
    """The process is gone: nothing after it runs."""


def test_killed_between_the_two_rows_neither_is_written(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = records(people.hannah, ABUSE)

    def dies(*_: Any, **__: Any) -> None:
        raise Killed

    monkeypatch.setattr(Circumstance.objects, "create", dies)
    with pytest.raises(Killed):
        reviews(people.hannah, number, "changed", said="Another plan.")
    assert said() == [("As they told it.", None, None, None)]
    monkeypatch.undo()
    assert reviews(people.hannah, number, "changed", said="Another plan.")
    assert [words for words, until_on, *_ in said() if until_on is None] == ["Another plan."]


def test_the_database_takes_no_review_of_another_persons_or_another_item(people: Cast, database: str) -> None:
    number = records(people.samuel, ABUSE, of="Nils")
    with session(database) as raw, raw.undone():
        raw.open(about_person(person_of("Grace"), record=(ABUSE,)), source="the-person")
        refused = raw.told(
            "insert into record_circumstance_review (person_id, kind, circumstance_id, outcome, why, once, from_on,"
            " service, entry_id, definition_id, source, recorded_at) select %s, %s, %s, 'never-so', 'x', %s,"
            " '2026-11-22', 'health-visiting', ledger.entry(), published_in_force('health-visiting', '2026-11-22'),"
            " 'the-person', '2026-11-22 12:00+00'",
            person_of("Grace"),
            ABUSE,
            number,
            UUID(int=7),
        )
    assert refused == FOREIGN_KEY


def test_whoever_may_write_a_plan_down_and_not_read_it_does_not_end_it(people: Cast) -> None:
    number = records(people.hannah, PLAN, of="Amina")
    with pytest.raises(Refused):
        reviews(people.hannah, number, "no-longer-so", kind=PLAN, of="Amina", why="The plan ended.")
    name_professional(
        by=people.hannah,
        public_id=public_id_of("Amina"),
        purpose=people.hannah.service,
        account=people.hannah.account,
        at=AT,
    )
    assert reviews(people.hannah, number, "no-longer-so", kind=PLAN, of="Amina", why="The plan ended.")
    (ended,) = shown(people.hannah, kind=PLAN).no_longer_so[person_of("Amina")]
    assert ended.until_on == TODAY
