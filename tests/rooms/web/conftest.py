"""The style sheet that a page needs in a browser."""

import pytest

from kept.web import building


@pytest.fixture(scope="session")
def built_pages() -> None:
    building.build()
