"""A `serve` clause says which ages and which places; each limit holds beside the others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kept.notices.decision import Decision, Outcome
from kept.notices.definition import Definition
from kept.notices.questions import may_serve, served_until
from tests.notices.tiny import ON, tiny

UNDER_FIVE = tiny()


def served(
    definition: Definition = UNDER_FIVE,
    *,
    born_on: date = date(2024, 6, 1),
    authority: str = "Anytown",
    with_carer: bool = True,
    on: date = ON,
) -> Decision:
    return may_serve(definition, born_on=born_on, authority=authority, with_carer=with_carer, on=on)


def test_a_child_of_the_right_age_and_place_is_served() -> None:
    decision = served()
    assert decision.outcome is Outcome.MAY
    assert decision.rests_on == ("who.for",)


def test_the_day_before_the_birthday_is_the_last() -> None:
    assert served(born_on=date(2021, 6, 2)).outcome is Outcome.MAY
    too_old = served(born_on=date(2021, 6, 1))
    assert too_old.outcome is Outcome.MUST_NOT
    assert too_old.rests_on == ("who.for",)
    assert too_old.owed == ()


def test_a_birthday_on_29_february_counts_as_1_march() -> None:
    leap = date(2024, 2, 29)
    notice = tiny()
    assert served(notice, born_on=leap, on=date(2029, 2, 28)).outcome is Outcome.MAY
    assert served(notice, born_on=leap, on=date(2029, 3, 1)).outcome is Outcome.MUST_NOT


def test_the_day_of_birth_is_the_first() -> None:
    assert served(born_on=ON).outcome is Outcome.MAY
    assert served(born_on=ON + timedelta(days=1)).outcome is Outcome.MUST_NOT


@pytest.mark.parametrize("authority", ["anytown", "Anytown-on-Sea", " ANYTOWN-ON-SEA ", "Anytown"])
def test_a_place_may_be_given_by_any_of_its_names(authority: str) -> None:
    assert served(authority=authority).outcome is Outcome.MAY


@pytest.mark.parametrize("authority", ["Othertown", "", "  "])
def test_who_may_live_elsewhere_is_for_a_person_to_decide_about(authority: str) -> None:
    decision = served(authority=authority)
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("who.for",)
    assert decision.owed == ("a-person-decides",)


PAIRS_ONLY = """
- id: who.pairs
  section: who-we-are
  says: We see a baby and a parent together.
  means: {serve: {ages: {from: {weeks: 2}, until: {years: 2}}, with: parent}}
"""


def test_limits_of_several_clauses_hold_together() -> None:
    notice = tiny(PAIRS_ONLY)
    assert served(notice, born_on=date(2025, 6, 1)).rests_on == ("who.pairs", "who.for")
    assert served(notice, born_on=date(2024, 6, 1)).rests_on == ("who.pairs",)


def test_an_age_may_begin_after_birth() -> None:
    notice = tiny(PAIRS_ONLY)
    assert served(notice, born_on=date(2026, 5, 19)).outcome is Outcome.MUST_NOT
    assert served(notice, born_on=date(2026, 5, 18)).outcome is Outcome.MAY


def test_a_service_for_pairs_opens_nothing_for_a_child_alone() -> None:
    decision = served(tiny(PAIRS_ONLY), born_on=date(2025, 6, 1), with_carer=False)
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("who.pairs",)


def test_with_no_clause_that_says_whom_the_service_is_for_nobody_is_served() -> None:
    assert served(tiny(without=["who.for"])).outcome is Outcome.MUST_NOT


def test_the_law_may_open_care_that_the_notice_does_not() -> None:
    law = """
    - id: law.check-at-school
      says: The law asks us to see each child once at school.
      citation: an Act made up for this paragraph
      status: STATUS
      in_force: {from: 2021-01-01}
      means: {serve: {ages: {from: {years: 5}, until: {years: 6}}, resident_of: [anytown]}}
    """
    at_school = date(2020, 7, 1)
    decision = served(tiny(law=law.replace("STATUS", "confirmed")), born_on=at_school)
    assert decision.outcome is Outcome.MAY
    assert decision.rests_on == ("law.check-at-school",)
    unsure = served(tiny(law=law.replace("STATUS", "unconfirmed")), born_on=at_school)
    assert unsure.outcome is Outcome.MUST_NOT


def test_before_the_notice_is_in_force_nobody_is_served_under_it() -> None:
    assert served(born_on=date(2025, 12, 1), on=date(2026, 1, 4)).outcome is Outcome.MUST_NOT
    assert served(born_on=date(2025, 12, 1), on=date(2026, 1, 5)).outcome is Outcome.MAY


def test_the_last_day_of_care_is_told_beforehand() -> None:
    assert served_until(tiny(), born_on=date(2021, 6, 2), on=ON) == date(2026, 6, 2)
    assert served_until(tiny(), born_on=date(2024, 2, 29), on=ON) == date(2029, 3, 1)
    assert served_until(tiny(without=["who.for"]), born_on=date(2021, 6, 2), on=ON) is None
