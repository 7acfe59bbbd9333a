"""Who works here in these tests, and a browser for each of them. Nobody is real."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any

import pyotp
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.loading import load
from kept.staff import actions
from kept.staff.reads import asker_of
from tests import cast

SERVICE, COUNCIL, TRUST = cast.HEALTH_VISITING, cast.COUNCIL, cast.TRUST
PASSWORD = "seven plain wooden spoons"
TEAM, DISTRICT = "Harbour", "CT9"
_numbers = count(1)


@cache
def definition() -> Definition:
    return load(cast.texts(), service=SERVICE)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Colleague:
    """An account, what its owner knows and carries, and a browser."""

    account: int
    email: str
    secret: str = ""
    browser: Client = field(default_factory=Client)
    _codes: int = 0

    @property
    def key(self) -> str:
        return self.browser.cookies["sessionid"].value

    @property
    def asker(self) -> Asker | None:
        return asker_of(token=self.key, at=now())

    @property
    def code(self) -> str:
        """A code that is right and was not used yet: the app's clock may be half a minute ahead."""
        self._codes += 1
        return pyotp.TOTP(self.secret).at(now(), counter_offset=self._codes - 1)

    def type_password(self, password: str = PASSWORD, **more: Any) -> Any:
        return self.browser.post("/sign-in/", {"login": self.email, "password": password}, **more)

    def type_code(self, code: str) -> Any:
        return self.browser.post("/second-factor/authenticate/", {"code": code})

    def sign_in(self) -> "Colleague":
        self.type_password()
        assert self.type_code(self.code).status_code == 302
        return self


def joined(
    role: str = "practitioner", *, organisation: str = TRUST, teams: tuple[str, ...] = (), totp: bool = True
) -> Colleague:
    """Somebody with an account and (unless said otherwise) an authenticator app."""
    email = f"colleague{next(_numbers)}@example.org"
    account = actions.add_account(
        by="the tests",
        definition=definition(),
        email=email,
        name="Robin Example",
        role=role,
        organisation=organisation,
        teams=teams,
        password=PASSWORD,
        at=now(),
    )
    secret = actions.add_totp(by="the tests", account=account, at=now()) if totp else ""
    return Colleague(account, email, secret)


def as_role(alias: str, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Raw SQL as one role of the database: what an injected query could do."""
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a page of the program")


urlpatterns = [path("", include("kept.staff.urls")), path("", home, name="home")]
