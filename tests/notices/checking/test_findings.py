"""Each finding appears when its cause does, and goes when the cause is mended."""

from __future__ import annotations

from datetime import date

import pytest

from kept.notices.checks.check import check
from kept.notices.definition import Definition
from kept.notices.findings import Finding
from kept.notices.loading import load
from tests.notices.tiny import NOTICE, ON, changed, collect_clause, see_clause, texts, tiny, toy_library

ARTICLES_THE_TOY_LIBRARY_LEAVES_OUT = {
    "article-13.1.a.roles",
    "article-13.1.b",
    "article-13.1.f",
    "article-13.2.b.erasure",
    "article-13.2.b.objection",
    "article-13.2.b.portability",
    "article-13.2.b.rectification",
    "article-13.2.b.restriction",
    "article-13.2.c",
    "article-13.2.d",
    "article-13.2.e",
    "article-13.2.f",
    "article-14.1.d",
    "article-14.2.f",
    "good-practice.changes",
    "good-practice.childs-rights",
    "good-practice.opt-out",
    "good-practice.other-carers",
}


def found(definition: Definition, code: str, *, on: date = ON) -> list[Finding]:
    return [finding for finding in check(definition, on=on) if finding.code == code]


def codes(definition: Definition, *, on: date = ON) -> set[str]:
    return {finding.code for finding in check(definition, on=on)}


def test_the_articles_that_a_notice_leaves_out_are_listed_and_no_others() -> None:
    said = {code for code in codes(toy_library()) if code.startswith(("article-", "good-practice"))}
    assert said == ARTICLES_THE_TOY_LIBRARY_LEAVES_OUT


@pytest.mark.parametrize(
    ("means", "gone"),
    [
        ("inform: {of: transfers}", "article-13.1.f"),
        ("inform: {of: must-you-tell-us}", "article-13.2.e"),
        ("right: {right: erasure}", "article-13.2.b.erasure"),
        ("right: {right: withdraw-agreement}", "article-13.2.c"),
        ("right: {right: no-decision-by-program}", "article-13.2.f"),
        ("right: {right: complain-to-regulator}", "article-13.2.d"),
        ("identify: {as: data-protection-officer, body: anytown-council}", "article-13.1.b"),
    ],
)
def test_what_a_published_clause_says_is_not_left_out_any_more(means: str, gone: str) -> None:
    mended = changed(
        NOTICE, "explain: {because: 'It names no person, item, limit, recipient or duty.'}", means
    )
    assert gone not in codes(load(mended, service="toy-library"))
    proposed = mended | {
        NOTICE: mended[NOTICE].replace("  source: [toys-8.02]\n", "  status: proposed\n  source: []\n")
    }
    assert gone in codes(load(proposed, service="toy-library"))


def test_a_typed_defect_of_a_published_statement_is_reported_from_its_day_on() -> None:
    line = next(line for line in texts()["statements.yaml"].splitlines() if "toys-1.01" in line)
    defect = (
        line[:-1] + ", defects: [{kind: obsolete-name, note: the council was renamed, since: 2026-05-01}]}"
    )
    notice = load(changed("statements.yaml", line, defect), service="toy-library")
    assert found(notice, "published.obsolete-name", on=date(2026, 4, 30)) == []
    (finding,) = found(notice, "published.obsolete-name", on=date(2026, 5, 1))
    assert (finding.about, finding.words) == ("toys-1.01", "The council was renamed.")


def test_a_statement_that_no_clause_carries_out_is_reported() -> None:
    notice = toy_library()
    assert found(notice, "not-carried-out") == []
    (finding,) = found(notice.without(["contact.desk"]), "not-carried-out")
    assert finding.about == "toys-7.01"


