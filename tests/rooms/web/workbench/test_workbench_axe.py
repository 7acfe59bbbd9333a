"""The pages of the workbench in a real browser: for everyone, on a narrow screen, under the policy."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.rooms.web import preview
from tests.rooms.web.workbench import desk

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_pages", "database")]

NARROWEST = {"width": 320, "height": 640}
LAPTOP = {"width": 1280, "height": 800}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport=LAPTOP)
    yield opened
    opened.close()


def pages() -> Iterator[tuple[str, str]]:
    """Every page of the workbench with something on it, as somebody meets it."""
    adopted = {"clause": "hold.language", "approver": desk.IVO}
    number = desk.propose("ira", begins_on=desk.later())
    answer = desk.browser_of("ira").post(f"/workbench/drafts/{number}/adopt/", adopted)
    draft = f"/workbench/drafts/{desk.number_of(answer)}/"
    for name, path in (
        ("ira", "/workbench/"),
        ("ira", draft),
        ("ivo", draft),
        ("ivo", f"{draft}explained/"),
        ("ivo", f"{draft}preview/"),
        ("ivo", f"{draft}preview/?as=full"),
        ("ivo", "/workbench/drafts/new/"),
    ):
        yield f"{name} {path}", desk.browser_of(name).get(path).content.decode()
    wrong = desk.form_of(changed={desk.NOTICE: ("    identify: {as: notice", "    identfy: {as: notice")})
    refused = desk.browser_of("ira").post("/workbench/drafts/new/", wrong | {"begins_on-day": "x"})
    yield "errors", refused.content.decode()


def test_axe_finds_nothing_and_nothing_runs_out_of_a_narrow_screen(tab: Page) -> None:
    found: list[str] = []
    for name, html in pages():
        tab.set_viewport_size(LAPTOP)
        found += preview.show(tab, re.sub(r'nonce="[^"]*"', f'nonce="{preview.NONCE}"', html))
        found += faults(tab)
        tab.set_viewport_size(NARROWEST)
        tab.reload()
        found += faults(tab)
        if tab.evaluate("document.documentElement.scrollWidth") > NARROWEST["width"]:
            found.append(f"{name} runs out of the screen")
        tab.unroute_all()
    assert found == []


def faults(tab: Page) -> list[str]:
    """What axe finds wrong, by all of its rules."""
    wrong = Axe().run(tab).response["violations"]
    return [f"{fault['id']}: {node['html']}" for fault in wrong for node in fault["nodes"]]
