"""Somebody in front of the pages: what they do, in the words of what they see; and what holds of every page.

    hannah.goes_to("/caseload/")
    hannah.follows("Amina Okafor")
    hannah.sees("New birth visit")

Each page of a new kind is looked at as it is met, wide and narrow: axe finds nothing, nothing runs out of the
screen, the browser complains of nothing, no other host is asked, the content security policy stands, and no
name of anybody in the record is in its title or its address. With KEPT_PICTURES set to a folder, each is drawn
there.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Request, Response
from playwright.sync_api import Page as Tab
from psycopg import OperationalError

from tests import cast
from tests.journeys.site import Site, home

WIDE, NARROW = 1280, 320
HEIGHT = 900
# The browser's own remark about a page that was answered with an error: the page is what is looked at.
ANSWERED_WITH = "Failed to load resource: the server responded with a status of"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = Axe().axe_script


def first_of(kind: tuple[str, ...]) -> bool:
    """Whether nobody in this run of the tests has looked at a page of this kind; the one who asks does."""
    seen = home() / "pages-seen"
    seen.mkdir(exist_ok=True)
    try:
        (seen / hashlib.sha256(repr(kind).encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@dataclass
class Visitor:
    site: Site
    context: BrowserContext
    script: bool = True
    looks_closely: bool = True
    complaints: list[str] = field(default_factory=list)
    answers: dict[str, Response] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tab: Tab = self.context.new_page()
        self.tab.set_default_timeout(15_000)
        self.tab.on("console", self._said)
        self.tab.on("pageerror", lambda error: self.complaints.append(f"a script failed: {error}"))
        self.tab.on("request", self._asked)
        self.tab.on("response", self._answered)

    # What they do.

    def goes_to(self, path: str) -> "Visitor":
        self.tab.goto(self.site.address + path)
        return self.looks()

    def follows(self, words: str) -> "Visitor":
        self.tab.get_by_role("link", name=words).first.click()
        return self.looks()

    def presses(self, words: str) -> "Visitor":
        self.tab.get_by_role("button", name=words, exact=True).click()
        return self.looks()

    def types(self, what: str, text: str) -> "Visitor":
        self.tab.get_by_label(what, exact=True).fill(text)
        return self

    def chooses(self, question: str, answer: str) -> "Visitor":
        self.asked(question).get_by_label(answer, exact=True).check()
        return self

    def types_day(self, question: str, day: Any) -> "Visitor":
        for part in ("day", "month", "year"):
            self.asked(question).get_by_label(part.capitalize(), exact=True).fill(str(getattr(day, part)))
        return self

    def goes_back(self) -> "Visitor":
        self.tab.go_back()
        return self.looks()

    # What they see.

    def sees(self, *words: str) -> "Visitor":
        for one in words:
            assert one in self.page, f"{one!r} is not on the page:\n{self.page}"
        return self

    def does_not_see(self, *words: str) -> "Visitor":
        for one in words:
            assert one not in self.page, f"{one!r} is on the page:\n{self.page}"
        return self

    def is_at(self, path: str) -> "Visitor":
        assert self.path == path
        return self

    @property
    def page(self) -> str:
        """All the words on the page, as they are seen; what is typed in a box is not among them."""
        return " ".join(self.tab.locator("body").inner_text().split())

    @property
    def heading(self) -> str:
        return self.tab.locator("h1").inner_text()

    @property
    def path(self) -> str:
        return self.tab.url.removeprefix(self.site.address)

    @property
    def status(self) -> int:
        return self.answers[self.tab.url.split("#")[0]].status

    @property
    def errors(self) -> list[str]:
        """What the error summary lists."""
        return self.tab.locator(".nhsuk-error-summary__list li").all_inner_texts()

    @property
    def focus(self) -> str:
        """What has the keyboard: its own words, label or name."""
        return str(
            self.tab.evaluate(
                "(e => e.labels && e.labels[0] ? e.labels[0].innerText"
                " : (e.getAttribute('aria-label') || e.innerText || e.tagName))(document.activeElement)"
            )
        ).strip()

    def asked(self, question: str) -> Locator:
        """The group of boxes that a question asks with."""
        return self.tab.get_by_role("group", name=question)

    # What holds of every page.

    def looks(self) -> "Visitor":
        self.tab.wait_for_load_state()
        assert not self.complaints, self.complaints
        if self.looks_closely and first_of(self._kind):
            self._names_nobody_outside()
            assert self.tab.locator("header .kept-name").inner_text().startswith("Kept")
            with self._still() as tab:
                tab.evaluate(AXE)
                for width in (NARROW, WIDE):
                    tab.set_viewport_size({"width": width, "height": HEIGHT})
                    self._draw(tab, width)
                    over = tab.evaluate(OVERFLOW)
                    assert over <= 0, f"{tab.url} runs {over} pixels out of a screen {width} wide"
                    found = AxeResults(tab.evaluate("axe.run({resultTypes: ['violations']})"))
                    assert not found.violations_count, found.generate_report()
        return self

    @contextmanager
    def _still(self) -> Iterator[Tab]:
        """A tab in which axe runs: where the browser runs no script, another, with the page as it is and axe alone."""
        if self.script or self.context.browser is None:
            yield self.tab
            return
        html, url = self.tab.content(), self.tab.url
        context = self.context.browser.new_context()
        tab = context.new_page()
        policy = {"content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'"}
        tab.route(url, lambda route: route.fulfill(body=html, content_type="text/html", headers=policy))
        tab.goto(url)
        yield tab
        context.close()

    @property
    def _kind(self) -> tuple[str, ...]:
        """Two pages of a kind are alike but for what is in them."""
        shape = re.sub(r"[0-9a-f-]{36}|\d+", "*", self.path.partition("?")[0])
        which = self.errors or [self.heading if self.status >= 400 else ""]
        return (shape, *which, "" if self.script else "without script")

    def _draw(self, tab: Tab, width: int) -> None:
        if folder := os.environ.get("KEPT_PICTURES"):
            name = re.sub(r"\W+", "-", "-".join(filter(None, self._kind)))[:90].strip("-")
            Path(folder).mkdir(parents=True, exist_ok=True)
            tab.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    def _names_nobody_outside(self) -> None:
        outside = f"{self.tab.title()} {self.tab.url}".casefold()
        try:
            named = cast.as_superuser("select given, family from record_name")
        except OperationalError:  # a test has taken the database away
            return
        # As a word of its own: somebody is called Li, and a life may be at risk.
        found = [
            name
            for name in {name.casefold() for names in named for name in names if name}
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", outside)
        ]
        assert not found, found

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(ANSWERED_WITH):
            self.complaints.append(f"the console says: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site.address}/", "data:")):
            self.complaints.append(f"another host was asked: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.resource_type != "document" or response.request.method not in ("GET", "POST"):
            if response.status >= 400:
                self.complaints.append(f"{response.status}: {response.url}")
            return
        self.answers[response.url] = response
        policy = response.headers.get("content-security-policy", "")
        if "default-src 'none'" not in policy or "unsafe" in policy:
            self.complaints.append(f"{response.url} has the content security policy {policy!r}")
