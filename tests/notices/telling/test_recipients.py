"""The list of recipients is closed, and each has its own items and purposes."""

from __future__ import annotations

from datetime import date

import pytest

from kept.notices.decision import Decision, Outcome
from kept.notices.definition import Definition
from kept.notices.questions import Agreement, Objection, may_tell
from tests.notices.tiny import ON, asker, collect_clause, tiny

HOLD = collect_clause(
    "hold.facts", "identity.name, identity.date-of-birth, health.allergy", about="child, parent"
)
TELL = """
- id: tell.nursery
  section: who-we-tell
  says: We tell your nursery about allergies.
  means:
    tell: {recipients: [nursery], items: [identity.name, health.allergy], about: [child], for: [lending],
           agreement: {ask: never}}
"""
NOTICE = tiny(HOLD, TELL)
ALLERGY = ("identity.name", "health.allergy")


def told(
    definition: Definition = NOTICE,
    *items: str,
    recipient: str = "nursery",
    part: str = "child",
    purpose: str = "lending",
    reason: str = "",
    agreements: tuple[Agreement, ...] = (),
    objections: tuple[Objection, ...] = (),
    service: str = "toy-library",
    on: date = ON,
) -> Decision:
    return may_tell(
        definition,
        by=asker(service=service),
        recipient=recipient,
        part=part,
        items=frozenset(items or ALLERGY),
        purpose=purpose,
        reason=reason,
        agreements=agreements,
        objections=objections,
        on=on,
    )


def test_a_listed_recipient_may_be_told_the_items_of_its_list() -> None:
    decision = told()
    assert decision.outcome is Outcome.MAY
    assert decision.rests_on == ("tell.nursery",)
    assert decision.allowed == set(ALLERGY)
    assert decision.owed == ("record",)


def test_an_item_that_is_not_on_the_list_of_the_recipient_stays_behind() -> None:
    decision = told(NOTICE, "identity.name", "identity.date-of-birth")
    assert decision.allowed == {"identity.name"}
    assert dict(decision.withheld) == {"identity.date-of-birth": "tell.nursery"}


def test_an_item_that_the_service_does_not_hold_cannot_be_told() -> None:
    decision = told(tiny(TELL, collect_clause("hold.name", "identity.name")), *ALLERGY)
    assert decision.allowed == {"identity.name"}
    assert dict(decision.withheld) == {"health.allergy": "hold.special"}


@pytest.mark.parametrize("recipient", ["old-nursery", "police", "", "Nursery"])
def test_a_recipient_that_no_clause_lists_is_refused_under_the_ends_of_both_lists(
    recipient: str,
) -> None:
    decision = told(recipient=recipient)
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("tell.only", "why.only")
    assert decision.owed == ("record",)


def test_a_recipient_that_has_left_the_register_is_refused() -> None:
    notice = tiny(HOLD, TELL.replace("[nursery]", "[nursery, old-nursery]"))
    assert told(notice, recipient="nursery").outcome is Outcome.MAY
    assert told(notice, recipient="old-nursery").rests_on == ("tell.only", "why.only")


def test_a_listed_recipient_is_refused_about_somebody_else_and_the_refusal_names_its_clause() -> None:
    assert told(part="parent").rests_on == ("tell.nursery",)


def test_a_purpose_that_permits_no_telling_tells_nobody() -> None:
    quiet = """
    - id: why.quiet
      section: why
      says: We use it to learn, and tell nobody.
      means: {use: {purpose: improving, basis: [article-6.public-task, article-9.health-care], permits: [read]}}
    """
    notice = tiny(HOLD, TELL.replace("for: [lending]", "for: [lending, improving]"), quiet)
    assert told(notice, purpose="improving").rests_on == ("why.quiet",)
    assert told(notice, purpose="marketing").rests_on == ("why.only",)


def test_nobody_of_another_service_tells_anything() -> None:
    assert told(service="health-visiting").rests_on == ("why.need-to-know",)


def test_nothing_is_told_where_a_safeguard_is_not_promised() -> None:
    assert told(NOTICE.without(["why.two-keys"])).outcome is Outcome.MUST_NOT


def test_a_special_item_is_told_only_on_a_condition_of_article_9() -> None:
    plain = """
    - id: why.plain
      section: why
      says: We use what we know to lend you toys.
      means: {use: {purpose: lending, basis: [article-6.public-task], permits: [read, record, tell]}}
    """
    assert told(tiny(HOLD, TELL, plain, without=["why.lending"])).allowed == {"identity.name"}


def test_a_clause_without_an_agreement_rule_tells_nobody() -> None:
    clause = NOTICE.by_id["tell.nursery"]
    without_rule = _without_rule(NOTICE, clause.id)
    assert told(without_rule).outcome is Outcome.MUST_NOT
    assert told(without_rule).rests_on == ("tell.nursery",)


def _without_rule(definition: Definition, name: str) -> Definition:
    from dataclasses import replace

    from kept.notices.means import Tell

    clauses = tuple(
        replace(
            clause,
            means=tuple(replace(m, agreement=None) if isinstance(m, Tell) else m for m in clause.means),
        )
        if clause.id == name
        else clause
        for clause in definition.clauses
    )
    return replace(definition, clauses=clauses)
