"""What is asked for: a random child of a random practitioner's team, with the cookie of somebody signed in."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import psycopg
from django.conf import settings

from bench.driving import Question
from bench.people import Practitioner

CHILDREN = """
select c.team_id, p.public_id, n.given || ' ' || n.family
from record_caseload_place c join record_person p on p.id = c.person_id join record_name n on n.person_id = p.id
"""


@dataclass(frozen=True, slots=True)
class Child:
    public_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Caseloads:
    """Who is signed in, and the children of each team."""

    practitioners: Sequence[Practitioner]
    children: dict[int, list[Child]]

    def any(self, chance: Random) -> tuple[Practitioner, Child]:
        by = chance.choice(self.practitioners)
        return by, chance.choice(self.children[by.team])


def caseloads(connection: psycopg.Connection[Any], practitioners: Sequence[Practitioner]) -> Caseloads:
    children: dict[int, list[Child]] = {}
    for team, public_id, name in connection.execute(CHILDREN):
        children.setdefault(team, []).append(Child(public_id, name))
    return Caseloads(practitioners, children)


def records(among: Caseloads, *, seed: int) -> Iterator[Question]:
    """Whole records, without end."""
    chance = Random(seed)  # noqa: S311 - the same pages every time
    while True:
        by, child = among.any(chance)
        yield Question(
            request=_get(f"/children/{child.public_id}/", key=by.key),
            status=b"200",
            holds=child.name.encode(),
        )


def contacts(among: Caseloads, *, definition: int, on: date, seed: int) -> Iterator[Question]:
    """Forms that record a new contact with its note, weight and notice, without end."""
    chance = Random(seed)  # noqa: S311 - the same children every time
    csrf = secrets.token_hex(16)
    while True:
        by, child = among.any(chance)
        typed = {
            "csrfmiddlewaretoken": csrf,
            "once": str(uuid4()),
            "kind": "home-visit",
            **{f"visited_on-{part}": str(getattr(on, part)) for part in ("day", "month", "year")},
            "place": "home",
            "weight": "4.210",
            "note": "Seen at home with both parents. Feeding well.",
            "notice": "given",
            "notice_version": str(definition),
            "notice_format": "easy-read",
        }
        path = f"/children/{child.public_id}/contacts/new/"
        yield Question(
            request=_post(path, urlencode(typed), key=by.key, csrf=csrf),
            status=b"302",
            holds=f"/children/{child.public_id}/?saved".encode(),
        )


def _head(method: str, path: str, cookies: str) -> str:
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {settings.SESSION_COOKIE_NAME}={cookies}\r\n"
    )


def _get(path: str, *, key: str) -> bytes:
    return (_head("GET", path, f"{key}; {settings.CSRF_COOKIE_NAME}={key}") + "\r\n").encode()


def _post(path: str, body: str, *, key: str, csrf: str) -> bytes:
    head = _head("POST", path, f"{key}; {settings.CSRF_COOKIE_NAME}={csrf}")
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}{kind}Content-Length: {len(body)}\r\n\r\n{body}".encode()
