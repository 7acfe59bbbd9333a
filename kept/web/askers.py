"""Who is asking, at the door: the only module that turns a cookie into an asker, and the only clock of a page."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kept.notices.asker import Asker
from kept.published.reads import definition_for
from kept.staff.last_seen import note_seen
from kept.staff.reads import asker_of
from kept.staff.second_factor import sent_to_give_it
from kept.standards.days import day_of
from kept.web.invented import everybody_is_invented
from kept.web.pages import Destination, Furniture
from kept.web.typed import typed_in

# Which pages a role is offered. An offer is not a permission: every page asks the definition.
OFFERED = {
    "practitioner": ("caseload", "search"),
    "administrator": ("caseload", "search"),
    "lead": ("caseload", "search"),
    "intake-officer": ("intake_queue", "duplicates", "search"),
    "privacy-officer": ("who_has_looked", "unusual_looks", "openings_to_check"),
    "data-protection-officer": ("who_has_looked", "unusual_looks", "openings_to_check"),
    "information-governance": ("workbench",),
}
WORDS = {
    "caseload": "Caseload",
    "intake_queue": "Intake queue",
    "duplicates": "Duplicates",
    "search": "Search",
    "who_has_looked": "Who has looked",
    "openings_to_check": "Life at risk",
    "unusual_looks": "Unusual",
    "workbench": "Workbench",
}
OF_THE_LIBRARY = ("account_", "mfa_")

View = Callable[..., HttpResponseBase]
address_of = cache(reverse)  # of a page that takes no argument: the same for as long as the program runs


def asked(view: View) -> View:
    """A page that somebody must have signed in for: the view is called with `by` and `at`."""

    @wraps(view)
    def signed_in(request: HttpRequest, **named: Any) -> HttpResponseBase:
        at = datetime.now(UTC)
        by = who_asks(request, at=at)
        if by is None:
            return sent_to_give_it(request) or turned_away(request)
        note_seen(key=by.token, at=at)
        request.furniture = furniture_of(by, path=request.path, at=at)  # type: ignore[attr-defined]
        request.by, request.at = by, at  # type: ignore[attr-defined]
        return view(request, by=by, at=at, **named)

    signed_in.asks = True  # type: ignore[attr-defined]
    return signed_in


def who_asks(request: HttpRequest, *, at: datetime) -> Asker | None:
    token = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return asker_of(token=token, at=at) if token else None


def furniture_around(request: HttpRequest) -> Furniture | None:
    """What stands around a page of the library: an account and its second factors. None where nobody has signed
    in, and around every other page: a notice is the same for everybody, whoever has signed in."""
    page = request.resolver_match.url_name if request.resolver_match else None
    if not (page or "").startswith(OF_THE_LIBRARY):
        return None
    at = datetime.now(UTC)
    by = who_asks(request, at=at)
    return furniture_of(by, path=request.path, at=at) if by else None


def turned_away(request: HttpRequest) -> HttpResponseBase:
    """Sign in first. A session that opens nothing any more is ended; what was typed into a form is shown again."""
    ended = {"ended": "1"} if settings.SESSION_COOKIE_NAME in request.COOKIES else {}
    sign_in = f"{reverse('account_login')}?{urlencode({'next': back_to(request), **ended})}"
    request.session.flush()
    if request.method != "POST":
        return redirect(sign_in)
    context = {"idle": True, "typed": typed_in(request), "sign_in_href": sign_in}
    return render(request, "account/session_ended.html", context, status=403)


def furniture_of(by: Asker, *, path: str, at: datetime) -> Furniture:
    """What stands around every page of this asker."""
    definition = definition_for(by=by, on=day_of(at)).definition
    return Furniture(
        name=by.name,
        role=by.role.replace("-", " "),
        service=definition.title,
        destinations=tuple(
            Destination(WORDS[page], address_of(page), current=path.startswith(address_of(page)))
            for page in OFFERED.get(by.role, ())
        ),
        account_href=address_of("mfa_index"),
        sign_out_href=address_of("account_logout"),
        demonstration=everybody_is_invented(at=at),
    )


def first_page_of(by: Asker) -> str:
    """Where somebody begins after signing in."""
    return reverse(OFFERED.get(by.role, ("who_has_looked",))[0])


def back_from(by: Asker) -> Destination | None:
    """Where a record leads back to: the first page that this asker is offered, if any is."""
    page = next(iter(OFFERED.get(by.role, ())), "")
    return Destination(WORDS[page], address_of(page)) if page else None


def back_to(request: HttpRequest) -> str:
    """Where to go after signing in: back to the page; a form is opened anew, never repeated."""
    return request.get_full_path()
