"""Who has looked, as paper: a tagged PDF (PDF/UA-1), made from plain words alone."""

import json
from dataclasses import asdict
from pathlib import Path

import typst

from kept.web.looked.words import FamilyWords
from kept.web.notices.papers import FONTS
from kept.web.wording import day

TEMPLATE = Path(__file__).with_name("looked.typ")
CANNOT_SHOW = "could not be displayed with font"
NOBODY = "Nobody has looked on these days."


class CannotPrint(Exception):
    """A name is written in letters that our typeface has not. The page can be printed from the browser."""


def typeset(words: FamilyWords) -> bytes:
    """The PDF, with our own typeface and no clock. Raises CannotPrint."""
    on = words.written_on
    said = asdict(words) | {
        "document": f"{words.service}: {words.heading}",
        "written_on": [on.year, on.month, on.day],
        "written_words": day(on),
        "nobody": NOBODY,
    }
    try:
        return typst.compile(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=0,
            sys_inputs={"looked": json.dumps(said, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        if CANNOT_SHOW not in str(error):
            raise
        raise CannotPrint from error
