"""Every module and every test that PROMISES.md names is there."""

import re

import pytest

from tests.house.source import ROOT

ROWS = [
    row.split("|")
    for row in (ROOT / "PROMISES.md").read_text(encoding="utf-8").splitlines()
    if row.startswith("| ") and not row.startswith("| promise")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1].strip()[:60])
def test_what_keeps_and_what_proves_a_promise_is_there(row: list[str]) -> None:
    named = re.findall(r"`((?:kept|tests|definitions)/[^`]*)`", "|".join(row[2:]))
    assert named or "make check" in row[3] or "all of `kept`" in row[2]
    missing = [path for path in named if not (ROOT / path).exists()]
    assert not missing
