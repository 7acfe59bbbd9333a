"""Plain text to be read aloud; HTML as Easy Read, full and large print."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import get_args

import pytest

from kept.notices.leaf import leaf, printed
from kept.notices.loading import load
from kept.notices.rendering import Format, as_html, as_text, fragment
from tests.notices.real import definition_of
from tests.notices.tiny import NOTICE, ON, changed, tiny, toy_library

FORMATS = get_args(Format)
SERVICES = ["health-visiting", "parent-infant-relationship"]


class Page(HTMLParser):
    """What a page says, and whether its elements are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)
        named = dict(attrs)
        self.ids += [named["id"] or ""] if "id" in named else []
        self.addresses += [named[name] or "" for name in ("src", "href") if name in named]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_carries_the_service_the_date_the_version_and_every_word(
    service: str, form: Format
) -> None:
    definition = definition_of(service)
    page = Page(as_html(leaf(definition, on=date(2026, 11, 22)), form=form))
    assert page.open == []
    assert definition.title in page.text
    assert printed(definition.dated) in page.text
    assert definition.hash[:12] in page.text
    assert all(clause.words in page.text for clause in definition.clauses if not clause.proposed)
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("service", SERVICES)
def test_the_text_holds_every_word_in_reading_order(service: str) -> None:
    definition = definition_of(service)
    text = as_text(leaf(definition, on=date(2026, 7, 1)))
    places = [text.index(clause.words) for s in definition.vocabulary.sections for clause in definition.clauses
              if clause.section == s and not clause.proposed]  # fmt: skip
    assert places == sorted(places)
    assert text.startswith(f"{definition.title}. Privacy notice of {printed(definition.dated)}.")
    assert not re.search(r"[<>{}_*#]", text)


def test_a_picture_stands_beside_each_idea_in_easy_read_only() -> None:
    page = leaf(toy_library(), on=ON)
    easy = Page(as_html(page, form="easy-read", picture=lambda name: f"/pictures/{name}.svg"))
    assert easy.addresses == ["/pictures/building.svg", "/pictures/padlock.svg"]
    assert Page(as_html(page, form="full", picture=lambda name: f"/pictures/{name}.svg")).addresses == []
    assert Page(as_html(page, form="easy-read")).addresses == []


def test_the_full_format_says_what_stands_behind_the_words_and_that_nobody_issued_it() -> None:
    text = Page(as_html(leaf(toy_library(), on=ON), form="full")).text
    assert "Carries out: toys-3.04." in text
    assert "Takes down name; date of birth" in text
    assert "The law it rests on: UK GDPR Article 6(1)(e); UK GDPR Article 9(2)(h)." in text
    assert "Anytown Council did not issue it." in text
    assert "Carries out" not in Page(as_html(leaf(toy_library(), on=ON), form="easy-read")).text


def test_a_published_notice_keeps_its_words_and_gets_a_dated_note_when_a_body_is_renamed() -> None:
    before = as_text(leaf(toy_library(), on=date(2026, 2, 28)))
    after = as_text(leaf(toy_library(), on=date(2026, 3, 1)))
    note = "Since 1 March 2026 it is called The Toy and Play Trust."
    assert note not in before
    assert f"The Toy Trust runs the library for us. {note}" in after


def test_a_proposal_is_shown_once_it_is_adopted_and_the_full_format_says_so() -> None:
    proposal = """
    - id: hold.hobby
      section: what-we-hold
      says: We would like to know what your child loves to play.
      status: proposed
      means: {collect: {items: [identity.hobby], about: [child], from: [the-person], for: [lending]}}
    """
    adopted = "[{clause: hold.hobby, service: toy-library, by: Ash, approved_by: Bo, on: 2026-04-01}]"
    notice = tiny(proposal, adopted=adopted)
    assert "loves to play" not in as_text(leaf(notice, on=date(2026, 3, 31)))
    page = as_html(leaf(notice, on=date(2026, 4, 1)), form="full")
    assert "loves to play" in page
    assert "This is not in the published notice." in page


def test_words_in_another_language_are_used_where_they_are_there() -> None:
    french = changed(
        NOTICE, "says: Toys help children grow.", "says: {en: Toys help., fr: Les jouets aident.}"
    )
    page = leaf(load(french, service="toy-library"), on=ON, language="fr")
    assert "Les jouets aident." in as_text(page)
    assert "Anytown Council looks after the Toy Library." in as_text(page)
    assert '<html lang="fr">' in as_html(page, form="full")


def test_what_a_notice_says_is_never_markup() -> None:
    sly = changed(NOTICE, "says: Toys help children grow.", "says: '<script>alert(1)</script> & more'")
    html = as_html(leaf(load(sly, service="toy-library"), on=ON), form="full")
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html


def test_a_page_fetches_nothing_from_elsewhere() -> None:
    html = as_html(leaf(toy_library(), on=ON), form="easy-read")
    assert "http" not in html
    assert "@import" not in html


def test_the_fragment_is_the_page_without_its_frame() -> None:
    page = leaf(toy_library(), on=ON)
    assert fragment(page, form="easy-read") in as_html(page, form="easy-read")
    assert "<html" not in fragment(page, form="easy-read")
