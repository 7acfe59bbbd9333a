"""Whose form it is stands at its head, so that nothing is written about another child of the same name, or a twin."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kept.web.pages import Person
from tests.rooms.web.preview import environment

# Every page on which something is recorded about a child as a whole.
FORMS = (
    "record_contact",
    "correct_contact",
    "notice_given",
    "care",
    "contact_details",
    "restricted",
    "keep_safe",
    "need_met",
)
HEADING = re.compile(r"<h1.*?</h1>", re.DOTALL)
IMPORT = '{% from "partials/whose.html" import whose %}'
TWIN = Person(relationship="Child", born_on=date(2026, 11, 13), nhs_number="9990000018")


def heading(template: str, child: Person) -> str:
    """What stands at the head of the page, as it would be drawn for this child."""
    source = (Path(__file__).parents[3] / "kept" / "web" / "templates" / f"{template}.html").read_text()
    found = HEADING.search(source)
    assert found is not None
    drawn = environment().from_string(IMPORT + found[0]).render(child=child, on=date(2026, 11, 22))
    return " ".join(re.sub("<[^>]+>", "", drawn).split())


@pytest.mark.parametrize("template", FORMS)
def test_every_form_about_a_child_says_whose_it_is(template: str) -> None:
    said = heading(template, replace(TWIN, name="Saoirse Example"))
    assert said.endswith("Saoirse Example, born 13 November 2026, NHS number 999 000 0018")


@pytest.mark.parametrize("template", FORMS)
def test_two_who_have_no_name_yet_are_told_apart(template: str) -> None:
    one, other = heading(template, TWIN), heading(template, replace(TWIN, nhs_number="9990000026"))
    assert one.endswith("A child not named yet, born 13 November 2026, NHS number 999 000 0018")
    assert one != other


@pytest.mark.parametrize("template", FORMS)
def test_what_is_not_opened_is_left_out_without_a_word(template: str) -> None:
    closed: dict[str, Any] = {"born_on": None, "nhs_number": None}
    assert heading(template, replace(TWIN, name="Saoirse Example", **closed)).endswith("Saoirse Example")
