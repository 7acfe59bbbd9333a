"""Waking the program for a command: settings, then the room the command speaks to, under a database role."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kept.database.acting import acting_as


@contextmanager
def program(*, role: str = "default") -> Iterator[None]:
    """Everything inside runs with the program set up, as one database role (an alias of the settings)."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
    django.setup()
    with acting_as(role):
        yield
