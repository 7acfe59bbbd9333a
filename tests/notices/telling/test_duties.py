"""The law may oblige us to tell, may forbid it, or may allow it for a purpose of its own."""

from __future__ import annotations

from kept.notices.decision import Outcome
from kept.notices.definition import Definition
from kept.notices.questions import Objection
from tests.notices.telling.test_agreement import ASK
from tests.notices.telling.test_recipients import HOLD, TELL, told
from tests.notices.tiny import ON, tiny

LAW = """
- id: law.safety
  says: The law asks us to tell who keeps children safe.
  citation: an Act made up for this paragraph
  status: STATUS
  in_force: {from: 2021-01-01}
  effect: EFFECT
  means:
    tell: {recipients: [nursery], items: [identity.name], about: [child], for: [PURPOSE],
           agreement: {ask: never}, reason: required}
"""
RESCUE = """
- id: law.rescue
  says: The law lets us save a life.
  citation: an Act made up for this paragraph
  status: confirmed
  in_force: {from: 2021-01-01}
  means: {use: {purpose: audit, basis: [article-6.public-task], permits: [tell]}}
"""


def lawful(
    *clauses: str, status: str = "confirmed", effect: str = "must", purpose: str = "lending"
) -> Definition:
    law = LAW.replace("STATUS", status).replace("EFFECT", effect).replace("PURPOSE", purpose)
    return tiny(HOLD, *clauses, law=law + RESCUE)


def test_a_confirmed_duty_must_be_done_and_nobody_is_asked() -> None:
    decision = told(lawful(ASK), "identity.name", reason="The child is in danger")
    assert decision.outcome is Outcome.MUST
    assert decision.rests_on == ("law.safety",)
    assert bool(decision)


def test_a_duty_without_a_reason_is_not_done_in_silence() -> None:
    decision = told(lawful(), "identity.name")
    assert decision.outcome is Outcome.MUST_NOT
    assert "reason" in decision.owed


def test_an_objection_does_not_stop_a_duty() -> None:
    decision = told(lawful(TELL), "identity.name", reason="in danger", objections=(Objection(ON),))
    assert decision.outcome is Outcome.MUST


def test_what_the_promise_allows_goes_with_what_the_duty_asks_for() -> None:
    decision = told(lawful(TELL), reason="in danger")
    assert decision.outcome is Outcome.MUST
    assert decision.allowed == {"identity.name", "health.allergy"}
    assert decision.rests_on == ("law.safety", "tell.nursery")


def test_a_duty_that_is_not_confirmed_stands_beside_the_answer_and_decides_nothing() -> None:
    decision = told(lawful(ASK, status="unconfirmed"), "identity.name", reason="in danger")
    assert decision.outcome is Outcome.ASK
    assert decision.beside == ("law.safety",)
    assert told(lawful(ASK), "identity.name", reason="in danger").beside == ()


def test_confirmed_law_that_forbids_goes_before_every_promise() -> None:
    decision = told(lawful(TELL, effect="must-not"), reason="in danger")
    assert decision.allowed == {"health.allergy"}
    assert decision.withheld["identity.name"] == "law.safety"
    assert told(lawful(TELL, effect="must-not", status="unconfirmed"), reason="in danger").allowed == {
        "identity.name",
        "health.allergy",
    }


def test_leave_of_the_law_does_not_go_round_a_promise_to_ask_first() -> None:
    decision = told(lawful(ASK, effect="may"), "identity.name", reason="it helps")
    assert decision.outcome is Outcome.ASK


def test_leave_of_the_law_counts_for_a_purpose_that_only_the_law_opens() -> None:
    decision = told(lawful(effect="may", purpose="audit"), "identity.name", purpose="audit", reason="a life")
    assert decision.outcome is Outcome.MAY
    assert decision.rests_on == ("law.safety",)
