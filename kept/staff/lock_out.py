"""How axes counts wrong passwords (by account and address), and what it answers (the page itself)."""

from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest, HttpResponse

TOO_MANY_REQUESTS = 429


def account_asked_for(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The email address typed, so folded that another spelling of it gives no new tries."""
    typed = (credentials or {}).get("email") or request.POST.get("login") or ""
    return str(typed).strip().lower()


def address_of(request: HttpRequest) -> str | None:
    """The client's network address; behind a proxy, the one that ALLAUTH_TRUSTED_PROXY_COUNT trusts."""
    found: str | None = get_client_ip(request)
    return found


def answer(request: HttpRequest, page: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """The page that was answered anyway (it says to wait), marked as one try too many."""
    page.status_code = TOO_MANY_REQUESTS
    return page
