"""A notice as plain text for reading aloud, and as HTML in three formats: Easy Read, full and large print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Literal

from kept.notices.leaf import Chapter, Leaf, Saying, printed

Format = Literal["easy-read", "full", "large-print"]

STYLE = """
body { color: #000; background: #fff; font-family: Arial, sans-serif; line-height: 1.5; margin: 2rem auto; max-width: 45rem; padding: 0 1rem; }
body.easy-read { font-size: 18pt; } body.large-print { font-size: 20pt; } body.full { font-size: 14pt; }
.saying { break-inside: avoid; margin: 0 0 1.5em; }
.easy-read .saying { align-items: center; display: flex; gap: 1.5rem; }
.easy-read .saying img { flex: none; height: 5rem; width: 5rem; }
.behind { border-left: 4px solid #000; font-size: 0.8em; padding-left: 1em; }
"""  # noqa: E501 (one rule a line)


def as_text(leaf: Leaf) -> str:
    """The notice to be read aloud: whole sentences, a pause after each, no sign that a voice would stumble over."""
    return "\n".join([*_spoken(leaf), ""])


def as_html(leaf: Leaf, *, form: Format, picture: Callable[[str], str] | None = None) -> str:
    """The notice as one HTML page that fetches nothing but its pictures.

    ``picture`` turns the name of a picture into its address; without it Easy Read has none.
    """
    body = "\n".join(_page(leaf, form, picture))
    title = escape(f"{leaf.title}: privacy notice")
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(leaf.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f'<style>{STYLE}</style>\n</head>\n<body class="{form}">\n<main>\n{body}\n</main>\n</body>\n</html>\n'
    )


def fragment(leaf: Leaf, *, form: Format, picture: Callable[[str], str] | None = None) -> str:
    """The same page without its frame, to stand inside another one."""
    return "\n".join(_page(leaf, form, picture))


def _spoken(leaf: Leaf) -> Iterator[str]:
    yield f"{leaf.title}. Privacy notice of {printed(leaf.dated)}."
    for chapter in leaf.chapters:
        yield ""
        yield chapter.heading
        yield ""
        for saying in chapter.sayings:
            yield f"{saying.words} {saying.note}".strip()
    yield ""
    yield f"This is version {leaf.version}."


def _page(leaf: Leaf, form: Format, picture: Callable[[str], str] | None) -> Iterator[str]:
    yield f"<h1>{escape(leaf.title)}: privacy notice</h1>"
    yield f"<p>This notice is dated {printed(leaf.dated)}. Version {escape(leaf.version)}.</p>"
    if form == "full":
        issued = f"This full version is made from the same promises. {leaf.controller} did not issue it."
        yield f"<p>{escape(issued)}</p>"
    for chapter in leaf.chapters:
        yield from _chapter(chapter, form, picture)
    yield f'<p class="hash">Hash: {escape(leaf.hash)}</p>' if form == "full" else ""


def _chapter(chapter: Chapter, form: Format, picture: Callable[[str], str] | None) -> Iterator[str]:
    yield f'<section aria-labelledby="{escape(chapter.section)}">'
    yield f'<h2 id="{escape(chapter.section)}">{escape(chapter.heading)}</h2>'
    for saying in chapter.sayings:
        yield from _saying(saying, form, picture)
    yield "</section>"


def _saying(saying: Saying, form: Format, picture: Callable[[str], str] | None) -> Iterator[str]:
    yield f'<div class="saying" id="{escape(saying.clause)}">'
    if form == "easy-read" and saying.picture and picture:
        yield f'<img src="{escape(picture(saying.picture))}" alt="">'
    yield f"<p>{escape(saying.words)}</p>"
    if saying.note:
        yield f'<p class="note">{escape(saying.note)}</p>'
    if form == "full":
        yield from _behind(saying)
    yield "</div>"


def _behind(saying: Saying) -> Iterator[str]:
    """What stands behind the words: the statement, what the program does, the law."""
    yield '<div class="behind">'
    if saying.statements:
        yield f"<p>Carries out: {escape(', '.join(saying.statements))}.</p>"
    if saying.proposed:
        yield "<p>This is not in the published notice. It was adopted afterwards.</p>"
    for sentence in saying.does:
        yield f"<p>{escape(sentence)}</p>"
    if saying.bases:
        yield f"<p>The law it rests on: {escape('; '.join(saying.bases))}.</p>"
    yield "</div>"
