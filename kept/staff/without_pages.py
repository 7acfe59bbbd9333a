"""Signing in without pages, for a program that works as somebody of an invented staff.

Nothing is passed over: the password, the lock-out, the role, the second factor and its tries are looked at as the pages
look at them, and the session is one like any other.
"""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.context import request_context
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from kept.staff.forms import AuthenticateForm
from kept.staff.sessions import SessionStore

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = "127.0.0.1"


def sign_in(*, email: str, password: str, code: str) -> str | None:
    """The key of a new session, for a password and a code that are right; None where one of them is not."""
    request = HttpRequest()
    request.META |= {"REMOTE_ADDR": HERE, "SERVER_NAME": settings.ALLOWED_HOSTS[0], "SERVER_PORT": "443"}
    session = request.session = SessionStore()
    with request_context(request):
        try:
            account = get_adapter(request).authenticate(request, email=email, password=password)
        except ValidationError:
            return None
        form = AuthenticateForm({"code": code}, user=account) if account else None
        if form is None or not form.is_valid():
            return None
        login(request, account, backend=BACKEND)
        record_authentication(request, account, "password", email=email)
        form.save()
        session.save()
        return session.session_key
