"""A notice as plain text, in the order in which somebody, or a program, reads it aloud."""

from collections.abc import Iterator

from kept.notices.leaflet import Section
from kept.web.notices.formats import Shown, notes


def aloud(shown: Shown) -> str:
    """The words alone: a clause a line, an empty line between two of them, and each part numbered."""
    opening = f"This is the privacy notice of the {shown.leaflet.title}. {shown.stamp}"
    parts = f"It has {len(shown.sections)} parts."
    last = [f"{label}: {value}" for label, value in shown.about]
    blocks = [
        f"{opening}\n{parts}",
        *(
            block
            for number, section in enumerate(shown.sections, start=1)
            for block in _part(number, section)
        ),
        "This is the end of the notice. What follows says which notice it is.",
        "\n".join(last),
    ]
    return "\n\n".join(blocks) + "\n"


def _part(number: int, section: Section) -> Iterator[str]:
    yield f"Part {number}. {section.title}"
    for line in section.lines:
        yield "\n".join((line.words, *notes(line)))