def test_a_name_that_changed_after_the_notice_was_dated_is_stale_from_that_day_on() -> None:
    notice = toy_library()
    assert found(notice, "stale.deliverer", on=date(2026, 2, 28)) == []
    (finding,) = found(notice, "stale.deliverer", on=date(2026, 3, 1))
    assert finding.about == "who.delivers"
    assert finding.words == "The notice says “Toy Trust”; the name is now “The Toy and Play Trust”."


def test_law_that_began_after_the_notice_was_dated_has_overtaken_it() -> None:
    notice = toy_library()
    assert "law.access-clock" not in {
        finding.about for finding in found(notice, "overtaken", on=date(2026, 2, 4))
    }
    assert "law.access-clock" in {
        finding.about for finding in found(notice, "overtaken", on=date(2026, 2, 5))
    }


def test_law_that_began_on_the_day_of_the_notice_or_before_has_not_overtaken_it() -> None:
    law = """
    - id: law.same-day
      says: The law says so.
      citation: an Act made up for this paragraph
      status: confirmed
      in_force: {from: 2026-01-05}
      means: {explain: {}}
    """
    assert "law.same-day" not in {finding.about for finding in found(tiny(law=law), "overtaken")}


DUTY = """
- id: law.duty
  says: The law asks us to tell who keeps children safe.
  citation: an Act made up for this paragraph
  status: STATUS
  in_force: {from: 2025-01-01}
  effect: must
  means:
    tell: {recipients: [nursery, old-nursery], items: [identity.name], about: [child], for: [lending],
           agreement: {ask: never}}
"""
ASK = """
- id: tell.nursery
  section: who-we-tell
  says: We tell your nursery, if you agree.
  means:
    tell: {recipients: [nursery], items: [identity.name], about: [child], for: [lending], agreement: {ask: first}}
"""


def test_a_promise_to_ask_first_and_a_closed_list_conflict_with_a_duty_to_tell() -> None:
    notice = tiny(ASK, law=DUTY.replace("STATUS", "confirmed"))
    (asks,) = found(notice, "asks-before-duty")
    assert "“nursery”" in asks.words
    assert "“old-nursery”" not in asks.words
    (unnamed,) = found(notice, "conflict")
    assert "“old-nursery”" in unnamed.words
    assert "“nursery”" not in unnamed.words


def test_a_conflict_with_law_that_is_not_confirmed_says_so() -> None:
    (finding,) = found(tiny(ASK, law=DUTY.replace("STATUS", "unconfirmed")), "asks-before-duty")
    assert finding.words.endswith("The law is not confirmed, and decides nothing yet.")


def test_a_promise_of_what_the_law_forbids_is_a_conflict() -> None:
    law = """
    - id: law.no-names
      says: The law forbids us to write names down.
      citation: an Act made up for this paragraph
      status: confirmed
      in_force: {from: 2025-01-01}
      effect: must-not
      means: {collect: {items: [identity.name], about: [child], from: [the-person], for: [lending]}}
    """
    (finding,) = found(tiny(collect_clause("hold.name", "identity.name"), law=law), "conflict")
    assert finding.about == "hold.name"


def test_a_purpose_without_a_legal_basis_and_a_special_item_without_its_condition_are_named() -> None:
    baseless = """
    - id: why.baseless
      section: why
      says: We do it because we do.
      means: {use: {purpose: improving, basis: [article-9.health-care], permits: [read]}}
    - id: why.plain
      section: why
      says: We use what we know to lend you toys.
      means: {use: {purpose: lending, basis: [article-6.public-task], permits: [read, record]}}
    """
    notice = tiny(baseless, collect_clause("hold.a", "health.allergy"), without=["why.lending"])
    assert [finding.about for finding in found(notice, "no-legal-basis")] == ["why.baseless"]
    (finding,) = found(notice, "no-condition")
    assert (
        finding.words
        == "“health.allergy” is special, and the purpose “lending” has no condition of Article 9."
    )


def test_law_and_rules_that_nobody_has_confirmed_are_listed() -> None:
    notice = toy_library()
    assert [finding.about for finding in found(notice, "unconfirmed-law")] == ["article-9.health-care"]
    assert [finding.about for finding in found(notice, "unconfirmed-rule")] == ["two-years-after-leaving"]


