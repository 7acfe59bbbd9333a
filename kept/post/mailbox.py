"""Which mailbox of MESH is ours, and what opens it: read from the settings, refused in a sentence where they are wrong.

MESH is the national Message Exchange for Social Care and Health. A mailbox has an id, a password of its own, a key
that all of an environment share, and a certificate that says which machine calls.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ADDRESS, NAME = "KEPT_MESH_ADDRESS", "KEPT_MESH_MAILBOX"
PASSWORD, SHARED_KEY = "KEPT_MESH_PASSWORD", "KEPT_MESH_SHARED_KEY"
CERTIFICATE, CERTIFICATE_KEY = "KEPT_MESH_CERTIFICATE", "KEPT_MESH_CERTIFICATE_KEY"
AUTHORITIES = "KEPT_MESH_AUTHORITIES"
SETTINGS = (ADDRESS, NAME, PASSWORD, SHARED_KEY, CERTIFICATE, CERTIFICATE_KEY, AUTHORITIES)
HERE = frozenset({"127.0.0.1", "::1", "localhost"})


class NoMailbox(Exception):
    """The settings name no mailbox that can be opened; the message says what to set."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox, and what opens it. The secrets are never shown with it."""

    address: str
    name: str
    password: str = field(repr=False)
    shared_key: str = field(repr=False)
    certificate: Path | None = None
    certificate_key: Path | None = None
    authorities: Path | None = None
    """Who vouches for the server; without it, those whom the library knows for the national addresses."""


def mailbox_of(settings: Mapping[str, str], *, home: Path) -> Mailbox:
    """The mailbox that the settings name; a secret that is not among them is in a file of `home`. Raises NoMailbox."""
    given = dict(settings)
    for secret in (PASSWORD, SHARED_KEY):
        given[secret] = settings.get(secret) or _kept(home / "secrets" / _file_of(secret))
    if missing := [name for name in (ADDRESS, NAME, PASSWORD, SHARED_KEY) if not given.get(name)]:
        raise NoMailbox(
            f"Not set: {', '.join(missing)}. Set them as docs/guides/settings.md says; "
            f"the two secrets may be files of {home / 'secrets'} instead: "
            f"{_file_of(PASSWORD)} and {_file_of(SHARED_KEY)}."
        )
    _check(given)
    return Mailbox(
        address=given[ADDRESS],
        name=given[NAME],
        password=given[PASSWORD],
        shared_key=given[SHARED_KEY],
        certificate=_file(given, CERTIFICATE),
        certificate_key=_file(given, CERTIFICATE_KEY),
        authorities=_file(given, AUTHORITIES),
    )


def _file_of(secret: str) -> str:
    return secret.removeprefix("KEPT_").lower()


def _kept(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def _check(given: Mapping[str, str]) -> None:
    address = urlsplit(given[ADDRESS])
    if address.scheme not in ("https", "http") or not address.hostname:
        raise NoMailbox(f"{ADDRESS} is not an address. Write it as https://name.of.the.server.")
    if address.scheme == "http" and address.hostname not in HERE:
        raise NoMailbox(f"{ADDRESS} would carry messages about families unsealed. Begin it with https://.")
    if not all(given[name].isascii() for name in (NAME, PASSWORD)):  # MESH signs them as ASCII
        raise NoMailbox(f"{NAME} and {PASSWORD} have no letters beyond plain ones. Copy them again.")
    if given.get(CERTIFICATE_KEY) and not given.get(CERTIFICATE):
        raise NoMailbox(f"{CERTIFICATE_KEY} is set and {CERTIFICATE} is not. Set both, or neither.")


def _file(given: Mapping[str, str], name: str) -> Path | None:
    if not given.get(name):
        return None
    file = Path(given[name])
    if not file.is_file():
        raise NoMailbox(f"{name} names {file}, and there is no such file. Put it there, or name another.")
    return file
