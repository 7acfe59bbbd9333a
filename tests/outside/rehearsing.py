"""Another machine: a server of its own, to which a backup is brought, and the program there."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kept.database.addresses import django_database
from kept.database.embedded import Server
from kept.database.roles import ALIASES
from tests import cast
from tests.journeys.site import KEPT


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command said, and how it ended."""

    code: int
    told: Any
    said: str


def kept(*words: str, **settings: str) -> Ended:
    """Run a command with these settings and no others of ours."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("KEPT_")}
    done = subprocess.run(
        [str(KEPT), *words], env=others | settings, capture_output=True, text=True, timeout=300, check=False
    )
    told = json.loads(done.stdout) if done.stdout.startswith(("{", "[")) else done.stdout
    return Ended(done.returncode, told, done.stderr)


@contextmanager
def working_on(server: Server) -> Iterator[Mapping[str, str]]:
    """Every connection of this process leads to that server's database, each as its own role."""
    from django.db import connections

    from kept.published import reads

    before = {alias: dict(connections.settings[alias]) for alias in ALIASES}
    connections.close_all()
    reads.published.cache_clear()
    addresses = {role: server.address_for(role) for role in ALIASES.values()}
    for alias, role in ALIASES.items():
        connections.settings[alias].update(
            django_database(addresses[role], alias=alias) | {"CONN_MAX_AGE": 0}
        )
    try:
        yield addresses
    finally:
        connections.close_all()
        reads.published.cache_clear()
        for alias, entry in before.items():
            connections.settings[alias].update(entry)


def signed_in_anew(*names: str) -> None:
    """Sign some of the cast in, on the database that this process works on."""
    from kept.database.acting import acting_as
    from kept.staff.models import Account

    with acting_as("owner"):
        for name in names:
            account = Account.objects.using("owner").get(email=f"{name}@kent.example").pk
            cast._sign_in(name, account)


def secrets_of(home: Path) -> dict[str, str]:
    return {"KEPT_HOME": str(home)}
