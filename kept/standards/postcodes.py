"""Postcodes, by their shape alone (Royal Mail's Postcode Address File; BS 7666).

The last two letters of a real postcode are never C, I, K, M, O or V. A postcode of the right shape that ends
in two of those letters is nobody's address: demonstrations and tests use such postcodes.
"""

from __future__ import annotations

import re

NEVER_LAST = "CIKMOV"
_SHAPE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")


def tidy(text: str) -> str:
    """A postcode as it is printed: capitals, one space. Text of another shape only loses outer spaces."""
    found = _SHAPE.fullmatch("".join(text.split()).upper())
    return f"{found[1]} {found[2]}" if found else text.strip()


def district(postcode: str) -> str:
    """The outward half, as ME14 of ME14 1XX, or nothing where the text is not a postcode."""
    found = _SHAPE.fullmatch("".join(postcode.split()).upper())
    return found[1] if found else ""
