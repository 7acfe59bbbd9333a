"""What a form tells of a family that is taken in: nothing that was typed is cut."""

import pytest

from kept.web.record.form import Unclear
from kept.web.taken_in.form import family_said
from tests.cast import AT

ITEMS = {part: frozenset({"identity.sex", "contact.phone"}) for part in ("child", "parent")}
TYPED = {
    "child_given": "Wren",
    "child_born_on-day": "1",
    "child_born_on-month": "11",
    "child_born_on-year": "2026",
    "parent_given": "Wilma",
    "relationship": "BPM",
    "team": "1",
    "source": "the-person",
    "once": "6f1c2d3e-0000-4000-8000-000000000001",
}


@pytest.mark.parametrize("lives_with", ["yes", "no"])
@pytest.mark.parametrize("field", ["child_address", "child_postcode", "child_given"])
def test_what_is_too_long_is_said_and_not_cut(field: str, lives_with: str) -> None:
    with pytest.raises(Unclear) as wrong:
        family_said(TYPED | {"lives_with": lives_with, field: "x" * 401}, items=ITEMS, today=AT.date())
    assert wrong.value.faults == {field: "This is longer than 400 letters. Shorten it."}


def test_what_fits_is_taken_whole() -> None:
    family = family_said(TYPED | {"child_address": "x" * 400}, items=ITEMS, today=AT.date())
    assert family.child.address == "x" * 400
