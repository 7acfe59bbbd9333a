"""Where allauth asks us: who may sign in, what a wrong password is told, how a second factor is kept."""

import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from kept.staff import encryption, noting
from kept.staff.models import Account
from kept.staff.reads import account_by_email, holds_a_role
from kept.staff.sessions import SessionStore
from kept.staff.sign_in import ACCOUNT_REAUTHENTICATION_TIMEOUT, LOGIN_URL

log = logging.getLogger(__name__)

# What gives a second factor by itself. Recovery codes stand in for one of these, never alone.
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):
    """Closed to sign-up, silent by email, and with the same answer for every failure to sign in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is not right. Try again.",
        "incorrect_password": "The password is not right. Try again.",
        "too_many_login_attempts": "There were too many tries. Wait 15 minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is sent: staff are told in person."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """The account, if the password is right and it holds a role; a closed one is not told apart."""
        account = super().authenticate(request, **credentials)
        if getattr(request, "axes_locked_out", False):
            self.note(noting.LOCKED_OUT, credentials)
            raise self.validation_error("too_many_login_attempts")
        if (
            account is None
            or not account.is_active
            or not holds_a_role(account=account.pk, at=timezone.now())
        ):
            self.note(noting.WRONG, credentials)
            return None
        self.note(noting.RIGHT, credentials)
        return account

    def note(self, what: str, credentials: dict[str, Any]) -> None:
        account = account_by_email(str(credentials.get("email") or ""))
        noting.note(what, account=account, how=noting.PASSWORD, at=timezone.now())

    def reauthenticate(self, user: Account, password: str) -> bool:
        """Whether this is the password of whoever is signed in; counted as signing in is.

        The session goes on under a new key, as after every other proof.
        """
        found = self.authenticate(self.request, email=user.email, password=password)
        if found is None or found.pk != user.pk:
            return False
        self.request.session.cycle_key()
        return True

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        SessionStore.clear_expired()
        noting.note(noting.SIGNED_IN, account=user.pk, at=timezone.now())

    def logout(self, request: HttpRequest) -> None:
        account = request.user.pk
        super().logout(request)
        if account is not None:
            noting.note(noting.SIGNED_OUT, account=account, at=timezone.now())

    def set_password(self, user: Account, password: str) -> None:
        # The door may change a password and nothing else about an account.
        user.set_password(password)
        user.save(update_fields=["password"])
        noting.note(noting.PASSWORD_CHANGED, account=user.pk, at=timezone.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse(LOGIN_URL)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not in the five minutes after signing in: whoever sets up a first factor has just done so."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record["at"] for record in records), default=0.0)
        recent = time.time() - newest < ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not recent and super().is_reauthentication_required(app=app, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted, and an account's last factor where it is."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "You need a second factor. Add another before you remove this one.",
        "incorrect_code": "The code is not right. Wait for the next one, then type it.",
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text, use=encryption.Use.SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return encryption.decrypt(encrypted_text, use=encryption.Use.SECOND_FACTOR)
        except encryption.Unreadable:
            # Written by something else than this program, or under a key that is gone: no code can be right.
            log.error("A second factor cannot be read. Give the account a new one.")
            raise self.validation_error("incorrect_code") from None

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        strong = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STRONG)
        return bool(strong.exclude(pk=authenticator.pk).exists())
