"""A letter as what leaves the house: a tagged PDF (PDF/UA-1), or the text of a message with whom it goes to."""

import json
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

import typst

from kept.record.letters.actions import NotSent
from kept.record.letters.values import EMAIL, POST, Correspondent
from kept.web.letters.words import LetterWords
from kept.web.notices.papers import FONTS
from kept.web.wording import day

TEMPLATE = Path(__file__).with_name("letter.typ")
CANNOT_SHOW = "could not be displayed with font"
IN_OTHER_LETTERS = (
    "The name or the address is written in letters that a printed letter cannot show yet. "
    "Choose another way, or give them the notice when you meet, and record it."
)


def content(words: LetterWords, to: Correspondent, *, way: str) -> bytes:
    """The file that goes into the outbox. Raises NotSent where our typeface has not the letters of a name."""
    if way == POST:
        try:
            return typeset(words)
        except typst.TypstError as error:
            if CANNOT_SHOW not in str(error):
                raise
            raise NotSent(IN_OTHER_LETTERS) from error
    (reached,) = to.reached_at(way)
    return message(words, way=way, reached=reached).encode()


def typeset(words: LetterWords) -> bytes:
    """The PDF: from the embedded data alone, with our own typeface and no clock."""
    return typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=0,
        sys_inputs={"letter": _said(words)},
    )


def message(words: LetterWords, *, way: str, reached: str) -> str:
    """A message as a file: a line for the recipient, one for the way, one for the subject; then what it says."""
    head = [f"To: {_one_line(reached)}", f"By: {'email' if way == EMAIL else 'text message'}"]
    if way == EMAIL:
        head.append(f"Subject: {words.service}: {words.heading[:1].lower()}{words.heading[1:]}")
    return "\n".join([*head, "", words.text if way == EMAIL else words.short_text, ""])


def reference_of(letter: UUID) -> str:
    """What a letter is called on itself, for whoever asks about it: it leads to nobody's record."""
    return str(letter)[:8]


def _said(words: LetterWords) -> str:
    on = words.written_on
    said = asdict(words) | {
        "document": f"{words.service}: {words.heading}",
        "written_on": [on.year, on.month, on.day],
        "written_words": day(on),
    }
    return json.dumps(said, ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
