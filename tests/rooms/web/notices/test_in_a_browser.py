"""The public pages as a browser draws them: for everyone, on a narrow screen, large enough, pictures beside words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Route
from pytest_django import DjangoDbBlocker

from kept.published import reads
from kept.web.notices.alone import alone
from kept.web.notices.formats import DRAFT, Form, shown
from tests import cast, clusters
from tests.rooms.web.notices.reading import PAGES, SERVICES, newest, read, sent
from tests.rooms.web.notices.second import publish_second

pytestmark = [pytest.mark.browser]

HOST = "http://kept.test"
NARROWEST = {"width": 320, "height": 640}
LAPTOP = {"width": 1280, "height": 800}
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SIXTEEN_POINT = 16 * 96 / 72
LISTS = ("/notices/", "/notices/health-visiting/versions/", "/notices/health-visiting/compare/")
# Every word that can be seen, with how it is drawn.
DRAWN = """() => {
  const drawn = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode, style = getComputedStyle(text.parentElement)
    if (!text.textContent.trim() || text.parentElement.closest('script, style, .nhsuk-u-visually-hidden')) continue
    drawn.push({ text: text.textContent.trim(), pixels: parseFloat(style.fontSize), family: style.fontFamily,
      slant: style.fontStyle, letters: style.textTransform, side: style.textAlign, color: style.color })
  }
  return drawn
}"""


@pytest.fixture(scope="module")
def pages(template: str, pages_as_served: None, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """Every public page there is a kind of, by a name for it: as it is sent."""
    with django_db_blocker.unblock(), clusters.template_clone() as name, clusters.pointed_at(name):
        reads.published.cache_clear()
        reader = Client()
        found = {
            f"{service} {form}": read(reader, newest(service), form) for service in SERVICES for form in PAGES
        }
        found["in force"] = sent(reader, "/notices/parent-infant-relationship/")
        publish_second()
        return found | {address: sent(reader, address) for address in LISTS}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport=LAPTOP)
    yield opened
    opened.close()


def show(tab: Page, html: str) -> list[str]:
    """Open a page; what the browser complained about, and who else was asked."""
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        file = Path(settings.STATIC_ROOT) / path.removeprefix("/static/")
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
        else:
            complaints.append(f"asked for {route.request.url}")
            route.abort()

    tab.route("**/*", answer)
    tab.goto(f"{HOST}/")
    return complaints


NAMES = [f"{service} {form}" for service in SERVICES for form in PAGES] + ["in force", *LISTS]


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_wide_or_narrow(tab: Page, pages: dict[str, str], name: str) -> None:
    assert show(tab, pages[name]) == []
    for size in (LAPTOP, NARROWEST):
        tab.set_viewport_size(size)
        found = Axe().run(tab).response["violations"]
        assert not [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]
        assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize(
    "name", ["health-visiting easy-read", "in force", "parent-infant-relationship large-print"]
)
@pytest.mark.parametrize("size", [LAPTOP, NARROWEST], ids=["wide", "narrow"])
def test_nothing_is_smaller_than_sixteen_point(
    tab: Page, pages: dict[str, str], name: str, size: dict[str, int]
) -> None:
    tab.set_viewport_size(size)  # type: ignore[arg-type]
    show(tab, pages[name])
    small = [one for one in tab.evaluate(DRAWN) if one["pixels"] < SIXTEEN_POINT]
    assert not small


@pytest.mark.parametrize("service", SERVICES)
def test_easy_read_is_black_on_white_like_arial_to_the_left_without_italics_or_capitals(
    tab: Page, pages: dict[str, str], service: str
) -> None:
    show(tab, pages[f"{service} easy-read"])
    drawn = tab.evaluate(DRAWN)
    assert len(drawn) > 150
    for one in drawn:
        assert one["family"].startswith("arial"), one
        assert (one["slant"], one["letters"]) == ("normal", "none"), one
        assert one["side"] in ("left", "start"), one
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    words = tab.locator(".notice__clause").first
    assert words.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("size", [LAPTOP, NARROWEST], ids=["wide", "narrow"])
def test_each_picture_stands_left_of_its_words(
    tab: Page, pages: dict[str, str], size: dict[str, int]
) -> None:
    tab.set_viewport_size(size)  # type: ignore[arg-type]
    show(tab, pages["parent-infant-relationship easy-read"])
    lines = tab.evaluate(
        """() => [...document.querySelectorAll('.notice__line')].map(line => {
          const picture = line.querySelector('svg'), drawn = picture.querySelector('use').getBBox()
          const left = picture.getBoundingClientRect()
          const right = line.querySelector('.notice__words').getBoundingClientRect()
          return { id: line.id, drawn: drawn.width > 0, wide: left.width, left: left.right <= right.left,
            beside: left.top < right.bottom && right.top < left.bottom }
        })"""
    )
    assert len(lines) > 100
    assert not [
        one for one in lines if not (one["drawn"] and one["left"] and one["beside"] and one["wide"] >= 48)
    ]


def test_a_notice_in_a_file_of_its_own_asks_for_nothing_and_looks_the_same(
    tab: Page, pages: dict[str, str]
) -> None:
    definition = cast.definition(cast.PAIRS)
    draft = alone(shown(definition, Form.EASY_READ, version=DRAFT, on=definition.dated))
    assert "/static/" not in draft
    assert show(tab, draft) == []
    assert not [one for one in tab.evaluate(DRAWN) if one["pixels"] < SIXTEEN_POINT]
    assert tab.locator(".notice__picture").first.is_visible()
    assert not Axe().run(tab).response["violations"]
