"""A `see` clause opens items to a role. What no clause opens stays closed, under need to know."""

from __future__ import annotations

import pytest

from kept.notices.decision import Outcome
from tests.notices.tiny import collect_clause, see_clause, seen, tiny

NOTICE = tiny(
    """
    - id: hold.facts
      section: what-we-hold
      says: We write down your child's name and allergies.
      means:
        collect: {items: [identity.name, health.allergy], about: [child], from: [the-person], for: [lending]}
    - id: see.name
      section: what-we-hold
      says: Your librarian sees your child's name.
      means:
        see:
          roles: [librarian]
          standing: [team]
          items: [identity.name]
          about: [child]
          for: [lending]
          to: [read]
          decided_by: Anytown Council
          decided_on: 2026-01-05
    """
)


def test_a_role_sees_what_its_clause_gives_and_the_rest_is_withheld_under_need_to_know() -> None:
    decision = seen(NOTICE, "identity.name", "health.allergy")
    assert decision.outcome is Outcome.MAY
    assert decision.allowed == {"identity.name"}
    assert decision.rests_on == ("see.name",)
    assert decision.words == "Your librarian sees your child's name."
    assert dict(decision.withheld) == {"health.allergy": "why.need-to-know"}


def test_another_role_sees_nothing() -> None:
    decision = seen(NOTICE, "identity.name", role="manager")
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("why.need-to-know",)
    assert not decision.allowed


def test_somebody_of_another_team_sees_nothing() -> None:
    decision = seen(NOTICE, "identity.name", standing="service")
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.words == "Only people who need to know see what we hold."


def test_somebody_unknown_and_somebody_of_another_service_are_refused_in_the_same_words() -> None:
    assert seen(NOTICE, "identity.name", standing="none") == seen(NOTICE, "identity.name", standing="service")


def test_the_same_item_about_another_person_of_the_family_is_closed() -> None:
    assert seen(NOTICE, "identity.name", part="parent").outcome is Outcome.MUST_NOT


def test_an_asker_of_another_service_sees_nothing_whatever_their_role_is_called() -> None:
    assert seen(NOTICE, "identity.name", service="health-visiting").outcome is Outcome.MUST_NOT


def test_leave_to_record_is_no_leave_to_read() -> None:
    notice = tiny(
        collect_clause("hold.name", "identity.name") + see_clause("see.w", "identity.name", to="record")
    )
    assert seen(notice, "identity.name").outcome is Outcome.MUST_NOT


def test_an_item_that_no_clause_collects_cannot_be_seen_and_the_refusal_names_the_end_of_its_list() -> None:
    notice = tiny(see_clause("see.all", "contact.phone, circumstances.police"))
    decision = seen(notice, "contact.phone", "circumstances.police")
    assert decision.outcome is Outcome.MUST_NOT
    assert dict(decision.withheld) == {
        "contact.phone": "hold.personal",
        "circumstances.police": "hold.careful",
    }
    assert set(decision.rests_on) == {"hold.personal", "hold.careful"}


def test_what_the_service_makes_itself_can_be_seen_without_being_collected_from_anyone() -> None:
    notice = tiny(see_clause("see.looked", "ledger.access"))
    assert seen(notice, "ledger.access").allowed == {"ledger.access"}


@pytest.mark.parametrize("safeguard", ["why.need-to-know", "why.two-keys"])
def test_where_a_safeguard_is_not_promised_nothing_is_seen(safeguard: str) -> None:
    assert seen(NOTICE, "identity.name")
    assert not seen(NOTICE.without([safeguard]), "identity.name")


def test_asking_for_nothing_is_refused_under_need_to_know() -> None:
    decision = seen(NOTICE)
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("why.need-to-know",)


def test_an_item_that_does_not_exist_is_refused_as_a_personal_one() -> None:
    decision = seen(NOTICE, "identity.name", "identity.shoe-size")
    assert decision.allowed == {"identity.name"}
    assert dict(decision.withheld) == {"identity.shoe-size": "hold.personal"}


def test_a_decision_cannot_be_changed_by_who_reads_it() -> None:
    assert not hasattr(seen(NOTICE, "identity.name", "health.allergy").withheld, "__setitem__")


def test_two_clauses_that_give_different_items_are_both_what_the_decision_rests_on() -> None:
    notice = tiny(
        collect_clause("hold.both", "identity.name, health.allergy")
        + see_clause("see.one", "identity.name")
        + see_clause("see.two", "health.allergy")
    )
    assert set(seen(notice, "identity.name", "health.allergy").rests_on) == {"see.one", "see.two"}


def test_whoever_is_named_for_a_child_may_all_that_the_team_may_and_the_team_not_what_is_theirs() -> None:
    allergy = see_clause("see.allergy", "health.allergy").replace("[team]", "[named]")
    notice = tiny(
        collect_clause("hold.facts", "identity.name, health.allergy")
        + see_clause("see.name", "identity.name")
        + allergy
    )
    assert seen(notice, "identity.name", standing="named") == seen(notice, "identity.name")
    assert seen(notice, "health.allergy", standing="named")
    assert not seen(notice, "health.allergy")
