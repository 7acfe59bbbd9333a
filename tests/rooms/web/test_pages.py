"""What every page does whatever is on it: nothing runs that somebody typed, nobody is named where it would be kept."""

import re
from datetime import date

import pytest

from kept.web.pages import Address, Person, withheld_by_clause
from tests.rooms.web import made_up, preview

PAGES = preview.pages()
NAMES = ("Amara", "Ngozi", "Okafor", "Neill", made_up.ARABIC_NAME)


@pytest.mark.parametrize("name", PAGES)
def test_no_script_or_style_stands_in_a_page_but_the_one_with_the_nonce(name: str) -> None:
    html = preview.draw(PAGES[name])
    assert not re.search(r"""<style|\bstyle=|\son\w+=|javascript:""", html)
    running = [tag for tag in re.findall(r"<script[^>]*>", html) if "src=" not in tag and "json" not in tag]
    assert running == ([] if name == "500" else [f'<script nonce="{preview.NONCE}">'])


@pytest.mark.parametrize("name", PAGES)
def test_nothing_comes_from_elsewhere_and_the_nhs_logo_from_nowhere(name: str) -> None:
    html = preview.draw(PAGES[name])
    assert set(re.findall(r"https?://[^\s\"'<]+", html)) <= {"http://www.w3.org/2000/svg"}
    assert "nhsuk-header__logo" not in html


@pytest.mark.parametrize("name", PAGES)
def test_a_title_names_the_page_and_never_a_person(name: str) -> None:
    title = re.search(r"<title>(.*?)</title>", preview.draw(PAGES[name]))
    assert title is not None
    assert re.fullmatch(r"\S.* – Kept", title[1])
    assert not any(person in title[1] for person in NAMES)


@pytest.mark.parametrize("name", ["record-sparse", "caseload", "contact-wrong", "503-typed", "looked"])
def test_what_somebody_typed_is_never_read_as_html(name: str) -> None:
    html = preview.draw(PAGES[name])
    assert "<b>" not in html
    assert "<i>" not in html
    assert re.search("&lt;[bi]&gt;", html)


@pytest.mark.parametrize("name", ["refusal", "404", "500", "sign-in"])
def test_a_page_that_refuses_names_nobody(name: str) -> None:
    assert not any(person in preview.draw(PAGES[name]) for person in NAMES)


def test_what_is_withheld_is_gathered_under_the_clause_that_withholds_it() -> None:
    child = Person(relationship="Child", withheld={"care.note": "hv-3.10", "growth.weight": "hv-2.02"})
    mother = Person(relationship="Mother", withheld={"identity.nhs-number": "hv-2.02"})
    gathered = withheld_by_clause(
        people=(child, mother), says={"hv-2.02": "Few look."}, items={"care.note": "notes"}
    )
    assert [(one.clause, one.says, one.items) for one in gathered] == [
        ("hv-3.10", "", ("Child: notes",)),
        ("hv-2.02", "Few look.", ("Child: growth.weight", "Mother: identity.nhs-number")),
    ]


def test_how_to_reach_a_parent_stands_first_and_what_is_withheld_keeps_its_place() -> None:
    home = (Address(("12 Made Up Lane", "ME99 1ZZ")),)
    child = Person(relationship="Child", addresses=home)
    mother = Person(
        relationship="Mother",
        phones=("07700 900 123",),
        addresses=home,
        born_on=date(1994, 5, 6),
        withheld={"identity.nhs-number": "hv-2.02"},
    )
    assert [(one.label, one.lines, one.clause) for one in mother.details(beside=child)] == [
        ("Phone", ("07700 900 123",), ""),
        ("Address", ("Same as the child",), ""),
        ("Date of birth", ("6 May 1994",), ""),
        ("NHS number", (), "hv-2.02"),
    ]


def test_several_addresses_are_told_apart_by_their_first_day() -> None:
    homes = (Address(("1 Old Lane",), date(2020, 1, 2)), Address(("2 New Lane",), date(2026, 3, 4)))
    details = Person(relationship="Father", addresses=homes).details(beside=Person(relationship="Child"))
    assert details[0].lines == ("1 Old Lane (since 2 January 2020)", "2 New Lane (since 4 March 2026)")
