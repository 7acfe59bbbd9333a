"""Where everybody of a family stands on the map: pure, from plain values to boxes and lines.

Two boxes stand beside each other, on either side of a line that leads to the child; so a family of forty grows longer
and never wider, and the words stay readable at 320 pixels. Lengths are units of the picture, 360 of them across.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

WIDTH, BOX, EDGE, GAP = 360, 152, 2, 12
LINE, PADDING, CAPTION = 20, 10, 26
MIDDLE = WIDTH // 2
LETTERS = {"name": 14, "words": 18}
MOST_LINES = 3
AT_HOME = "In the home"


@dataclass(frozen=True, slots=True)
class Kin:
    """Somebody of the family: `at_home` is whether they are held to live in the child's home; None if that is not for
    this reader."""

    name: str
    words: str
    group: str
    at_home: bool | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words in the picture, from the middle of `x`."""

    text: str
    x: int
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    width: int
    height: int
    kind: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Line:
    x1: int
    y1: int
    x2: int
    y2: int
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class FamilyMap:
    """A picture of a family, and what it is in one sentence, for those who do not see it."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    captions: tuple[Words, ...]
    description: str
    shows_home: bool


def family_map(*, child: Kin, above: Sequence[Kin], below: Sequence[Kin]) -> FamilyMap:
    """The child in the middle, those who care for the child above, everybody else below, a caption to each group."""
    boxes: list[Box] = []
    lines: list[Line] = []
    captions: list[Words] = []
    top = _place(above, EDGE, boxes, lines, captions)
    middle = _boxed(child, x=EDGE, y=top, width=WIDTH - 2 * EDGE, kind="child")
    end = _place(below, top + middle.height + GAP, boxes, lines, captions)
    spine = [line for line in lines if MIDDLE in (line.x1, line.x2)]
    for ys in ([line.y1 for line in spine if line.y1 < top], [line.y1 for line in spine if line.y1 > top]):
        if ys:
            far = min(ys) if ys[0] < top else max(ys)
            lines.insert(0, Line(MIDDLE, far, MIDDLE, top if far < top else top + middle.height))
    everyone = (*above, *below)
    return FamilyMap(
        width=WIDTH,
        height=max(end, top + middle.height + EDGE),
        boxes=(*boxes, middle),
        lines=tuple(lines),
        captions=tuple(captions),
        description=_described(child, everyone),
        shows_home=any(one.at_home is not None for one in everyone),
    )


def _place(kin: Sequence[Kin], y: int, boxes: list[Box], lines: list[Line], captions: list[Words]) -> int:
    """Stand people in rows of two from `y` on; where the next thing can stand."""
    for group, members in _groups(kin):
        captions.append(Words(group, EDGE, y + 14, "caption"))
        y += CAPTION
        for left, right in _pairs(members):
            row = [_boxed(left, x=EDGE, y=y, width=BOX, kind="kin")]
            if right:
                row.append(_boxed(right, x=WIDTH - EDGE - BOX, y=y, width=BOX, kind="kin"))
            height = max(box.height for box in row)
            row = [replace(box, height=height) for box in row]
            boxes += row
            lines += [_tie(box, one) for box, one in zip(row, (left, right), strict=False) if one]
            y += height + GAP
    return y


def _tie(box: Box, one: Kin) -> Line:
    """The line from somebody to the line of the child: dashed for whoever is not held to live in the home."""
    y = box.y + box.height // 2
    x = box.x + box.width if box.x < MIDDLE else box.x
    return Line(x, y, MIDDLE, y, dashed=one.at_home is False)


def _boxed(one: Kin, *, x: int, y: int, width: int, kind: str) -> Box:
    scale = 2 if kind == "child" else 1
    said = [("name", line) for line in wrapped(one.name, LETTERS["name"] * scale)]
    said += [("words", line) for line in wrapped(one.words, LETTERS["words"] * scale)]
    said += [("home", AT_HOME)] if one.at_home and kind != "child" else []
    centre = x + width // 2
    words = tuple(
        Words(text, centre, y + PADDING + 14 + LINE * number, what)
        for number, (what, text) in enumerate(said)
    )
    home = {True: " at-home", False: " apart", None: ""}[one.at_home]
    return Box(x, y, width, 2 * PADDING + LINE * len(said), kind + home, words)


def wrapped(text: str, most: int) -> list[str]:
    """A text in at most three lines of about `most` letters; a word is parted at its hyphens; one that is too long is
    cut, and so is what is left."""
    lines: list[str] = []
    for word in text.split():
        between = " "
        for piece in (cut for part in re.findall("[^-]+-?|-", word) for cut in _pieces(part, most)):
            if lines and breadth(f"{lines[-1]}{between}{piece}") <= most:
                lines[-1] = f"{lines[-1]}{between}{piece}"
            else:
                lines.append(piece)
            between = ""
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: most - 1]}…"]
    return lines


def breadth(text: str) -> int:
    """How many letters wide a text is: a letter of Chinese, Japanese or Korean is two, an accent of its own is none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _pieces(word: str, most: int) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and breadth(piece + letter) > most:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _groups(kin: Iterable[Kin]) -> list[tuple[str, list[Kin]]]:
    found: dict[str, list[Kin]] = {}
    for one in kin:
        found.setdefault(one.group, []).append(one)
    return list(found.items())


def _pairs(members: Sequence[Kin]) -> list[tuple[Kin, Kin | None]]:
    return [
        (members[at], members[at + 1] if at + 1 < len(members) else None) for at in range(0, len(members), 2)
    ]


def _described(child: Kin, others: Sequence[Kin]) -> str:
    """The picture in a sentence; who is who stands in the list beside it."""
    if not others:
        return f"{child.name} alone: nobody else of the family is recorded."
    counted = ", ".join(f"{group.lower()}: {len(members)}" for group, members in _groups(others))
    home = sum(1 for one in others if one.at_home)
    lives = f" In the child’s home: {home}." if any(one.at_home is not None for one in others) else ""
    return f"{child.name} in the middle, joined by lines to {counted}.{lives} The list says who is who."
