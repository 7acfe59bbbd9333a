"""A message as a file: whoever fetches it reads its first lines as to whom, how and what about."""

from datetime import date

import pytest

from kept.record.letters.values import EMAIL, TEXT
from kept.web.letters.papers import message
from kept.web.letters.words import LetterWords

WORDS = LetterWords(
    service="Health Visiting Service",
    council="Kent County Council",
    version="Privacy notice of 3 March 2026. Version 1.",
    short_hash="abc",
    name="Grace Example",
    address=(),
    written_on=date(2026, 11, 22),
    heading="Our privacy notice",
    opening=("We have a new privacy notice.",),
    listed="",
    lines=(),
    where="https://kept.example/notices/",
    closing=(),
    reference="0123abcd",
)
BREAKS = ("\n", "\r\n", "\r", "\u2028", "\x0b", "\x0c", "\x85", "\n\n")


@pytest.mark.parametrize("line_break", BREAKS, ids=repr)
@pytest.mark.parametrize("way", [EMAIL, TEXT])
def test_an_address_brings_no_line_of_its_own(way: str, line_break: str) -> None:
    said = message(WORDS, way=way, reached=f"grace@example.org{line_break}Bcc: somebody@example.org")
    head, _, _ = said.partition("\n\n")
    assert [line.split(":")[0] for line in head.splitlines()] == ["To", "By", "Subject"][
        : 3 if way == EMAIL else 2
    ]
