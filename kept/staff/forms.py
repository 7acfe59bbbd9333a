"""A code or a passkey: counted, noted, and good for once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as allauth
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn import forms as passkeys
from django.core.exceptions import ValidationError
from django.db import router, transaction
from django.utils import timezone

from kept.staff import noting, second_factor_tries
from kept.staff.models import Account

LAST_STEP = "last_step"


class CountedCode:
    """Five wrong codes in fifteen minutes, and no code twice (RFC 6238, section 5.2)."""

    user: Account
    authenticator: Authenticator

    def clean_code(self) -> str:
        if not second_factor_tries.may_try(account=self.user.pk, at=timezone.now()):
            noting.note(noting.LOCKED_OUT, account=self.user.pk, how="code", at=timezone.now())
            raise get_account_adapter().validation_error("too_many_login_attempts")
        with noted(self.user, "code"), transaction.atomic(using=router.db_for_write(Authenticator)):
            code: str = super().clean_code()  # type: ignore[misc]
            if self.authenticator.type == Authenticator.Type.TOTP:
                spend(self.authenticator, code)
        second_factor_tries.was_right(account=self.user.pk)
        return code


class NotedPasskey:
    """The library counts the tries; whether it was right is noted as a code is."""

    user: Account

    def clean_credential(self) -> Any:
        with noted(self.user, Authenticator.Type.WEBAUTHN):
            return super().clean_credential()  # type: ignore[misc]


@contextmanager
def noted(account: Account, how: str) -> Iterator[None]:
    """Note whether what was shown inside was right; outside of any transaction that a wrong one undoes."""
    try:
        yield
    except ValidationError:
        noting.note(noting.WRONG, account=account.pk, how=how, at=timezone.now())
        raise
    noting.note(noting.RIGHT, account=account.pk, how=how, at=timezone.now())


class AuthenticateForm(CountedCode, allauth.AuthenticateForm):
    """The code after the password."""


class ReauthenticateForm(CountedCode, allauth.ReauthenticateForm):
    """The code asked for again, before something that matters; and the first one after setting up.

    Whoever has shown again who they are goes on under another key: one that was stolen before is worth nothing.
    """

    def save(self) -> None:
        super().save()
        context.request.session.cycle_key()


class AuthenticatePasskeyForm(NotedPasskey, passkeys.AuthenticateWebAuthnForm):
    """The passkey after the password."""


class ReauthenticatePasskeyForm(NotedPasskey, passkeys.ReauthenticateWebAuthnForm):
    """The passkey asked for again; the session gets a new key, as after a code."""

    def clean_credential(self) -> Any:
        shown = super().clean_credential()
        context.request.session.cycle_key()
        return shown


def spend(authenticator: Authenticator, code: str) -> None:
    """Note the half minute that the code is of; raises `ValidationError` if it or a later one was used.

    The library notes used codes too, but each process of the server by itself.
    """
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    step = _step_of(row, code)
    if step is None or step <= row.data.get(LAST_STEP, -1):
        raise get_adapter().validation_error("incorrect_code")
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])


def _step_of(authenticator: Authenticator, code: str) -> Any:
    secret = get_adapter().decrypt(authenticator.data["secret"])
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None
