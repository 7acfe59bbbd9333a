"""Which role a piece of work uses the database as: the application, unless it says otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from kept.database.roles import ALIASES

APPLICATION = "default"
_here: ContextVar[str] = ContextVar("kept_acting_as", default=APPLICATION)


def here() -> str:
    """The alias of the database connection that this piece of work uses."""
    return _here.get()


@contextmanager
def acting_as(alias: str) -> Iterator[None]:
    """Use another role's connection inside this block, in this thread or task alone:
    `acting_as("intake")`."""
    if alias not in ALIASES:
        raise ValueError(f"No database role is called {alias!r}. There are: {', '.join(ALIASES)}.")
    token = _here.set(alias)
    try:
        yield
    finally:
        _here.reset(token)
