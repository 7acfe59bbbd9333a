"""The room by itself: its own pages under the library's plain templates, on a database of each test's own."""

from collections.abc import Iterator
from pathlib import Path

import allauth
import pytest
from django.core.cache import cache
from pytest_django import Settings

from kept.staff import actions
from tests.rooms.staff.staff_room import DISTRICT, SERVICE, TEAM, now


@pytest.fixture
def room(database: str, settings: Settings) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.rooms.staff.staff_room"
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "kept.staff.second_factor.SecondFactorMiddleware",
        "axes.middleware.AxesMiddleware",
    ]
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(allauth.__file__).parent / "templates"],
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ]
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    cache.clear()
    actions.add_team(by="the tests", service=SERVICE, name=TEAM, postcode_districts=[DISTRICT], at=now())
    yield
    cache.clear()
