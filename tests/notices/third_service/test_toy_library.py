"""The toy library: a whole notice, written in `tests/notices/toy_library/`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kept.notices.decision import Outcome
from kept.notices.questions import may_serve
from tests.notices.tiny import ON, collected, seen, texts, toy_library

LIBRARY = toy_library()
PROGRAM = Path(__file__).resolve().parents[3] / "kept"


@pytest.mark.parametrize("word", ["toy-library", "lending", "librarian", "anytown"])
def test_the_program_does_not_know_it(word: str) -> None:
    assert any(word in text for text in texts().values())
    naming = [file for file in PROGRAM.rglob("*.py") if word in file.read_text(encoding="utf-8")]
    assert naming == []


def test_it_collects_by_its_own_clauses() -> None:
    assert collected(LIBRARY, "identity.name").words == "We write down your child's name and birthday."
    assert collected(LIBRARY, "contact.phone", part="parent").rests_on == ("hold.parent",)


def test_it_refuses_by_its_own_clauses() -> None:
    assert collected(LIBRARY, "contact.phone", part="child").rests_on == ("hold.personal",)
    assert collected(LIBRARY, "circumstances.police").rests_on == ("hold.careful",)
    assert seen(LIBRARY, "identity.name", purpose="marketing").rests_on == ("why.only",)


def test_it_shows_by_its_own_clauses() -> None:
    decision = seen(LIBRARY, "identity.name", "health.allergy")
    assert decision.outcome is Outcome.MAY
    assert decision.words == "Your librarian sees what they need to lend you toys."


def test_it_serves_by_its_own_clauses() -> None:
    born = date(2024, 1, 1)
    assert may_serve(LIBRARY, born_on=born, authority="Anytown", with_carer=True, on=ON)
    assert not may_serve(LIBRARY, born_on=born, authority="Kent", with_carer=True, on=ON)


def test_what_it_only_proposes_is_refused() -> None:
    assert collected(LIBRARY, "identity.hobby").rests_on == ("hold.personal",)
