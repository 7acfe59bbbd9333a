"""One thing in a text of a definition changed, and the rest as its writers left it."""

from datetime import date

import pytest

from kept.notices.amending import CannotAmend, begun_on, with_adoption
from kept.notices.loading import load
from tests import cast

DAY = date(2027, 1, 2)
NOTICE, ADOPTED = "services/health_visiting.yaml", "adopted.yaml"
NOTICES = {
    "health-visiting": NOTICE,
    "parent-infant-relationship": "services/parent_infant_relationship.yaml",
}


def adopted(text: str, clause: str) -> str:
    return with_adoption(
        text,
        service="health-visiting",
        clause=clause,
        by="ira@kent.example",
        approved_by="ivo@kent.example",
        on=DAY,
    )


@pytest.mark.parametrize("file", NOTICES.values())
def test_a_notice_begins_on_another_day_and_two_lines_of_it_differ(file: str) -> None:
    old = cast.texts()[file]
    new = begun_on(old, on=DAY)
    changed = [pair for pair in zip(old.splitlines(), new.splitlines(), strict=True) if pair[0] != pair[1]]
    assert [after.strip() for _, after in changed] == ["dated: 2027-01-02", "in_force: {from: 2027-01-02}"]


def test_each_adoption_is_added_at_the_end_and_the_comments_stay() -> None:
    old = cast.texts()[ADOPTED]
    new = adopted(adopted(old, "hold.language"), "hold.school")
    comments = [line for line in old.splitlines() if line.startswith("#")]
    assert new.splitlines()[: len(comments)] == comments
    found = load({**cast.texts(), ADOPTED: new}, service="health-visiting")
    assert [one.clause for one in found.adoptions] == ["hold.language", "hold.school"]
    assert {(one.by, one.approved_by, one.on) for one in found.adoptions} == {
        ("ira@kent.example", "ivo@kent.example", DAY)
    }


def test_a_file_of_adoptions_that_is_empty_begins_with_the_first() -> None:
    found = load({**cast.texts(), ADOPTED: adopted("", "hold.school")}, service="health-visiting")
    assert [one.clause for one in found.adoptions] == ["hold.school"]


@pytest.mark.parametrize("text", ["", "notice: x", "notice: {dated: 2026-01-01}", "[", "- " * 10_000, "\x00"])
def test_a_text_without_its_day_is_not_amended(text: str) -> None:
    with pytest.raises(CannotAmend):
        begun_on(text, on=DAY)


@pytest.mark.parametrize("text", ["adopted: x", "- x", "[", "\x00", "adopted: [" * 10_000])
def test_what_is_no_list_of_adoptions_is_not_amended(text: str) -> None:
    with pytest.raises(CannotAmend):
        adopted(text, "hold.school")
