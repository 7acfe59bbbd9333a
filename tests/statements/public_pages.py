"""The public pages of the notices, as anybody reads them: without the pictures, which nothing here looks at."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from kept.published.editions import Edition, editions
from kept.web.notices import pictures
from kept.web.notices.addresses import format_href
from kept.web.notices.formats import Form

PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.fixture
def reader(database: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    """Somebody who is not signed in."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
    monkeypatch.setattr(pictures, "drawings", dict)
    return Client()


def newest(service: str) -> Edition:
    return editions(service=service)[0]


def page(reader: Client, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.content.decode()


def notice_in(reader: Client, edition: Edition, form: Form) -> str:
    """One version in one format."""
    return page(reader, format_href(edition, form))
