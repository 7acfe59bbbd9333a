"""The family map: everybody stands on it, nobody on anybody else, and the words fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.web.family_map.rules import WIDTH, Kin, breadth, family_map, wrapped

CHILD = Kin("Amina Okafor", "The child", "")
GROUPS = st.sampled_from(("Parents and carers", "Other children", "Relatives and others"))
KIN = st.builds(
    Kin,
    name=st.text(max_size=60),
    words=st.text(max_size=30),
    group=GROUPS,
    at_home=st.sampled_from((True, False, None)),
)


@given(st.lists(KIN, max_size=45), st.lists(KIN, max_size=45))
def test_everybody_has_a_box_of_their_own_inside_the_picture(above: list[Kin], below: list[Kin]) -> None:
    drawn = family_map(child=CHILD, above=above, below=below)
    assert len(drawn.boxes) == len(above) + len(below) + 1
    boxes = sorted(drawn.boxes, key=lambda box: (box.y, box.x))
    for at, box in enumerate(boxes):
        assert box.x >= 0
        assert box.x + box.width <= WIDTH == drawn.width
        assert box.y + box.height <= drawn.height
        for other in boxes[at + 1 :]:
            beside = other.x >= box.x + box.width or box.x >= other.x + other.width
            assert beside or other.y >= box.y + box.height
        assert all(box.y < word.y < box.y + box.height for word in box.words)


def test_a_line_is_broken_for_whoever_does_not_live_in_the_home() -> None:
    at_home, apart, unsaid = (
        family_map(child=CHILD, above=[Kin("Grace", "Mother", "Parents and carers", at_home=at)], below=[])
        for at in (True, False, None)
    )
    assert [any(line.dashed for line in drawn.lines) for drawn in (at_home, apart, unsaid)] == [
        False,
        True,
        False,
    ]
    assert [drawn.shows_home for drawn in (at_home, apart, unsaid)] == [True, True, False]
    assert "In the home" in {word.text for word in at_home.boxes[0].words}
    assert "In the home" not in {word.text for word in apart.boxes[0].words}


def test_it_is_said_in_a_sentence_to_whoever_hears_it() -> None:
    drawn = family_map(
        child=CHILD,
        above=[Kin("Grace", "Mother", "Parents and carers", at_home=True)],
        below=[Kin("Joy", "Grandmother", "Relatives and others", at_home=False)],
    )
    assert drawn.description == (
        "Amina Okafor in the middle, joined by lines to parents and carers: 1, relatives and others: 1."
        " In the child’s home: 1. The list says who is who."
    )
    assert "nobody else" in family_map(child=CHILD, above=[], below=[]).description


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Grace Okafor", ["Grace Okafor"]),
        ("Wilhelmina-Anastasia", ["Wilhelmina-", "Anastasia"]),
        ("Featherstonehaugh", ["Featherstoneha", "ugh"]),
        (
            "one two three four five six seven eight nine ten",
            ["one two three", "four five six", "seven eight…"],
        ),
        ("欧阳春花欧阳春花", ["欧阳春花欧阳春", "花"]),
        ("", []),
    ],
)
def test_a_name_is_parted_where_it_can_be(name: str, lines: list[str]) -> None:
    assert wrapped(name, 14) == lines


@given(st.text(max_size=200))
def test_no_line_is_too_broad(text: str) -> None:
    assert all(breadth(line) <= 15 for line in wrapped(text, 14))
    assert len(wrapped(text, 14)) <= 3
