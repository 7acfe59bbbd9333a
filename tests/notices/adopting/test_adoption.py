"""A proposal counts from the day of its adoption on."""

from __future__ import annotations

from datetime import date

import pytest

from kept.notices.faults import Faulty
from tests.notices.tiny import collected, see_clause, tiny

PROPOSAL = """
- id: hold.hobby
  section: what-we-hold
  says: We would like to know what your child loves to play.
  status: proposed
  means: {collect: {items: [identity.hobby], about: [child], from: [the-person], for: [lending]}}
"""
SEE = see_clause("see.all", "identity.hobby")
ADOPTED = "[{clause: hold.hobby, service: toy-library, by: Ash Larch, approved_by: Bo Rowan, on: 2026-04-01}]"


def test_a_proposal_that_nobody_adopted_opens_nothing() -> None:
    assert collected(tiny(PROPOSAL, SEE), "identity.hobby").rests_on == ("hold.personal",)


def test_an_adopted_proposal_opens_from_its_day_on() -> None:
    notice = tiny(PROPOSAL, SEE, adopted=ADOPTED)
    assert not collected(notice, "identity.hobby", on=date(2026, 3, 31))
    assert collected(notice, "identity.hobby", on=date(2026, 4, 1)).rests_on == ("hold.hobby",)


def test_an_adoption_before_the_notice_counts_from_the_notice_on() -> None:
    notice = tiny(PROPOSAL, SEE, adopted=ADOPTED.replace("2026-04-01", "2025-04-01"))
    assert notice.by_id["hold.hobby"].from_on == date(2026, 1, 5)


def test_an_adoption_changes_the_hash() -> None:
    assert tiny(PROPOSAL, SEE).hash != tiny(PROPOSAL, SEE, adopted=ADOPTED).hash


def test_an_adoption_for_another_service_adopts_nothing_here() -> None:
    notice = tiny(PROPOSAL, SEE, adopted=ADOPTED.replace("toy-library", "health-visiting"))
    assert not collected(notice, "identity.hobby")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Bo Rowan", "ash larch", "Someone else must approve an adoption."),
        ("hold.hobby", "hold.hobbies", "Did you mean “hold.hobby”?"),
        ("hold.hobby", "who.answers", "“who.answers” is no proposal of this notice."),
    ],
)
def test_an_adoption_must_be_of_a_proposal_and_approved_by_somebody_else(
    old: str, new: str, words: str
) -> None:
    with pytest.raises(Faulty, match=r"adopted\.yaml:1: ") as faulty:
        tiny(PROPOSAL, SEE, adopted=ADOPTED.replace(old, new))
    assert words in str(faulty.value)
