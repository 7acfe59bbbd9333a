"""Signing in as anybody does: a password, then a code of their own app."""

from datetime import UTC, datetime

import pyotp

from tests import cast
from tests.journeys.visitor import Visitor


def signs_in(visitor: Visitor, *, email: str, secret: str, password: str = cast.PASSWORD) -> None:
    types_password(visitor, email=email, password=password)
    visitor.types("Code", code_of(secret)).presses("Sign in")


def types_password(visitor: Visitor, *, email: str, password: str = cast.PASSWORD) -> None:
    visitor.goes_to("/sign-in/")
    visitor.types("Email address", email).types("Password", password).presses("Sign in")


def code_of(secret: str, *, later: int = 0) -> str:
    """The code that an app shows now, or so many half minutes later."""
    return pyotp.TOTP(secret).at(datetime.now(UTC), counter_offset=later)
