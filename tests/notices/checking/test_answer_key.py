"""The two published notices: what a good check reports of them, and nothing that is not so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kept.notices.checks.check import check
from kept.notices.definition import Definition
from tests.notices.real import definition_of

RENAMED_ON = date(2026, 9, 30)
SERVICES = ("health-visiting", "parent-infant-relationship")
LEFT_OUT_BY_BOTH = {
    "article-13.1.a",
    "article-13.1.a.roles",
    "article-13.1.b",
    "article-13.1.c.basis",
    "article-13.1.f",
    "article-13.2.a",
    "article-13.2.b.erasure",
    "article-13.2.b.restriction",
    "article-13.2.b.objection",
    "article-13.2.b.portability",
    "article-13.2.c",
    "article-13.2.ca",
    "article-13.2.e",
    "article-13.2.f",
    "article-14.1.d",
    "article-14.2.f",
    "article-14.3",
    "good-practice.changes",
    "good-practice.opt-out",
    "good-practice.childs-rights",
    "good-practice.other-carers",
}
PUBLISHED_DEFECTS = {
    "health-visiting": {
        ("published.wrong-name", "hv-4.12"),
        ("published.wrong-class", "hv-3.23"),
        ("published.wrong-address", "hv-8.02"),
        ("published.typing-error", "hv-2.01"),
        ("published.typing-error", "hv-3.35"),
    },
    "parent-infant-relationship": {
        ("published.inconsistent-name", "pairs-1.03"),
        ("published.wrong-class", "pairs-3.15"),
        ("published.wrong-class", "pairs-3.16"),
        ("published.wrong-address", "pairs-8.02"),
        ("published.typing-error", "pairs-3.25"),
        ("published.unfinished", "pairs-8.02"),
    },
}


@pytest.fixture(params=SERVICES)
def definition(request: pytest.FixtureRequest) -> Definition:
    return definition_of(request.param)


def codes(definition: Definition, on: date) -> set[str]:
    return {finding.code for finding in check(definition, on=on)}


def test_the_articles_left_out_are_those_of_the_answer_key(definition: Definition) -> None:
    said = {
        code
        for code in codes(definition, date(2026, 11, 22))
        if code.startswith(("article-", "good-practice"))
    }
    own = {"good-practice.objection-route"} if definition.service == "health-visiting" else set()
    assert said == LEFT_OUT_BY_BOTH | own


def test_the_complaint_to_the_controller_is_left_out_from_the_day_of_its_law_on() -> None:
    health_visiting = definition_of("health-visiting")
    assert "article-13.2.ca" not in codes(health_visiting, date(2026, 6, 18))
    assert "article-13.2.ca" in codes(health_visiting, date(2026, 6, 19))


def test_the_published_defects_are_reported(definition: Definition) -> None:
    said = {(finding.code, finding.about) for finding in check(definition, on=date(2026, 11, 22))}
    assert PUBLISHED_DEFECTS[definition.service] <= said


def test_the_regulator_is_stale_on_the_day_it_was_renamed_and_not_before(definition: Definition) -> None:
    before, after = codes(definition, RENAMED_ON - timedelta(days=1)), codes(definition, RENAMED_ON)
    assert {"stale.regulator", "published.obsolete-name"}.isdisjoint(before)
    assert {"stale.regulator", "published.obsolete-name"} <= after


def test_only_the_notice_that_promises_to_ask_first_conflicts_with_the_duty_to_share() -> None:
    pairs = codes(definition_of("parent-infant-relationship"), RENAMED_ON)
    assert "asks-before-duty" in pairs
    assert "asks-before-duty" not in codes(
        definition_of("parent-infant-relationship"), RENAMED_ON - timedelta(days=1)
    )
    assert "asks-before-duty" not in codes(definition_of("health-visiting"), RENAMED_ON)


@pytest.mark.parametrize(
    "code",
    ["no-legal-basis", "no-condition", "no-rule", "no-channel", "not-registered", "no-safeguard", "not-carried-out",
     "unreachable-item", "unused-purpose", "article-13.1.c", "article-13.1.e", "article-13.2.b.access",
     "article-13.2.b.rectification", "article-13.2.d", "long-sentence", "hard-to-read", "unexplained-acronym"],
)  # fmt: skip
def test_what_is_not_so_is_not_reported(definition: Definition, code: str) -> None:
    assert code not in codes(definition, date(2026, 11, 22))
