"""A notice on paper: a tagged PDF (PDF/UA-1), the same from every machine, made once and kept by what is in it."""

import fcntl
import hashlib
import json
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from kept.notices.leaflet import Line
from kept.web.building import STATIC
from kept.web.notices.formats import Form, Shown, notes
from kept.web.notices.pictures import CREDIT, drawings

TEMPLATE = Path(__file__).with_name("paper.typ")
FONTS = STATIC / "fonts"
# Points: of the words, and of the foot of every sheet.
SIZES = {Form.EASY_READ: (18, 16), Form.LARGE_PRINT: (22, 16), Form.FULL: (12, 10)}
LAYOUTS = {Form.EASY_READ: "pictured", Form.LARGE_PRINT: "plain", Form.FULL: "exact"}
PICTURE_CENTIMETRES = 2.4


def paper(shown: Shown) -> bytes:
    """The PDF of a notice: the one that was made before where there is one, else a new one, which is kept."""
    kept = settings.HOME / "papers" / f"{paper_hash(shown)}.pdf"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (kept.parent / ".making").open("w") as making:
        fcntl.flock(making, fcntl.LOCK_EX)  # whoever asks meanwhile waits for it, and does not make it again
        if not kept.exists():
            new = kept.with_suffix(".new")
            new.write_bytes(typeset(shown))
            new.replace(kept)
    return kept.read_bytes()


def paper_hash(shown: Shown) -> str:
    """SHA-256, in hexadecimal, of everything that a paper is made from."""
    made_from = (_said(shown), TEMPLATE.read_text(encoding="utf-8"), _fonts_hash(), metadata.version("typst"))
    return hashlib.sha256("\0".join(made_from).encode()).hexdigest()


def typeset(shown: Shown) -> bytes:
    """The PDF, made anew: from the embedded data alone, with our own typeface and no clock."""
    return typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=0,
        sys_inputs={"notice": _said(shown)},
    )


def in_groups(version_hash: str) -> str:
    """A hash in groups of eight, which a line of a paper can be broken between."""
    return " ".join(version_hash[at : at + 8] for at in range(0, len(version_hash), 8))


def file_name(shown: Shown) -> str:
    """What a downloaded paper is called: health-visiting-2026-03-03-easy-read.pdf."""
    return f"{shown.leaflet.service}-{shown.leaflet.dated}-{shown.form}.pdf"


def _said(shown: Shown) -> str:
    """All that the paper says, as the template reads it."""
    read, (size, foot) = shown.leaflet, SIZES[shown.form]
    easy = shown.form is Form.EASY_READ
    controller = read.body("controller")
    said: dict[str, Any] = {
        "layout": LAYOUTS[shown.form],
        "size": size,
        "foot": foot,
        "picture": PICTURE_CENTIMETRES,
        "language": read.language,
        "region": "GB",
        "document": f"{read.title}: {shown.kind}, {shown.stamp}",
        "author": controller.name if controller else read.title,
        "title": read.title,
        "kind": shown.kind,
        "stamp": shown.stamp,
        "foot_stamp": shown.short_stamp,
        "hash": read.hash,
        "dated": [read.dated.year, read.dated.month, read.dated.day],
        "said": shown.said,
        "sections": [
            {"title": section.title, "lines": [_line(line, shown) for line in section.lines]}
            for section in shown.sections
        ],
        "about": [*shown.about[:-1], (shown.about[-1][0], in_groups(read.hash))],
        "credit": CREDIT if easy else "",
        "drawings": {name: drawings()[name] for name in shown.drawings},
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _line(line: Line, shown: Shown) -> dict[str, Any]:
    return {
        "sentences": line.sentences,
        "language": line.language,
        "leads": line.leads,
        "notes": notes(line),
        "picture": line.picture if line.picture in shown.drawings else None,
        "particulars": [(one.label, "; ".join(one.values)) for one in shown.exactly.get(line.clause, ())],
    }


@lru_cache(maxsize=1)
def _fonts_hash() -> str:
    whole = hashlib.sha256()
    for font in sorted(FONTS.iterdir()):
        whole.update(font.read_bytes())
    return whole.hexdigest()
