"""The JSON Schema that editors read is made from the same shapes and lists, and its file is never stale."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kept.notices.schema import NAME, notice_schema, written
from tests.notices.tiny import texts

DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions"


def properties(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = notice_schema(texts())["$defs"][kind]["properties"]
    return found


def test_the_words_of_the_lists_are_offered() -> None:
    assert properties("Collect")["items"]["items"]["enum"] == sorted(
        re.findall(r"^  (\S+): \{class", texts()["vocabulary.yaml"], re.M)
    )
    assert properties("See")["roles"]["items"]["enum"] == [
        "importer",
        "librarian",
        "manager",
        "privacy-officer",
    ]
    assert properties("Keep")["rule"]["anyOf"][0]["enum"] == ["two-years-after-leaving"]


def test_the_words_of_the_file_are_offered_and_not_those_of_the_program() -> None:
    assert {"from", "for", "about", "class"} <= properties("Collect").keys()
    assert "sources" not in properties("Collect")


def test_a_kind_may_be_written_once_or_as_a_list_and_words_in_one_language_or_several() -> None:
    see = properties("MeansShape")["see"]["anyOf"]
    assert see[0] == see[1]["items"]
    says = properties("ClauseShape")["says"]["anyOf"]
    assert [choice["type"] for choice in says] == ["string", "object"]


def test_no_mark_of_a_list_is_left_over() -> None:
    assert "x-list" not in written(notice_schema(texts()))
    assert "x-list" not in written(notice_schema({}))


def test_the_file_beside_the_definitions_is_up_to_date() -> None:
    files = {
        file.relative_to(DEFINITIONS).as_posix(): file.read_text("utf-8")
        for file in DEFINITIONS.rglob("*.yaml")
    }
    kept = (DEFINITIONS / NAME).read_text("utf-8")
    assert kept == written(notice_schema(files)), "write it again: kept notice schema"
