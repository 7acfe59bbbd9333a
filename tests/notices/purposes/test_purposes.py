"""A purpose that no clause opens is refused, and the refusal names the clause that ends the list."""

from __future__ import annotations

import pytest

from kept.notices.decision import Outcome
from kept.notices.definition import Definition
from tests.notices.tiny import collect_clause, collected, see_clause, seen, tiny

HOLD = collect_clause("hold.facts", "identity.name, health.allergy, circumstances.police")
SEE = see_clause("see.all", "identity.name, health.allergy, circumstances.police")


@pytest.mark.parametrize("purpose", ["marketing", "audit", "", "LENDING"])
def test_any_other_purpose_is_refused_under_the_end_of_the_list(purpose: str) -> None:
    notice = tiny(HOLD + SEE, without=["law.audit"])
    decision = seen(notice, "identity.name", purpose=purpose)
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("why.only",)
    assert collected(notice, "identity.name", purpose=purpose).rests_on == ("why.only",)


def test_a_purpose_that_the_law_opens_goes_past_the_list_of_the_notice() -> None:
    decision = seen(tiny(), "ledger.access", role="privacy-officer", standing="service", purpose="audit")
    assert decision.outcome is Outcome.MAY
    assert decision.rests_on == ("law.audit",)


def test_a_purpose_permits_no_more_than_its_clause_says() -> None:
    counts = """
    - id: why.counting
      section: why
      says: We count loans to make the library better.
      means: {use: {purpose: improving, basis: [article-6.public-task], permits: [count]}}
    """
    decision = seen(tiny(counts), "identity.name", purpose="improving")
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("why.counting",)
    assert decision.words == "We count loans to make the library better."


LENDING = """
- id: why.lending-on-one-basis
  section: why
  says: We use what we know to lend you toys.
  means: {use: {purpose: lending, basis: [BASIS], permits: [read, record]}}
"""


def lending_on(basis: str) -> Definition:
    """A notice whose only purpose rests on one list of legal bases."""
    law = """
    - id: article-6.consent
      says: You said yes.
      citation: UK GDPR Article 6(1)(a)
      status: confirmed
      in_force: {from: 2021-01-01}
      means: {explain: {}}
    - id: article-6.not-yet
      says: The law will ask us to do this.
      citation: none yet
      status: confirmed
      in_force: {from: 2030-01-01}
      means: {explain: {}}
    - id: article-10.safety
      says: The law lets us use facts about crime.
      citation: UK GDPR Article 10
      status: unconfirmed
      in_force: {from: 2021-01-01}
      means: {explain: {}}
    """
    return tiny(HOLD + SEE + LENDING.replace("BASIS", basis), law=law, without=["why.lending"])


def test_a_purpose_without_a_basis_of_article_6_is_not_open() -> None:
    assert seen(lending_on("article-9.health-care"), "identity.name").rests_on == ("why.only",)


def test_consent_opens_no_purpose_because_care_waits_for_nobodys_consent() -> None:
    assert seen(lending_on("article-6.consent"), "identity.name").rests_on == ("why.only",)


def test_a_basis_that_is_not_in_force_yet_opens_nothing() -> None:
    assert seen(lending_on("article-6.not-yet"), "identity.name").rests_on == ("why.only",)


def test_a_basis_that_is_not_confirmed_is_enough_to_act_on() -> None:
    notice = lending_on("article-6.public-task, article-9.health-care")
    assert not notice.by_id["article-9.health-care"].confirmed
    assert seen(notice, "health.allergy").outcome is Outcome.MAY


def test_a_special_item_needs_a_condition_of_article_9() -> None:
    notice = lending_on("article-6.public-task")
    assert seen(notice, "identity.name", "health.allergy").allowed == {"identity.name"}
    assert collected(notice, "identity.name", "health.allergy").allowed == {"identity.name"}


def test_an_item_about_crime_needs_a_condition_of_article_10() -> None:
    assert not seen(lending_on("article-6.public-task, article-9.health-care"), "circumstances.police")
    assert seen(lending_on("article-6.public-task, article-10.safety"), "circumstances.police")
