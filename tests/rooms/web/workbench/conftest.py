"""The pages of the workbench, asked for without a server in between."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def no_pictures(settings: Settings, tmp_path: Path) -> None:
    """Styles are named as they are in the folder: nothing here asks for the ones that were collected."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
