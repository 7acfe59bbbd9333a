"""A figure leaves only for a listed purpose, and only from the threshold up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kept.notices.decision import Decision, Outcome
from kept.notices.definition import Definition
from kept.notices.means import Count
from kept.notices.questions import may_count
from tests.notices.tiny import ON, asker, tiny

COUNTS = """
- id: why.counting
  section: why
  says: We count loans to make the library better.
  means:
    use: {purpose: improving, basis: [article-6.public-task], permits: [count]}
    count: {for: [improving], threshold: 5}
"""
NOTICE = tiny(COUNTS)


def counted(
    definition: Definition = NOTICE, *figures: int, purpose: str = "improving", service: str = "toy-library"
) -> Decision:
    return may_count(
        definition, by=asker("manager", service=service), purpose=purpose, figures=figures, on=ON
    )


def test_figures_from_the_threshold_up_may_leave_and_nought_too() -> None:
    decision = counted(NOTICE, 5, 0, 700)
    assert decision.outcome is Outcome.MAY
    assert decision.rests_on == ("why.counting",)
    assert decision.owed == ("record",)


@pytest.mark.parametrize("small", [1, 4, -1])
def test_one_figure_under_the_threshold_holds_all_of_them_back(small: int) -> None:
    decision = counted(NOTICE, 700, small)
    assert decision.outcome is Outcome.MUST_NOT
    assert decision.rests_on == ("why.counting",)


def test_another_purpose_is_refused_under_the_end_of_the_list() -> None:
    assert counted(purpose="prove-funding").rests_on == ("why.only",)


def test_a_purpose_that_permits_no_counting_is_refused_under_its_own_clause() -> None:
    assert counted(purpose="lending").rests_on == ("why.lending",)


def test_a_clause_without_a_threshold_lets_nothing_leave() -> None:
    clauses = tuple(
        replace(c, means=tuple(replace(m, threshold=None) if isinstance(m, Count) else m for m in c.means))
        for c in NOTICE.clauses
    )
    assert counted(replace(NOTICE, clauses=clauses), 700).outcome is Outcome.MUST_NOT


def test_nobody_of_another_service_counts_here() -> None:
    assert counted(NOTICE, 700, service="health-visiting").outcome is Outcome.MUST_NOT
