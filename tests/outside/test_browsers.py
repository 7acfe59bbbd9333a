"""The journeys are walked in a browser that opens a page, and never skipped."""

import os
from pathlib import Path

import pytest

from tests import browsers


def test_the_browser_that_is_found_opens_a_page() -> None:
    assert browsers.opens_a_page(browsers.chromium(settings=os.environ))


def test_what_the_setting_names_is_used_or_refused(tmp_path: Path) -> None:
    found = browsers.chromium(settings=os.environ)
    assert browsers.chromium(settings={"KEPT_CHROMIUM": found}) == found
    for wrong in (tmp_path / "nothing", Path("/bin/true")):
        with pytest.raises(LookupError, match="not a browser that opens a page here"):
            browsers.chromium(settings={"KEPT_CHROMIUM": str(wrong)})


def test_without_a_browser_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsers, "candidates", lambda: iter([]))
    with pytest.raises(LookupError, match="KEPT_CHROMIUM=/path/to/chromium make test"):
        browsers.chromium(settings={})
