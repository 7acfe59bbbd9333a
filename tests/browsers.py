"""Find the browser that the journeys are walked in: `python -m tests.browsers` prints its path.

In this order: the one that the setting KEPT_CHROMIUM names; one that is installed; Playwright's own, fetched
if need be; Debian's, if we may install it. A browser counts only when it opens a page here: one that lacks a
library of the system is passed over. The journeys are never skipped: where no browser can be had, this says
what to do and fails.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kept.web.building import find_node

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

# The browser, and what reads the words of a PDF back.
PACKAGES = ("chromium", "poppler-utils")
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WHERE = """
from tests.browsers import driven
with driven() as playwright:
    print(playwright.chromium.executable_path)
"""
WHAT_TO_DO = (
    "The journeys need a Chromium and none could be had on this machine. Install one (on Debian, as root: "
    "apt-get install chromium), or say where one is: KEPT_CHROMIUM=/path/to/chromium make test"
)


def chromium(*, settings: Mapping[str, str]) -> str:
    """The path of a Chromium that opens a page; raises LookupError with a sentence that says what to do."""
    named = settings.get("KEPT_CHROMIUM", "")
    if named:
        if opens_a_page(named):
            return named
        raise LookupError(f"KEPT_CHROMIUM names {named}, which is not a browser that opens a page here.")
    for candidate in candidates():
        if opens_a_page(candidate):
            return candidate
    raise LookupError(WHAT_TO_DO)


def candidates() -> Iterator[str]:
    """Each place to look, the quickest first; the next is tried only when the one before did not do."""
    yield from filter(None, map(shutil.which, COMMANDS))
    yield from playwrights_own()
    say("No browser is installed: fetching Playwright's own.")
    run([sys.executable, "-m", "playwright", "install", "chromium"])
    yield from playwrights_own()
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium with apt-get.")
        run(["apt-get", "update", "-qq"])
        run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *PACKAGES])
        yield from filter(None, map(shutil.which, COMMANDS))
        # Debian's libraries may be all that Playwright's own was missing.
        yield from playwrights_own()


@contextmanager
def driven() -> Iterator["Playwright"]:
    """Playwright, with a Node that runs here: a bare machine lacks a library that Playwright's own needs, and the
    one that builds the style sheet does without."""
    from playwright.sync_api import sync_playwright

    if not runs(sys.executable, "-m", "playwright", "--version"):
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = find_node().node[0]
    with sync_playwright() as playwright:
        yield playwright


def runs(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def playwrights_own() -> Iterator[str]:
    """Where Playwright keeps the Chromium that it fetched, if it did."""
    found = subprocess.run([sys.executable, "-c", WHERE], capture_output=True, text=True, check=False)
    path = found.stdout.strip()
    if found.returncode == 0 and Path(path).exists():
        yield path


def opens_a_page(path: str) -> bool:
    command = [path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--dump-dom"]
    try:
        seen = subprocess.run(
            [*command, "data:text/html,<p>Kept</p>"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "<p>Kept</p>" in seen.stdout


def run(command: list[str]) -> None:
    """What it prints goes to the person; whether it worked is seen by trying the browser."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, stdout=sys.stderr, env=environment, check=False)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - spoken to whoever started the tests


def main() -> int:
    try:
        path = chromium(settings=os.environ)
    except LookupError as error:
        say(str(error))
        return 1
    print(path)  # noqa: T201 - the answer, read by the Makefile
    return 0


if __name__ == "__main__":
    sys.exit(main())
