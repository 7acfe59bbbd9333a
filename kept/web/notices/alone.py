"""A notice in a file of its own: for a printer, an e-mail, a memory stick, or somebody else's web site."""

from django.template.loader import render_to_string
from markupsafe import Markup

from kept.web.building import STATIC
from kept.web.notices.formats import Shown, notes
from kept.web.notices.pictures import CREDIT


def alone(shown: Shown) -> str:
    """A page of HTML with its style and its pictures in it: it fetches nothing."""
    style = (STATIC / "notice.css").read_text(encoding="utf-8")
    return render_to_string("notices/alone.html", {**_context(shown), "style": Markup(style)})  # noqa: S704 - ours


def article(shown: Shown) -> str:
    """The same without frame or style, to stand inside another page."""
    return render_to_string("notices/article.html", _context(shown))


def _context(shown: Shown) -> dict[str, object]:
    return {"shown": shown, "notes": notes, "credit": CREDIT, "ways": ()}
