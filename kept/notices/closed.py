"""The closed lists that belong to the program: a word outside them is an error in a definition.

Lists that belong to information governance (items, roles, purposes, recipients, areas) are not here: they are
data, in the definitions. These are the words that the program itself acts on.
"""

from __future__ import annotations

from typing import Literal

Part = Literal["child", "parent", "relative", "other-child", "emergency-contact", "professional", "nobody"]
Source = Literal["the-person", "health-organisation", "social-care-organisation", "someone-who-knows-them"]
Standing = Literal["team", "service", "new", "none"]
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
