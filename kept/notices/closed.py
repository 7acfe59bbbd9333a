"""The closed lists that belong to the program: a word outside them is an error in a definition.

Lists that belong to information governance (items, roles, purposes, recipients, areas) are not here: they are
data, in the definitions. These are the words that the program itself acts on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

Part = Literal["child", "parent", "relative", "other-child", "emergency-contact", "professional", "nobody"]
Source = Literal["the-person", "health-organisation", "social-care-organisation", "someone-who-knows-them"]
Standing = Literal["named", "team", "service", "new", "none"]
# Whoever stands in the first way stands in the second as well, and may what that may.
STANDS_AS_WELL: Mapping[Standing, Standing] = {"named": "team"}
Section = Literal["who-we-are", "why", "what-we-hold", "who-we-tell", "how-long", "rights", "contact", "more"]
ItemClass = Literal["personal", "special", "careful", "criminal"]
Act = Literal["read", "record"]
Use = Literal["read", "record", "tell", "count"]
Responsibility = Literal[
    "notice",
    "controller",
    "department",
    "deliverer",
    "regulator",
    "rights-desk",
    "data-protection-officer",
    "alternative-formats",
]
Safeguard = Literal["need-to-know", "second-factor", "row-level-security", "append-only-ledger"]
Ground = Literal["article-6", "article-9", "article-10", "schedule-1", "power"]
Effect = Literal["must", "may", "must-not"]


def standing_so(standings: Collection[Standing]) -> frozenset[Standing]:
    """These standings, with every other that is one of them as well."""
    also = {one for one, as_well in STANDS_AS_WELL.items() if as_well in standings}
    return frozenset(standings) | also
