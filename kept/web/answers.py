"""From an exception to a page: one table, so that a refusal looks the same wherever it comes from."""

import logging
import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.views.defaults import server_error

from kept.database import trouble
from kept.ledger.entries import Refused
from kept.published.reads import NothingInForce, definition_for
from kept.record.life_at_risk.actions import may_open_with_life_at_risk
from kept.standards.days import day_of
from kept.web.pages import Refusal
from kept.web.typed import all_typed_in, as_stored, typed_in

logger = logging.getLogger("kept.web")

# What a browser sends to a page. Everything else is refused before any page is asked.
METHODS = ("GET", "HEAD", "POST")

DO_NEXT = (
    "Check the address of the page, or go back to your caseload.",
    "If this family needs you, ask the team that looks after them, or your lead.",
    "If a child may be in danger, speak to your safeguarding lead now.",
)


class AnswerMiddleware:
    """Gives every exception that people can meet its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(as_stored(request)) if request.method in METHODS else not_taken()
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer_to(request, error)


def not_taken() -> HttpResponse:
    """Whatever sent this is no browser."""
    words = "The pages of Kept take GET, HEAD and POST. Open them in a browser."
    return HttpResponseNotAllowed(METHODS, words, content_type="text/plain; charset=utf-8")


def answer_to(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The page of an exception that people can meet; None for a fault of ours."""
    if isinstance(error, Refused):
        return refused(request, error)
    if isinstance(error, NothingInForce):
        return out_of_reach(request, "no notice is in force")
    if isinstance(error, Error) and (rule := trouble.changed_meanwhile(error)):
        return meanwhile(request, rule)
    if isinstance(error, Error) and trouble.sentence(error):
        return out_of_reach(request, type(error).__name__)
    return None


def faulty(request: HttpRequest) -> HttpResponse:
    """Whatever nobody answered: also where the database went away before a page of ours was reached."""
    return answer_to(request, sys.exc_info()[1]) or server_error(request)


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """The refusal page: the same words whatever was asked for, real or invented."""
    definition = definition_for(by=request.by, on=day_of(request.at)).definition  # type: ignore[attr-defined]
    refusal = Refusal(
        says=error.decision.words,
        clause=error.decision.rests_on[0],
        service=definition.title,
        dated=definition.dated,
        do_next=DO_NEXT,
        life_at_risk_href=life_at_risk_href(request),
    )
    return render(request, "refusal.html", {"refusal": refusal}, status=403)


def life_at_risk_href(request: HttpRequest) -> str:
    """The way on from a refused record for those whom the law lets look when a life is at risk: the same for every
    address, for it is said from where the reader stands."""
    page = request.resolver_match.url_name if request.resolver_match else None
    by, at = request.by, request.at  # type: ignore[attr-defined]  # put there by `asked`
    return "life-at-risk/" if page == "record" and may_open_with_life_at_risk(by=by, at=at) else ""


def not_read(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was asked makes no sense, or is larger than we take: the page says which."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def meanwhile(request: HttpRequest, rule: str) -> HttpResponse:
    """Somebody else was first; nothing was saved, and what was typed is shown to be copied.

    It may be a fault of ours as well, so the log says at which rule of the database it ended, and on which page.
    """
    page = request.resolver_match.view_name if request.resolver_match else ""
    logger.error("A page came too late, or asked for what cannot be.", extra={"what": f"{page}: {rule}"})
    context = {
        "says": trouble.MEANWHILE,
        "typed": all_typed_in(request),
        "again_href": request.get_full_path(),
    }
    return render(request, "409.html", context, status=409)


def out_of_reach(request: HttpRequest, what: str) -> HttpResponse:
    """Nothing was saved; what was typed comes back with the page, to be sent again."""
    logger.warning("A request could not be answered.", extra={"what": what})
    request.furniture = None  # type: ignore[attr-defined]  # finding it would ask the database
    context = {"typed": typed_in(request), "again_href": request.get_full_path()}
    return render(request, "503.html", context, status=503)
