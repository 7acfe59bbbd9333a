"""The pictures of a notice, by the names that clauses give them; built into one file from what is pinned.

They stand in the page itself: a notice that somebody saved, or that was kept by a cache, never lacks one.
"""

import json
import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from kept.web.building import STATIC

CREDIT = "Pictures: Health Icons, healthicons.org (MIT licence)."
DRAWING = re.compile(r"<svg [^>]*>(.*)</svg>", re.DOTALL)


@lru_cache(maxsize=1)
def drawings() -> dict[str, str]:
    """Every picture there is, as SVG. Raises FileNotFoundError before the pages are built."""
    found: dict[str, str] = json.loads((STATIC / "pictures.json").read_text(encoding="utf-8"))
    return found


def symbols(names: Iterable[str]) -> dict[str, Markup]:
    """Pictures to be drawn once in a page and used from there, by name; without those that nobody has drawn."""
    return {
        name: Markup(f'<symbol id="picture-{name}" viewBox="0 0 48 48" fill="none">{drawn.group(1)}</symbol>')  # noqa: S704
        for name in dict.fromkeys(names)
        if name in drawings() and (drawn := DRAWING.search(drawings()[name]))
    }
