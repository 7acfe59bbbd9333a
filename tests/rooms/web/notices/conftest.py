"""Somebody who reads the notices: not signed in, with pages as they are served."""

import pytest
from django.test import Client

from tests.journeys.site import build_once


@pytest.fixture(scope="session")
def pages_as_served() -> None:
    build_once()


@pytest.fixture
def reader(database: str, pages_as_served: None) -> Client:
    return Client()
