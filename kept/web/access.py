"""One line of the log for each page asked for: which page, by its name and never its address, and how long it took."""

import logging
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from kept.ledger.entries import request_id

logger = logging.getLogger("kept.access")


class AccessMiddleware:
    """Stands around all others that may answer a page: gives the request its number, and says how it ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id.set(uuid.uuid4().hex)
        began = time.perf_counter()
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            said(request, response, seconds=time.perf_counter() - began)
        return response


def said(request: HttpRequest, response: HttpResponseBase, *, seconds: float) -> None:
    page = request.resolver_match.view_name if request.resolver_match else None
    logger.info(
        "A page was asked for.",
        extra={
            "route": page or "none",
            # Of what was sent, only what we know by name: anything can stand in the place of a method.
            "method": request.method if request.method in ("GET", "HEAD", "POST") else "other",
            "status": response.status_code,
            "duration_ms": round(seconds * 1000, 1),
        },
    )
