"""A clause may ask for a reason: without one the items stay closed, and the reason is owed."""

from __future__ import annotations

import pytest

from kept.notices.decision import Outcome
from tests.notices.tiny import collect_clause, see_clause, seen, tiny

HOLD = collect_clause("hold.facts", "identity.name, health.allergy")
ASKS = see_clause("see.allergy", "health.allergy", more=", reason: required")
NAMES = see_clause("see.name", "identity.name")
FREELY = see_clause("see.freely", "health.allergy")


@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_without_a_reason_the_item_is_refused_and_the_reason_is_owed(reason: str) -> None:
    decision = seen(tiny(HOLD + ASKS), "health.allergy", reason=reason)
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.owed == ("reason",)
    assert dict(decision.withheld) == {"health.allergy": "see.allergy"}


def test_with_a_reason_the_item_is_open() -> None:
    decision = seen(tiny(HOLD + ASKS), "health.allergy", reason="The child has come out in a rash")
    assert decision.outcome is Outcome.MAY
    assert decision.owed == ()


def test_items_that_need_no_reason_are_open_beside_those_that_do() -> None:
    decision = seen(tiny(HOLD + ASKS + NAMES), "health.allergy", "identity.name")
    assert decision.outcome is Outcome.MAY
    assert decision.allowed == {"identity.name"}
    assert decision.owed == ("reason",)
    assert decision.withheld["health.allergy"] == "see.allergy"


@pytest.mark.parametrize("clauses", [ASKS + FREELY, FREELY + ASKS])
def test_where_one_clause_asks_for_a_reason_and_another_does_not_none_is_needed(clauses: str) -> None:
    decision = seen(tiny(HOLD + clauses), "health.allergy")
    assert decision.outcome is Outcome.MAY
    assert decision.rests_on == ("see.freely",)
