"""The lists of items are complete: what is not on them has no field."""

from __future__ import annotations

import pytest

from kept.notices.decision import Outcome
from tests.notices.tiny import collect_clause, collected, see_clause, tiny

NOTICE = tiny(
    """
    - id: hold.name
      section: what-we-hold
      says: We write down your child's name.
      means: {collect: {items: [identity.name], about: [child], from: [the-person], for: [lending]}}
    """,
    see_clause(
        "see.all", "identity.name, contact.phone, health.allergy, circumstances.police", about="child, parent"
    ),
)


def test_a_listed_item_is_collected_under_the_clause_that_lists_it() -> None:
    decision = collected(NOTICE, "identity.name")
    assert decision.outcome is Outcome.MAY
    assert decision.rests_on == ("hold.name",)
    assert decision.words == "We write down your child's name."


@pytest.mark.parametrize(
    ("item", "closed_by"),
    [
        ("contact.phone", "hold.personal"),
        ("health.allergy", "hold.special"),
        ("circumstances.police", "hold.careful"),
    ],
)
def test_an_item_that_is_not_listed_is_refused_under_the_end_of_the_list_of_its_class(
    item: str, closed_by: str
) -> None:
    decision = collected(NOTICE, item)
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == (closed_by,)


def test_the_same_item_about_somebody_else_is_refused() -> None:
    decision = collected(NOTICE, "identity.name", part="parent")
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("hold.personal",)


def test_a_role_that_does_not_need_the_item_does_not_write_it_down() -> None:
    decision = collected(NOTICE, "identity.name", role="manager")
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("why.need-to-know",)


def test_leave_to_read_is_no_leave_to_write_down() -> None:
    notice = tiny(
        collect_clause("hold.name", "identity.name") + see_clause("see.r", "identity.name", to="read")
    )
    assert collected(notice, "identity.name").rests_on == ("why.need-to-know",)


def test_what_is_listed_is_allowed_beside_what_is_not() -> None:
    decision = collected(NOTICE, "identity.name", "contact.phone")
    assert decision.outcome is Outcome.MAY
    assert decision.allowed == {"identity.name"}
    assert dict(decision.withheld) == {"contact.phone": "hold.personal"}


def test_an_item_that_no_rule_says_how_long_to_keep_is_not_collected() -> None:
    notice = tiny(
        collect_clause("hold.name", "identity.name") + see_clause("see.all", "identity.name"),
        without=["long.membership"],
    )
    decision = collected(notice, "identity.name")
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("hold.personal",)


def test_a_reason_that_a_role_must_give_to_see_it_must_give_to_write_down() -> None:
    notice = tiny(
        collect_clause("hold.a", "health.allergy")
        + see_clause("see.a", "health.allergy", more=", reason: required")
    )
    assert collected(notice, "health.allergy").owed == ("reason",)
    assert collected(notice, "health.allergy", reason="A rash after snack time").outcome is Outcome.MAY
