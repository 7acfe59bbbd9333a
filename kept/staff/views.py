"""Where the library's pages do not do all that we ask: in one transaction, and never without a second factor."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.views import logout as library_logout
from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.views import generate_recovery_codes as library_generate
from allauth.mfa.totp.views import activate_totp as library_activate
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.mfa.webauthn.views import add_webauthn as library_add
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from kept.staff.signed_in import end_other_sessions, sessions_of

# The library opens its transactions as the application; what it writes is the door's.
at_once = transaction.atomic(using="door")

activate_totp = at_once(library_activate)
add_passkey = at_once(library_add)
generate_recovery_codes = at_once(library_generate)


class RemovePasskeyView(RemoveWebAuthnView):
    """Remove a passkey, unless it is the account's last second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
            return self.form_invalid(form)
        return super().form_valid(form)


remove_passkey = RemovePasskeyView.as_view()


@login_required
@reauthentication_required(allow_get=True)
def sessions(request: HttpRequest) -> HttpResponse:
    """Where somebody is signed in; they can end all of it but this, once they have shown that it is they."""
    account: Any = request.user.pk
    key, at = request.session.session_key or "", timezone.now()
    if request.method == "POST":
        ended = end_other_sessions(by=account, key=key, at=at)
        return redirect(f"{request.path}?ended={ended}")
    ended_now = request.GET.get("ended", "")
    context = {
        "sessions": sessions_of(account=account, key=key, at=at),
        "ended": int(ended_now) if ended_now.isdecimal() and len(ended_now) < 4 else None,
    }
    return render(request, "account/sessions.html", context)


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out, and have the browser forget what it still holds of the pages (not its cookies: others share them)."""
    answer: HttpResponseBase = library_logout(request)
    if request.method == "POST":
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
