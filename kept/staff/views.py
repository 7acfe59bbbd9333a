"""Where the library's pages do not do all that we ask: in one transaction, and never without a second factor."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.views import generate_recovery_codes as library_generate
from allauth.mfa.totp.views import activate_totp as library_activate
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.mfa.webauthn.views import add_webauthn as library_add
from django.db import transaction
from django.http import HttpResponse

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
