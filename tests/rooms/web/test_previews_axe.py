"""Every page in a real browser: for everyone, on a narrow screen, by keyboard, without a script, under the policy."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.rooms.web import preview

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_pages")]

PAGES = preview.pages()
TABLES = ["caseload", "record-seen", "record-withheld", "looked", "queue", "search-found"]
NARROWEST = {"width": 320, "height": 640}
LAPTOP = {"width": 1280, "height": 800}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport=LAPTOP)
    yield opened
    opened.close()


@pytest.fixture
def tab_without_a_script(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport=NARROWEST, java_script_enabled=False)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_runs_out_of_a_narrow_screen(tab: Page, name: str) -> None:
    complaints = preview.show(tab, preview.draw(PAGES[name]))
    assert complaints == []
    assert faults(tab) == []
    tab.set_viewport_size(NARROWEST)
    tab.reload()  # the menu is fitted to the screen when a page opens, and only some time after a turn of the phone
    assert tab.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]


def test_a_menu_that_no_script_has_folded_yet_makes_no_page_wider_than_the_screen(tab: Page) -> None:
    """As for a moment after a phone was turned: longest where the letters are wide."""
    tab.set_viewport_size(NARROWEST)
    preview.show(tab, preview.draw(PAGES["looked"]))
    tab.locator(".nhsuk-header__navigation-list").evaluate(
        "list => list.append(Object.assign(document.createElement('li'), {style: 'min-width: 400px'}))"
    )
    assert tab.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]


@pytest.mark.parametrize("name", TABLES)
def test_axe_finds_nothing_where_a_table_has_become_a_list(tab: Page, name: str) -> None:
    tab.set_viewport_size(NARROWEST)
    preview.show(tab, preview.draw(PAGES[name]))
    assert faults(tab) == []


def faults(tab: Page) -> list[str]:
    """What axe finds wrong, by all of its rules."""
    found = Axe().run(tab).response["violations"]
    return [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("name", ["record-new", "contact", "sign-in", "looked"])
def test_the_first_key_skips_to_what_the_page_is_about(tab: Page, name: str) -> None:
    preview.show(tab, preview.draw(PAGES[name]))
    tab.keyboard.press("Tab")
    link = tab.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(tab.locator("#maincontent")).to_be_focused()


def test_by_keyboard_and_without_a_script_an_answer_opens_what_belongs_to_it(
    tab_without_a_script: Page,
) -> None:
    tab = tab_without_a_script
    preview.show(tab, preview.draw(PAGES["contact"]))
    expect(tab.get_by_label("Easy Read, on paper")).to_be_hidden()
    tab.get_by_label("Yes").focus()
    tab.keyboard.press("Space")
    expect(tab.get_by_label("Easy Read, on paper")).to_be_visible()
    expect(tab.get_by_label("Why not?")).to_be_hidden()
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_label("Why not?")).to_be_visible()
    expect(tab.get_by_label("Easy Read, on paper")).to_be_hidden()


def test_without_a_script_no_passkey_is_offered(tab_without_a_script: Page) -> None:
    preview.show(tab_without_a_script, preview.draw(PAGES["second-factor"]))
    expect(tab_without_a_script.get_by_label("Code")).to_be_visible()
    expect(tab_without_a_script.get_by_role("button", name="Use a passkey")).to_be_hidden()


def test_with_a_script_a_passkey_is_offered(tab: Page) -> None:
    preview.show(tab, preview.draw(PAGES["second-factor"]))
    expect(tab.get_by_role("button", name="Use a passkey")).to_be_visible()


def test_without_a_script_every_way_stands_in_the_menu(tab_without_a_script: Page) -> None:
    preview.show(tab_without_a_script, preview.draw(PAGES["caseload"]))
    for words in ("Caseload", "Intake queue", "Who has looked"):
        expect(tab_without_a_script.get_by_role("link", name=words, exact=True)).to_be_visible()


def test_the_whole_of_a_long_note_opens_without_a_script(tab_without_a_script: Page) -> None:
    preview.show(tab_without_a_script, preview.draw(PAGES["record-seen"]))
    note = tab_without_a_script.locator(".nhsuk-details__text.kept-note").first
    expect(note).to_be_hidden()
    tab_without_a_script.get_by_text("The whole note").click()
    expect(note).to_be_visible()
    width = tab_without_a_script.locator("main").bounding_box()
    assert width is not None
    assert width["width"] <= NARROWEST["width"]


def test_what_was_typed_stands_in_the_form_unchanged(tab: Page) -> None:
    page = PAGES["contact-wrong"]
    preview.show(tab, preview.draw(page))
    expect(tab.get_by_label("Note")).to_have_value(page.context["values"]["note"])


def test_what_could_not_be_saved_is_sent_again_unchanged(tab: Page) -> None:
    page = PAGES["503-typed"]
    preview.show(tab, preview.draw(page))
    for typed in page.context["typed"]:
        assert tab.locator(f"input[name={typed.name}]").input_value() == typed.text
