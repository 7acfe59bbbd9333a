"""Made up for looking at the pages: nobody here is real.

The numbers are from the ranges kept for tests (999 NHS numbers, 07700 900 telephones). Each case that has hurt a
page elsewhere is here: long names, names in other scripts, a name that is HTML, nothing recorded, all withheld, a
note of 40,000 characters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from kept.web.pages import Destination, Furniture

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
NOTICE = date(2026, 3, 3)
SCRIPT_NAME = "<b>O’Neill</b> & Sons"
LONG_NAME = "Wilhelmina-Anastasia Featherstonehaugh-Cholmondeley van der Westhuizen"
ARABIC_NAME = "محمد عبد الرحمن"
NOTE = "  First line, two spaces in.\n\nThird line: “quotes”, <b>not bold</b>, 👶🏽, " + ARABIC_NAME


@dataclass(frozen=True)
class Page:
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    signed_in: str = ""  # which destination is current; empty: nobody has signed in


def furniture(current: str) -> Furniture | None:
    """What stands around the page, as for a health visitor; an officer of the council sees only the last."""
    if not current:
        return None
    words = ("Caseload", "Intake queue", "Who has looked")
    destinations = tuple(
        Destination(one, f"/{one.lower().replace(' ', '-')}/", one == current) for one in words
    )
    return Furniture(
        name="Naomi Mensah",
        role="health visitor",
        service="Health Visiting Service",
        destinations=destinations,
        account_href="/second-factor/",
        sign_out_href="/sign-out/",
        demonstration=current == "Who has looked",
    )
