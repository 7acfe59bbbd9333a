"""Each right is answered under the clause that names it, the law that gives it, and its clock."""

from __future__ import annotations

from datetime import date

from kept.notices.decision import Outcome
from kept.notices.questions import clock_of, may_ask
from tests.notices.tiny import ON, tiny

PROMISE = """
- id: rights.see
  section: rights
  says: You can ask to see what we hold about you.
  means: {right: {right: access, deadline: law.access-clock}}
- id: rights.heading
  section: rights
  says: The law gives you rights.
  means: {right: {right: any}}
"""
LAW = """
- id: law.access
  says: You can ask for a copy.
  citation: UK GDPR Article 15
  status: confirmed
  effect: must
  in_force: {from: 2018-05-25}
  means: {right: {right: access, deadline: law.access-clock}}
- id: law.erasure
  says: You can ask us to let facts go.
  citation: UK GDPR Article 17
  status: unconfirmed
  effect: must
  in_force: {from: 2018-05-25}
  means: {right: {right: erasure, deadline: law.access-clock}}
- id: law.complain
  says: You can complain to us.
  citation: Data Protection Act 2018 section 164A
  status: confirmed
  effect: must
  in_force: {from: 2026-06-19}
  means: {right: {right: complain-to-controller}}
"""
NOTICE = tiny(PROMISE, law=LAW)


def test_a_right_that_the_law_obliges_us_to_answer_must_be() -> None:
    decision = may_ask(NOTICE, right="access", about_self=True, on=ON)
    assert decision.outcome is Outcome.MUST
    assert decision.rests_on == ("rights.see", "law.access", "law.access-clock")
    assert decision.owed == ("record", "identity")


def test_a_right_that_the_notice_leaves_out_is_answered_too() -> None:
    decision = may_ask(NOTICE, right="erasure", about_self=True, on=ON)
    assert bool(decision)
    assert decision.rests_on[0] == "law.erasure"


def test_law_that_is_not_confirmed_gives_no_must() -> None:
    assert may_ask(NOTICE, right="erasure", about_self=True, on=ON).outcome is Outcome.MAY


def test_a_right_that_nothing_gives_is_refused_under_the_clause_about_rights() -> None:
    decision = may_ask(NOTICE, right="portability", about_self=True, on=ON)
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("rights.heading",)
    assert may_ask(NOTICE, right="any", about_self=True, on=ON).outcome is Outcome.MUST_NOT


def test_a_parent_with_parental_responsibility_may_ask_for_a_child() -> None:
    decision = may_ask(NOTICE, right="access", about_self=False, parental_responsibility=True, on=ON)
    assert decision.outcome is Outcome.MUST


def test_somebody_without_it_is_for_a_person_to_decide_about() -> None:
    decision = may_ask(NOTICE, right="access", about_self=False, on=ON)
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.owed == ("a-person-decides",)


def test_anybody_may_complain_and_nobody_is_asked_to_prove_who_they_are_first() -> None:
    decision = may_ask(NOTICE, right="complain-to-controller", about_self=False, on=date(2026, 6, 19))
    assert decision.outcome is Outcome.MUST
    assert decision.owed == ("record",)


def test_a_right_begins_on_the_day_on_which_its_law_does() -> None:
    before = may_ask(NOTICE, right="complain-to-controller", about_self=True, on=date(2026, 6, 18))
    assert before.outcome is Outcome.MUST_NOT


def test_the_clock_of_a_right_is_the_laws() -> None:
    assert clock_of(NOTICE, right="access", on=ON) == "law.access-clock"
    assert clock_of(NOTICE, right="complain-to-controller", on=date(2026, 7, 1)) == "law.complain"
    assert clock_of(NOTICE, right="portability", on=ON) == ""
