"""One site for all journeys, and whoever arrives at it in a browser of their own: each test brings its people."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from tests import cast, clusters
from tests.journeys import the_log
from tests.journeys.signing_in import signs_in
from tests.journeys.site import Site, build_once, served
from tests.journeys.visitor import HEIGHT, WIDE, Visitor

Arrives = Callable[..., Visitor]


@pytest.fixture(scope="package")
def site(template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """The program served over a database of the journeys' own, with the cast at work in it."""
    from kept.published import reads

    with django_db_blocker.unblock(), clusters.template_clone() as name, clusters.pointed_at(name):
        reads.published.cache_clear()
        build_once()
        with served(clusters.settings_of(name) | {"KEPT_LOG_PAGES": "yes"}) as site:
            yield site
            assert not the_log.what_it_should_not_say(site), "the log tells of somebody"


@pytest.fixture(scope="package")
def signed_in(site: Site, browser: Browser) -> dict[str, Any]:
    """What the browsers of those who have signed in remember, by name: each signs in once."""
    return {}


@pytest.fixture
def arrives(site: Site, browser: Browser, signed_in: dict[str, Any]) -> Iterator[Arrives]:
    """`arrives("hannah")` has signed in; `arrives()` is anybody, not signed in yet."""
    here: list[Visitor] = []

    def arrives(name: str = "", *, script: bool = True, looks_closely: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": WIDE, "height": HEIGHT},
            java_script_enabled=script,
            storage_state=signed_in.get(name),
            locale="en-GB",
        )
        visitor = Visitor(site, context, script=script, looks_closely=looks_closely)
        here.append(visitor)
        if name and name not in signed_in:
            try:
                signs_in(visitor, email=f"{name}@kent.example", secret=cast.second_factor_of(name))
            finally:  # also where the first page after signing in is not as it should be
                signed_in[name] = context.storage_state()
        return visitor

    yield arrives
    for visitor in here:
        visitor.context.close()
        assert not visitor.complaints, visitor.complaints
