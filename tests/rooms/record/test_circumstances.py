"""What people told us: only what the notice lists about that part of a family, from that source; shown by the same."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from kept.record.circumstances.actions import NotRecorded, offered, record_circumstance, say_whether_met
from kept.record.circumstances.values import KINDS, NeedAnswer, NewCircumstance
from kept.record.reads import open_record
from kept.web.circumstances.shown import needs_of
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import DENIED, WIDER, about, session

TODAY = AT.date()


def records(by: Asker, kind: str, said: str = "As they told it.", *, of: str = "Grace", **more: Any) -> None:
    record_circumstance(
        by=by,
        public_id=public_id_of(more.pop("child", "Amina")),
        about=public_id_of(of),
        purpose=by.service,
        new=NewCircumstance(kind, "" if more.get("declined") else said, **more),
        at=AT,
    )


def shown(by: Asker, of: str = "Grace", *, child: str = "Amina") -> list[tuple[str, str]]:
    record = open_record(by=by, public_id=public_id_of(child), purpose=by.service, at=AT)
    return [(one.kind, one.said) for one in record.circumstances.get(person_of(of), ())]


def held() -> list[tuple]:
    return as_superuser("select kind, said, declined, until_on from record_circumstance order by id")


def test_what_was_told_is_shown_with_who_told_it_and_since_when(people: Cast) -> None:
    since = TODAY - timedelta(days=400)
    records(
        people.hannah, "health.long-term-condition", "Asthma", since_on=since, source="health-organisation"
    )
    record = open_record(by=people.hannah, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    (asthma,) = record.circumstances[person_of("Grace")]
    assert (asthma.kind, asthma.said, asthma.since_on, asthma.source, asthma.recorded_on) == (
        "health.long-term-condition", "Asthma", since, "health-organisation", TODAY
    )  # fmt: skip
    assert shown(people.hannah, "Amina") == []


def test_there_is_one_ethnic_category_and_the_one_before_is_kept(people: Cast) -> None:
    records(people.hannah, "background.ethnicity", "N")
    records(people.hannah, "background.ethnicity", "Z")
    assert shown(people.hannah) == [("background.ethnicity", "Z")]
    assert held() == [
        ("background.ethnicity", "N", False, TODAY),
        ("background.ethnicity", "Z", False, None),
    ]


def test_of_health_there_are_as_many_as_there_are(people: Cast) -> None:
    records(people.hannah, "health.facts", "Migraine")
    records(people.hannah, "health.facts", "Anaemia")
    assert shown(people.hannah) == [("health.facts", "Anaemia"), ("health.facts", "Migraine")]


def test_choosing_not_to_say_is_an_answer(people: Cast) -> None:
    records(people.hannah, "background.religion", declined=True)
    assert held() == [("background.religion", "", True, None)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "background.ethnicity", "said": "Martian"}, "said"),
        ({"kind": "background.ethnicity", "said": ""}, "said"),
        ({"kind": "health.facts", "said": "  \n "}, "said"),
        ({"kind": "health.facts", "said": "x" * 4_001}, "said"),
        ({"kind": "health.facts", "declined": True}, "said"),
        ({"kind": "health.facts", "since_on": TODAY + timedelta(days=1)}, "since_on"),
    ],
)
def test_what_cannot_be_true_is_told_field_by_field(
    people: Cast, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(NotRecorded) as told:
        records(people.hannah, **changes)
    assert list(told.value.faults) == [field]
    assert held() == []


@pytest.mark.parametrize("name", ["samuel", "nadia", "ada", "imani", "priya", "ana", "pia"])
def test_whoever_does_not_look_after_the_family_records_nothing(people: Cast, name: str) -> None:
    with pytest.raises(Refused):
        records(getattr(people, name), "health.facts")
    assert held() == []


def test_whoever_is_not_of_that_family_is_nobody(people: Cast) -> None:
    for of in ("Bo", "Nils"):
        with pytest.raises(Refused):
            records(people.hannah, "health.facts", of=of)
    with pytest.raises(Refused):
        record_circumstance(
            by=people.hannah,
            public_id=public_id_of("Amina"),
            about=uuid4(),
            purpose=HEALTH_VISITING,
            new=NewCircumstance("health.facts", "x"),
            at=AT,
        )
    assert held() == []


def test_each_service_records_its_own_list_and_no_code_knows_which(people: Cast, cleo: int) -> None:
    def kinds(by: Asker, part: str) -> set[str]:
        found = offered(by=by, part=part, standing="team", purpose=by.service, on=TODAY)
        return {one.kind for one in found}

    assert "background.culture" in kinds(people.hannah, "parent") - kinds(people.pia, "parent")
    assert "background.culture" not in kinds(people.hannah, "child")
    assert not {kind for kind in kinds(people.pia, "child") if kind.startswith("background.")}
    with pytest.raises(Refused) as refused:
        records(people.pia, "background.culture", of="Mia", child="Cleo")
    assert refused.value.decision.withheld["background.culture"]
    records(people.pia, "background.religion", "Quaker", of="Mia", child="Cleo")
    assert shown(people.pia, "Mia", child="Cleo") == [("background.religion", "Quaker")]


def test_the_database_opens_each_row_by_its_own_item(people: Cast, database: str) -> None:
    records(people.hannah, "health.facts", "Migraine")
    records(people.hannah, "background.religion", "Quaker")
    grace = person_of("Grace")
    with session(database) as raw:
        with raw.undone():
            raw.open(about(grace, read=("health.facts",)))
            assert raw.rows("select kind from record_circumstance") == [("health.facts",)]
        with raw.undone():
            raw.open(about(grace, read=("identity.name",)))
            assert raw.rows("select kind from record_circumstance") == []
        with raw.undone():
            raw.open(about(person_of("Amina"), read=("health.facts",)))
            assert raw.rows("select kind from record_circumstance") == []
        assert raw.opens(about(grace, record=("growth.weight",)), source="the-person") == WIDER


def test_a_row_of_another_item_than_was_opened_is_not_written(people: Cast, database: str) -> None:
    with session(database) as raw, raw.undone():
        raw.open(about(person_of("Grace"), record=("health.facts",)), source="the-person")
        assert (
            raw.told(
                "insert into record_circumstance (person_id, kind, said, declined, from_on, service, entry_id,"
                " definition_id, source, recorded_at) select %s, 'background.religion', 'Quaker', false, '2026-11-22',"
                " 'health-visiting', ledger.entry(), published_in_force('health-visiting', '2026-11-22'), 'the-person',"
                " '2026-11-22 12:00+00'",
                person_of("Grace"),
            )
            == DENIED
        )


def test_the_database_itself_takes_no_item_that_has_no_place_here(database: str) -> None:
    with pytest.raises(Exception, match="circumstance_is_an_item"):
        as_superuser(
            "insert into record_circumstance (person_id, kind, said, declined, from_on, service, entry_id,"
            " definition_id, source, recorded_at) values (%s, 'identity.name', 'x', false, now(), '', 1, 1, '', now())",
            person_of("Grace"),
        )
    assert len(set(KINDS)) == len(KINDS)


def test_a_communication_need_is_flagged_and_asked_again_after_a_year(people: Cast) -> None:
    records(people.hannah, "needs.communication", "Large print")
    record = open_record(by=people.hannah, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    (need,) = needs_of(record, on=TODAY)
    assert (need.name, need.words, need.ask_again) == ("Grace Okafor", "Large print", False)
    (later,) = needs_of(record, on=TODAY + timedelta(days=365))
    assert later.ask_again


def answers(by: Any, *, met: bool, on: date = TODAY, said: str = "", about: str = "Grace") -> None:
    say_whether_met(
        by=by,
        public_id=public_id_of("Amina"),
        about=public_id_of(about),
        purpose=by.service,
        answer=NeedAnswer(met, on, said),
        at=AT,
    )


def test_whether_a_need_was_met_stands_beside_it_the_latest_day_first(people: Cast) -> None:
    records(people.hannah, "needs.communication", "Large print")
    answers(people.hannah, met=True)
    answers(people.hannah, met=False, on=TODAY - timedelta(days=9), said="The letter was in small print.")
    record = open_record(by=people.hannah, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    (need,) = needs_of(record, on=TODAY)
    assert need.answer == NeedAnswer(met=True, on=TODAY)


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (NeedAnswer(met=False, on=TODAY), "said"),
        (NeedAnswer(met=False, on=TODAY, said=" "), "said"),
        (NeedAnswer(met=True, on=TODAY + timedelta(days=1)), "on"),
        (NeedAnswer(met=True, on=TODAY, said="x" * 4_001), "said"),
        (NeedAnswer(met=True, on=TODAY), "met"),
    ],
)
def test_what_cannot_be_true_of_a_need_is_said(people: Cast, answer: NeedAnswer, field: str) -> None:
    if field != "met":  # of the last, no need was recorded
        records(people.hannah, "needs.communication", "Large print")
    with pytest.raises(NotRecorded) as wrong:
        answers(people.hannah, met=answer.met, on=answer.on, said=answer.said)
    assert list(wrong.value.faults) == [field]
    assert as_superuser("select count(*) from record_need_met") == [(0,)]


def test_whoever_may_not_write_needs_down_cannot_say_whether_they_were_met(people: Cast) -> None:
    records(people.hannah, "needs.communication", "Large print")
    for by in (people.samuel, people.pia, people.ana):
        with pytest.raises(Refused):
            answers(by, met=True)
    assert as_superuser("select count(*) from record_need_met") == [(0,)]
