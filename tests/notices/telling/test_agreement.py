"""Where the notice says that the family is asked, nothing goes before it agrees; save to keep someone safe."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kept.notices.decision import Outcome
from kept.notices.questions import Agreement, Objection
from tests.notices.telling.test_recipients import ALLERGY, HOLD, TELL, told
from tests.notices.tiny import ON, tiny

ASK = TELL.replace("agreement: {ask: never}", "agreement: {ask: first}")
YES = Agreement("nursery", frozenset(ALLERGY), "lending", from_on=ON - timedelta(days=30))


def test_until_the_family_agrees_the_answer_is_ask() -> None:
    decision = told(tiny(HOLD, ASK))
    assert decision.outcome is Outcome.ASK
    assert not decision
    assert decision.allowed == frozenset()
    assert decision.owed == ("record", "ask")


def test_once_the_family_agrees_the_items_may_go() -> None:
    decision = told(tiny(HOLD, ASK), agreements=(YES,))
    assert decision.outcome is Outcome.MAY
    assert decision.allowed == set(ALLERGY)


def test_what_was_not_agreed_to_is_asked_for_beside_what_may_go() -> None:
    name_only = Agreement("nursery", frozenset({"identity.name"}), "lending", from_on=ON)
    decision = told(tiny(HOLD, ASK), agreements=(name_only,))
    assert decision.outcome is Outcome.MAY
    assert decision.allowed == {"identity.name"}
    assert "ask" in decision.owed


@pytest.mark.parametrize(
    "agreement",
    [
        Agreement("nursery", frozenset(ALLERGY), "lending", from_on=ON + timedelta(days=1)),
        Agreement("nursery", frozenset(ALLERGY), "lending", from_on=date(2026, 1, 1), until_on=ON),
        Agreement("nursery", frozenset(ALLERGY), "improving", from_on=date(2026, 1, 1)),
        Agreement("school", frozenset(ALLERGY), "lending", from_on=date(2026, 1, 1)),
        Agreement("nursery", frozenset({"contact.phone"}), "lending", from_on=date(2026, 1, 1)),
    ],
    ids=["not yet", "withdrawn", "another purpose", "another recipient", "other items"],
)
def test_an_agreement_to_something_else_is_none(agreement: Agreement) -> None:
    assert told(tiny(HOLD, ASK), agreements=(agreement,)).outcome is Outcome.ASK


EXCEPT = TELL.replace("agreement: {ask: never}", "agreement: {ask: first, except: [lending]}")


def test_for_an_excepted_purpose_nobody_is_asked_but_a_reason_is_owed() -> None:
    notice = tiny(HOLD, EXCEPT)
    assert told(notice, reason="The child is in danger").outcome is Outcome.MAY
    silent = told(notice, reason=" ")
    assert silent.outcome is Outcome.MUST_NOT
    assert "reason" in silent.owed


def test_a_clause_that_asks_for_a_reason_tells_nothing_without_one() -> None:
    notice = tiny(HOLD, TELL.replace("agreement: {ask: never}", "agreement: {ask: never}, reason: required"))
    assert told(notice).outcome is Outcome.MUST_NOT
    assert told(notice).owed == ("record", "reason")
    assert told(notice, reason="They asked what the child can eat").outcome is Outcome.MAY


@pytest.mark.parametrize(
    "objection",
    [Objection(ON), Objection(ON, recipient="nursery"), Objection(ON, purpose="lending")],
    ids=["to everything", "to the recipient", "to the purpose"],
)
def test_an_objection_stops_a_telling_that_needs_no_agreement_and_one_that_was_agreed_to(
    objection: Objection,
) -> None:
    assert told(tiny(HOLD, TELL), objections=(objection,)).outcome is Outcome.MUST_NOT
    assert told(tiny(HOLD, ASK), agreements=(YES,), objections=(objection,)).outcome is Outcome.MUST_NOT


def test_the_refusal_names_the_right_to_object_where_something_gives_it() -> None:
    law = """
    - id: law.object
      says: You can say no.
      citation: UK GDPR Article 21
      status: unconfirmed
      in_force: {from: 2021-01-01}
      means: {right: {right: objection}}
    """
    assert told(tiny(HOLD, TELL, law=law), objections=(Objection(ON),)).rests_on == ("law.object",)


def test_an_objection_that_was_taken_back_or_is_about_something_else_stops_nothing() -> None:
    past = Objection(date(2026, 1, 1), until_on=ON)
    other = Objection(date(2026, 1, 1), recipient="school")
    assert told(tiny(HOLD, TELL), objections=(past, other)).outcome is Outcome.MAY


def test_what_is_promised_to_the_family_after_a_telling_is_owed() -> None:
    promise = """
    - id: tell.you-too
      section: who-we-tell
      says: We tell you whom we told.
      means: {inform: {of: share, owed: [record, tell-family]}}
    """
    assert told(tiny(HOLD, TELL, promise)).owed == ("record", "tell-family")
    assert told(tiny(HOLD, ASK, promise)).owed == ("record", "ask")
