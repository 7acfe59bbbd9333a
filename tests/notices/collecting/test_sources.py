"""Every fact names its source, and only the sources that the notice names are taken."""

from __future__ import annotations

from kept.notices.decision import Outcome
from tests.notices.tiny import collect_clause, collected, see_clause, tiny

SEE = see_clause("see.all", "identity.name")
HOLD = collect_clause("hold.name", "identity.name", sources="the-person, someone-who-knows-them")
SOURCES = """
- id: hold.sources
  section: what-we-hold
  says: We ask you, or people who know you.
  means: {collect: {closes: sources}}
"""


def test_each_source_that_the_clause_names_is_taken() -> None:
    notice = tiny(HOLD + SEE)
    assert collected(notice, "identity.name", source="the-person").outcome is Outcome.MAY
    assert collected(notice, "identity.name", source="someone-who-knows-them").outcome is Outcome.MAY


def test_another_source_is_refused_under_the_clause_that_names_the_sources() -> None:
    decision = collected(tiny(HOLD + SEE + SOURCES), "identity.name", source="social-care-organisation")
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("hold.sources",)


def test_where_no_clause_closes_the_list_the_refusal_names_the_clause_that_lists_the_item() -> None:
    decision = collected(tiny(HOLD + SEE), "identity.name", source="social-care-organisation")
    assert decision.rests_on == ("hold.name",)


def test_a_fact_without_a_source_is_refused() -> None:
    assert collected(tiny(HOLD + SEE), "identity.name", source="").outcome is Outcome.MUST_NOT


def test_one_item_may_have_other_sources_about_another_person() -> None:
    notice = tiny(
        collect_clause("hold.child", "identity.name", sources="health-organisation")
        + collect_clause("hold.parent", "identity.name", about="parent")
        + see_clause("see.all", "identity.name", about="child, parent")
    )
    assert (
        collected(notice, "identity.name", part="child", source="health-organisation").outcome is Outcome.MAY
    )
    assert collected(notice, "identity.name", part="parent", source="health-organisation").rests_on == (
        "hold.parent",
    )
