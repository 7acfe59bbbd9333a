"""How a family belongs together: relatives, other children, who lives in the home, who is responsible by law."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from kept.ledger.entries import Refused
from kept.record.families.values import Responsibility
from kept.record.relatives.actions import NotRecorded
from kept.record.relatives.reads import offered, open_family_map
from kept.record.relatives.values import NewRelative
from tests.cast import AT, HEALTH_VISITING, Cast, person_of, public_id_of
from tests.rooms.record.families_tried import JOY, adds, at_home, changes, held, opens
from tests.rooms.record.hiding import bring_efe, hide

TODAY = AT.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
TEO = NewRelative("other-child", "Teo", "Marsh", "ORB", lives_here=True, born_on=date(2022, 3, 4))


def test_a_relative_is_a_name_and_a_relationship_and_may_live_in_the_home(people: Cast) -> None:
    assert adds(people.hannah, replace(JOY, from_on=date(2026, 11, 16)))
    (grace, joy) = opens(people.hannah).adults
    assert (grace.given, joy.name, joy.part, joy.relationship) == ("Grace", "Joy Okafor", "relative", "GPM")
    assert at_home(people.hannah) == {"Grace", "Joy"}
    assert opens(people.hannah).ties.since[joy.person] == date(2026, 11, 16)


def test_somebody_said_twice_is_written_once(people: Cast) -> None:
    assert [adds(people.hannah, JOY) for _ in range(2)] == [True, False]
    assert len(opens(people.hannah).adults) == 2


def test_forty_other_children_are_forty(people: Cast, cleo: int) -> None:
    for number in range(40):
        assert adds(people.pia, replace(TEO, given=f"Teo {number}"), child="Cleo")
    assert len(opens(people.pia, "Cleo").adults) == 41
    assert len(at_home(people.pia, "Cleo")) == 41


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"part": "parent"}, "part"),
        ({"part": "child"}, "part"),
        ({"given": " ", "family": ""}, "given"),
        ({"given": "x" * 201}, "given"),
        ({"kind": "BPM"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"lives_here": False}, "lives_here"),
        ({"born_on": TOMORROW}, "born_on"),
        ({"born_on": date(1073, 1, 1)}, "born_on"),
        ({"born_on": date(1999, 1, 1)}, "born_on"),
        ({"from_on": TOMORROW}, "from_on"),
        ({"from_on": date(2022, 3, 3)}, "from_on"),
        ({"source": ""}, "source"),
    ],
)
def test_what_cannot_be_true_of_another_child_is_told(
    people: Cast, changed: dict[str, Any], field: str
) -> None:
    before = held("person", "id")
    with pytest.raises(NotRecorded) as told:
        adds(people.pia, replace(TEO, **changed), child="Amina")
    assert list(told.value.faults) == [field]
    assert held("person", "id") == before


def test_each_service_asks_of_others_what_its_own_notice_lists(people: Cast, cleo: int) -> None:
    def asks(by: Any) -> dict[str, bool]:
        return offered(by=by, purpose=by.service, on=TODAY)

    assert asks(people.hannah) == {"relative": False, "other-child": False}
    assert asks(people.pia) == {"relative": False, "other-child": True}
    for name in ("nadia", "ada", "priya", "ana"):
        assert asks(getattr(people, name)) == {}
    for new in (replace(JOY, born_on=date(1960, 1, 1)), replace(TEO, given="Ulf")):
        with pytest.raises((Refused, NotRecorded)):
            adds(people.hannah, new)
    for by, child in (
        (people.samuel, "Amina"),
        (people.pia, "Amina"),
        (people.hannah, "Cleo"),
        (people.ada, "Amina"),
    ):
        with pytest.raises(Refused):
            adds(by, JOY, child=child)
    assert adds(people.hannah, replace(TEO, born_on=None))


def test_what_was_said_before_stays(people: Cast) -> None:
    changes(people.hannah, "Grace", kind="FPM", lives_here=False, from_on=YESTERDAY)
    (grace,) = opens(people.hannah).adults
    assert (grace.relationship, at_home(people.hannah)) == ("FPM", set())
    grace_s = held("relationship", "person_id, kind, until_on")
    assert [(kind, until) for person, kind, until in grace_s if person == grace.person] == [
        ("BPM", TODAY),
        ("FPM", None),
    ]
    changes(people.hannah, "Grace", kind="FPM", lives_here=True)
    assert at_home(people.hannah) == {"Grace"}


def test_parental_responsibility_is_dated_and_evidenced(people: Cast) -> None:
    changes(people.hannah, "Grace", responsible=True, evidence="birth-certificate", from_on=YESTERDAY)
    grace = person_of("Grace")
    ties = opens(people.hannah).ties
    assert ties.responsibility[grace] == Responsibility(True, "birth-certificate", YESTERDAY, "the-person")
    with pytest.raises(NotRecorded) as told:
        changes(people.hannah, "Grace", responsible=False)
    assert list(told.value.faults) == ["evidence"]
    changes(people.hannah, "Grace", responsible=True)
    changes(people.hannah, "Grace", responsible=False, evidence="court-order")
    said = held("parental_responsibility", "person_id, responsible, evidence, until_on")
    assert [row[1:] for row in said if row[0] == grace] == [
        (True, "", TODAY),
        (True, "birth-certificate", TODAY),
        (False, "court-order", None),
    ]


def test_it_is_nobodys_whose_need_it_is_not(people: Cast) -> None:
    for by in (people.nadia, people.ada):
        record = opens(by)
        assert (record.ties.responsibility, record.ties.lives_since) == ({}, {})
        assert record.adults[0].relationship == "BPM"


def test_it_is_not_taken_from_anybody_who_says_so(people: Cast) -> None:
    with pytest.raises(NotRecorded) as told:
        changes(people.hannah, "Grace", responsible=True, source="someone-who-knows-them")
    assert list(told.value.faults) == ["source"]


def test_somebody_who_does_not_belong_any_more_leaves_the_record(people: Cast) -> None:
    adds(people.hannah, replace(JOY, from_on=YESTERDAY))
    with pytest.raises(NotRecorded) as told:
        changes(people.hannah, "Joy", kind="GPM", ended_on=YESTERDAY - timedelta(days=1))
    assert list(told.value.faults) == ["ended_on"]
    changes(people.hannah, "Joy", kind="GPM", ended_on=TODAY)
    assert [one.given for one in opens(people.hannah).adults] == ["Grace"]
    assert at_home(people.hannah) == {"Grace"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "cousin"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"evidence": "a-hunch", "responsible": True}, "evidence"),
        ({"evidence": "court-order"}, "responsible"),
        ({"from_on": TOMORROW}, "from_on"),
        ({"ended_on": TOMORROW}, "ended_on"),
        ({"ended_on": YESTERDAY, "from_on": TODAY}, "ended_on"),
        ({"source": ""}, "source"),
    ],
)
def test_what_cannot_be_true_is_told(people: Cast, said: dict[str, Any], field: str) -> None:
    with pytest.raises(NotRecorded) as told:
        changes(people.hannah, "Grace", **said)
    assert list(told.value.faults) == [field]


def test_nobody_is_their_own_parent_or_the_child_of_their_child(people: Cast) -> None:
    with pytest.raises(NotRecorded) as told:
        changes(people.hannah, "Amina")
    assert "nobody is their own relative" in str(told.value)
    with pytest.raises(Refused):
        changes(people.hannah, "Amina", child="Grace")


def test_somebody_of_another_family_or_service_is_nobody(people: Cast, cleo: int) -> None:
    bring_efe(people)
    for about in ("Nils", "Bo", "Mia", "Cleo", "Efe", "Obi", uuid4()):
        with pytest.raises(Refused) as refused:
            changes(people.hannah, about)
        assert "see.team-parent" not in str(refused.value)


def test_a_household_shows_nobody_whose_address_is_restricted(people: Cast) -> None:
    assert at_home(people.hannah) == {"Grace"}
    hide(people, "address")
    assert at_home(people.hannah) == set()
    changes(people.hannah, "Grace", lives_here=True)
    assert at_home(people.hannah) == set()


def test_the_family_map_reads_no_more_than_it_draws(people: Cast) -> None:
    adds(people.hannah, JOY)
    shown = open_family_map(by=people.hannah, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    assert [p.given for p in shown.people] == ["Grace", "Joy"]
    assert {p.nhs_number + p.address + "".join(p.phones) for p in (shown.child, *shown.people)} == {""}
    assert shown.shows_household
    assert set(shown.ties.lives_since) == {p.person for p in shown.people}
    ada = open_family_map(by=people.ada, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    assert ([p.given for p in ada.people], ada.shows_household, ada.ties.lives_since) == (
        ["Grace"],
        False,
        {},
    )
    for name in ("samuel", "pia", "priya", "ana"):
        by = getattr(people, name)
        with pytest.raises(Refused):
            open_family_map(by=by, public_id=public_id_of("Amina"), purpose=by.service, at=AT)


def test_another_child_who_leaves_the_home_leaves_no_birthday(people: Cast, cleo: int) -> None:
    adds(people.pia, TEO, child="Cleo")
    (teo,) = (p for p in opens(people.pia, "Cleo").adults if p.part == "other-child")
    assert teo.born_on == date(2022, 3, 4)
    changes(people.pia, "Teo", child="Cleo", kind="ORB", ended_on=TODAY)
    assert [p.given for p in opens(people.pia, "Cleo").adults] == ["Mia"]
    born = held("date_of_birth", "person_id, until_on")
    assert [until for person, until in born if person == teo.person] == [TODAY]


def test_another_child_does_not_leave_the_home_and_keep_a_birthday(people: Cast, cleo: int) -> None:
    """The notice lists a date of birth of another child only while they live there (pairs-3.13)."""
    adds(people.pia, TEO, child="Cleo")
    with pytest.raises(NotRecorded) as wrong:
        changes(people.pia, "Teo", child="Cleo", kind="ORB", lives_here=False)
    assert list(wrong.value.faults) == ["lives_here"]
    assert at_home(people.pia, "Cleo") >= {"Teo"}
