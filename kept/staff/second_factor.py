"""No page before the second factor: a session without one reaches only the pages where it is given."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from kept.staff.adapters import STRONG

SIGN_OUT = "account_logout"
BY_THE_LIBRARY = "mfa"  # how it calls a second factor, whichever kind it was
# An account without a second factor sets one up before anything else.
SET_UP = ("mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", SIGN_OUT)
# An account with one gives it; what would show or change a second factor has to wait for that.
CONFIRM = {
    Authenticator.Type.TOTP: "mfa_reauthenticate",
    Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn",
}


class SecondFactorMiddleware:
    """Stands after the session middleware. The database would answer such a session nothing either.

    A view that asks the database who is asking says so (`asks`): the database looks at the second factor too, and
    the session is not read for it. Such a view calls `sent_to_give_it` where the database knows nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        return None if getattr(view[0], "asks", False) else sent_to_give_it(request)


def sent_to_give_it(request: HttpRequest) -> HttpResponseBase | None:
    """The way to the page where a session without a second factor gives it; None where none is missing."""
    session: Any = request.session
    if session.account_id is None or session.second_factor_at is not None:
        return None
    pages = pages_open_to(account=session.account_id)
    name = request.resolver_match.url_name if request.resolver_match else None
    if name in pages:
        return None
    after = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse(pages[0])}?{urlencode({'next': after})}")


def given_at(request: HttpRequest) -> datetime | None:
    """When a second factor of any kind was last given in this session."""
    records = get_authentication_records(request, request.user)
    given = [record["at"] for record in records if record.get("method") == BY_THE_LIBRARY]
    return datetime.fromtimestamp(max(given), UTC) if given else None


def pages_open_to(*, account: int) -> tuple[str, ...]:
    """The pages that an account may use before its second factor; the first is where it is sent."""
    kinds = Authenticator.objects.filter(user_id=account, type__in=STRONG).values_list("type", flat=True)
    confirm = tuple(page for kind, page in CONFIRM.items() if kind in set(kinds))
    return (*confirm, SIGN_OUT) if confirm else SET_UP
