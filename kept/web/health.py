"""Whether this program lives, and whether it can be sent people: for what starts it and what stands before it.

`/health/live` is answered by any process that answers at all. `/health/ready` is answered with 200 where the
database can be reached, is of this program's version, and holds the notices in force as they were published. To
whoever asks no more is said; the log says what is in the way.
"""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from kept.database.migrated import versions
from kept.database.trouble import DatabaseTrouble
from kept.notices.faults import Faulty
from kept.published.reads import unlike_what_was_published
from kept.standards.days import day_of

logger = logging.getLogger("kept.health")

LIVE, READY = "/health/live", "/health/ready"
# However often it is asked, the database is asked so often at most.
ASKED_ANEW_SECONDS = 2.0
SERVICE_UNAVAILABLE = 503


class HealthMiddleware:
    """The outermost: who asks for health knows neither our name (ALLOWED_HOSTS) nor TLS, and signs in to nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._answer: tuple[float, str] | None = None
        self._one_at_a_time = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == LIVE:
            return answered("live", so=True)
        if request.path == READY:
            return answered("ready", so=not self.in_the_way())
        return self.get_response(request)

    def in_the_way(self) -> str:
        with self._one_at_a_time:
            asked_at, before = self._answer or (None, "")
            if asked_at is None or time.monotonic() - asked_at > ASKED_ANEW_SECONDS:
                found = what_is_in_the_way(at=datetime.now(UTC))
                if found != before:
                    logger.warning(
                        "It changed whether people can be served.", extra={"what": found or "ready"}
                    )
                self._answer = (time.monotonic(), found)
            return self._answer[1] if self._answer else ""


def answered(word: str, *, so: bool) -> HttpResponse:
    response = JsonResponse({word: so}, status=200 if so else SERVICE_UNAVAILABLE)
    response.headers["Cache-Control"] = "no-store"
    # It stands before what gives every other answer these.
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    response._has_been_logged = True  # type: ignore[attr-defined]  # that it changed is told once, above
    return response


def what_is_in_the_way(*, at: datetime) -> str:
    """Why nobody can be served, in few words and without content; nothing where everybody can."""
    try:
        found = versions(using="default")
        if found.unknown or found.missing:
            return "the database is of another version"
        return unlike_what_was_published(on=day_of(at))
    except (Error, DatabaseTrouble):
        return "the database cannot be reached"
    except Faulty:
        return "a notice in force cannot be read"
