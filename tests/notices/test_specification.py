"""The specification written out for people has every chapter."""

from __future__ import annotations

from pathlib import Path

from tests.notices.specification import ORDER, pages

HERE = Path(__file__).parent


def test_every_chapter_is_written_out_and_every_page_has_paragraphs() -> None:
    chapters = {folder.name for folder in HERE.iterdir() if any(folder.glob("test_*.py"))}
    assert chapters == set(ORDER)
    assert all(text.count("\n### ") > 0 for name, text in pages().items() if name != "README.md")


def test_every_chapter_and_every_section_says_what_it_is_about() -> None:
    for text in pages().values():
        assert "\n## \n" not in text
        assert "\n# \n" not in text
