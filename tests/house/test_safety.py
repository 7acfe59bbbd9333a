"""What docs/safety claims is so: every module and every test that it names is there, and nothing in it is stale."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kept.cli import safety
from kept.cli.check import DEFINITIONS
from kept.cli.notice import texts_in
from tests.house.source import ROOT

FOLDER = ROOT / "docs" / "safety"
STATUSES = {"met", "partly", "not met", "not applicable", "the organisation's"}
NOT_OURS = {"not applicable", "the organisation's"}
Row = Mapping[str, Any]


def data(name: str) -> Row:
    return safety.read(name)


def hazards() -> list[Row]:
    found: list[Row] = data("hazard-log")["hazards"]
    return found


def threats() -> list[Row]:
    found: list[Row] = data("threat-model")["threats"]
    return found


def requirements() -> list[Row]:
    return list(safety.requirements(data("asvs")))


def claims() -> Iterator[tuple[str, Row]]:
    """Everything that names modules and tests, with where it stands."""
    for one in hazards():
        yield from ((f"{one['id']} {number}", control) for number, control in enumerate(one["controls"], 1))
    for row in (*threats(), *requirements()):
        yield row["id"], row
    for row in data("dpia")["risks"]:
        yield row["risk"][:40], row


@cache
def names_in(file: Path) -> frozenset[str]:
    """The names of the tests of a file, as pytest collects them."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def is_there(test: str) -> bool:
    file, _, name = test.partition("::")
    return (ROOT / file).is_file() and name in names_in(ROOT / file)


@pytest.mark.parametrize(
    ("where", "claim"), list(claims()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_module_and_every_test_that_is_named_is_there(where: str, claim: Row) -> None:
    assert not [path for path in claim.get("kept_by", ()) if not (ROOT / path).exists()]
    assert not [test for test in claim.get("shown_by", ()) if not is_there(test)]


def test_what_is_written_by_hand_names_nothing_that_is_not_there() -> None:
    for page in FOLDER.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert not [test for test in re.findall(r"`(tests/[^`]*::[^`]*)`", text) if not is_there(test)], page
        named = re.findall(r"`((?:kept|tests|definitions|docs)/[^`:*]*)`", text)
        assert not [path for path in named if not (ROOT / path).exists()], page
        linked = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
        assert not [to for to in linked if not to.startswith("http") and not (FOLDER / to).exists()], page


@pytest.mark.parametrize("hazard", hazards(), ids=lambda one: one["id"])
def test_every_hazard_is_judged_controlled_and_shown_or_says_why_not(hazard: Row) -> None:
    log = data("hazard-log")
    before, after = (safety.rating(log, hazard[when]) for when in ("before", "after"))
    assert after <= before
    assert hazard["controls"]
    for control in hazard["controls"]:
        assert control["kept_by"]
        assert bool(control.get("shown_by")) != bool(control.get("not_shown")), control["does"]
    assert hazard["left"].strip()
    assert hazard["organisation"].strip()


def test_no_number_is_given_twice() -> None:
    for rows in (hazards(), threats(), requirements()):
        assert not [number for number, times in Counter(row["id"] for row in rows).items() if times > 1]


@pytest.mark.parametrize("threat", threats(), ids=lambda one: one["id"])
def test_every_threat_comes_from_somebody_over_a_boundary_that_is_drawn(threat: Row) -> None:
    model = data("threat-model")
    assert threat["boundary"] in model["boundaries"]["rows"]
    assert set(threat["by"]) <= set(model["people"]["rows"])
    assert bool(threat.get("shown_by")) != bool(threat.get("not_shown"))
    picture = (FOLDER / model["picture"]["file"]).read_text(encoding="utf-8")
    assert f">{threat['boundary']}<" in picture


def test_every_boundary_has_a_threat() -> None:
    assert {one["boundary"] for one in threats()} == set(data("threat-model")["boundaries"]["rows"])


# As the standard numbers them: how many requirements each section has at levels 1 and 2.
LEVELS = {1: 70, 2: 183}


def test_every_requirement_of_the_standard_has_a_row() -> None:
    assert Counter(row["level"] for row in requirements()) == LEVELS


@pytest.mark.parametrize("row", requirements(), ids=lambda one: one["id"])
def test_every_requirement_is_answered_honestly(row: Row) -> None:
    assert row["status"] in STATUSES
    assert row["asks"].strip()
    assert row["how"].strip() or row["status"] == "not applicable"
    if row["status"] in {"met", "partly"}:
        assert row.get("kept_by"), "what is met is met by something"
    if row["status"] in NOT_OURS | {"not met"}:
        assert not row.get("shown_by"), "what is not met is shown by nothing"


def test_no_page_is_stale() -> None:
    made = safety.pages(texts_in(DEFINITIONS))
    assert made
    assert [
        str(page) for page, text in made.items() if (ROOT / page).read_text(encoding="utf-8") != text
    ] == []
