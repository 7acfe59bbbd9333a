"""Codes of organisations and sites (NHS Organisation Data Service), by their shape alone."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[A-Z0-9]{3,12}")


def parse(text: str) -> str:
    """The code in capitals, or nothing where the text does not have the shape of one."""
    code = text.strip().upper()
    return code if _SHAPE.fullmatch(code) else ""
