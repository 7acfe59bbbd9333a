"""Make the picture of the README anew, from the demonstration: python -m tests.journeys.pictures

It starts a demonstration of its own in a folder that it throws away, signs in as a health visitor, and opens the
record of the youngest child whose new birth visit is due.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from kept.database import embedded
from tests import browsers
from tests.journeys.signing_in import signs_in
from tests.journeys.site import Site, served
from tests.journeys.visitor import WIDE, Visitor

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "record.png"
HEIGHT = 1000
LARGEST_BYTES = 200_000


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kept-pictures-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        try:
            with served({"KEPT_HOME": folder}, "--demonstration") as site, browsers.driven() as playwright:
                path = browsers.chromium(settings=os.environ)
                opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
                take(site, opened, home)
                opened.close()
        finally:
            embedded.stop(home=home)
    size = PICTURE.stat().st_size
    sys.stdout.write(f"{PICTURE} has {size:,} bytes.\n")
    return int(size > LARGEST_BYTES)


def take(site: Site, browser: Browser, home: Path) -> None:
    """Draw the first screen of a record, as a health visitor meets it."""
    accounts = json.loads((home / "secrets" / "demonstration-accounts.json").read_text())
    practitioner = next(one for one in accounts if one["role"].startswith("practitioner"))
    context = browser.new_context(viewport={"width": WIDE, "height": HEIGHT}, locale="en-GB")
    visitor = Visitor(site, context, looks_closely=False)
    signs_in(
        visitor,
        email=practitioner["email"],
        secret=practitioner["second_factor"],
        password=practitioner["password"],
    )
    visitor.tab.locator("tr", has_text="New birth visit").get_by_role("link").first.click()
    visitor.looks()
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    visitor.tab.screenshot(path=PICTURE)


if __name__ == "__main__":
    sys.exit(main())