def test_a_clause_that_opens_nothing_is_out_of_reach() -> None:
    notice = tiny(see_clause("see.nothing", "identity.name"))
    assert {finding.about for finding in found(notice, "unreachable")} == {"see.nothing"}
    assert [finding.about for finding in found(notice, "unreachable-item")] == ["see.nothing"]
    unread = tiny(collect_clause("hold.name", "identity.name"))
    assert [finding.about for finding in found(unread, "unreachable")] == ["hold.name"]
    assert [finding.about for finding in found(unread, "nobody-sees")] == ["hold.name"]


def test_an_item_that_no_rule_keeps_is_named() -> None:
    notice = tiny(collect_clause("hold.name", "identity.name"), without=["long.membership"])
    assert [finding.about for finding in found(notice, "no-rule")] == ["hold.name"]


def test_a_recipient_without_a_channel_or_out_of_the_register_is_named() -> None:
    mute = texts()["recipients.yaml"].replace("{from: 2026-01-01}, channels: [letter]", "{from: 2026-01-01}")
    notice = load(texts() | {"recipients.yaml": mute}, service="toy-library")
    assert [finding.about for finding in found(notice, "no-channel")] == ["tell.nursery"]
    gone = load(changed(NOTICE, "recipients: [nursery]", "recipients: [old-nursery]"), service="toy-library")
    assert [finding.about for finding in found(gone, "not-registered")] == ["tell.nursery"]


def test_a_column_that_no_clause_covers_is_named() -> None:
    columns = {"child.name": "identity.name", "child.hobby": "identity.hobby", "child.hat": "identity.hat"}
    said = {
        finding.about: finding.code
        for finding in check(toy_library(), on=ON, columns=columns)
        if "column" in finding.code
    }
    assert said == {"child.hobby": "uncovered-column", "child.hat": "unknown-column"}


def test_a_safeguard_that_is_not_promised_is_named() -> None:
    missing = found(tiny(without=["why.two-keys"]), "no-safeguard")
    assert [finding.about for finding in missing] == [
        "append-only-ledger",
        "row-level-security",
        "second-factor",
    ]


def test_hard_words_are_named() -> None:
    hard = """
    - id: hard.long
      section: more
      says: We and all of you and some of them go up and on and in and out to it.
      means: {explain: {}}
    - id: hard.words
      section: why
      says: Administrative considerations necessitate interdepartmental documentation.
      means: {explain: {}}
    - id: hard.acronym
      section: contact
      says: Ask the GPS. A GPS is a map. The GPS knows. The NHS does not.
      means: {explain: {}}
    """
    notice = tiny(hard)
    assert [finding.about for finding in found(notice, "long-sentence")] == ["hard.long"]
    assert "why" in {finding.about for finding in found(notice, "hard-to-read")}
    assert [finding.words for finding in found(notice, "unexplained-acronym")] == [
        "Nothing explains NHS before it stands here."
    ]


def test_what_nobody_has_decided_and_what_does_nothing_is_listed() -> None:
    notice = toy_library()
    assert [finding.about for finding in found(notice, "proposed")] == ["hold.hobby"]
    (explains,) = found(notice, "explains-only")
    assert "It names no person" in explains.words
    asked = changed(
        NOTICE,
        "- id: more.play\n",
        "- id: more.play\n  unsettled: {question: Do they?, default: We think so., since: 2026-01-05}\n",
    )
    (open_question,) = found(load(asked, service="toy-library"), "unsettled")
    assert open_question.words == "Do they? Until somebody decides: We think so."


def test_findings_stand_at_their_place() -> None:
    notice = toy_library()
    for finding in check(notice, on=ON):
        clause = notice.by_id.get(finding.about)
        assert clause is None or (finding.file, finding.line) == (clause.file, clause.line)
