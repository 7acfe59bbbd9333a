"""The session engine: the cookie holds the key, the database only its hash.

A session lasts twelve hours from signing in, however it is used, and thirty minutes from when it was last
seen (`ledger.idle()`); nothing that a browser sends makes it longer. `second_factor_at` is filled once a
second factor was given in this session, by any of the library's ways; without it `ledger.asker` knows
nobody by this key.

This is a door, so it reads the clock itself: the framework has no way to hand it the time.
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, router, transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, Func, Q, Value
from django.utils import timezone
from django.utils.functional import cached_property

from kept.staff import encryption
from kept.staff.models import Session

SIGNED_IN_AT = "signed_in_at"
METHODS = AUTHENTICATION_METHODS_SESSION_KEY
METHODS_OF = f"{METHODS}_user"
BEFORE_SIGNING_IN = timedelta(hours=1)
SEEN_AT_MOST_EVERY = timedelta(minutes=1)


def hash_of(key: str) -> str:
    """What the database keeps instead of a session's key or a process's secret: SHA-256 in hex."""
    return hashlib.sha256(key.encode()).hexdigest()


def run_out(*, at: datetime) -> Q:
    """A session that is past its twelve hours, or was left idle."""
    idle = Func(function="ledger.idle", output_field=DurationField())
    since = ExpressionWrapper(Value(at, output_field=DateTimeField()) - idle, output_field=DateTimeField())
    return Q(expire_date__lte=at) | Q(last_seen_at__lte=since)


class SessionStore(SessionBase):
    """What the framework calls `request.session`."""

    @property
    def account_id(self) -> int | None:
        """The account signed in when this request began."""
        return self._row.account_id if self._row else None

    @property
    def second_factor_at(self) -> datetime | None:
        """When this session last gave a second factor, as the database had it when this request began."""
        return self._row.second_factor_at if self._row else None

    @cached_property
    def _row(self) -> Session | None:
        """The row that the cookie's key belongs to; finding it counts as seeing the session."""
        now = timezone.now()
        found = Session.objects.filter(pk=hash_of(self.session_key or "")).exclude(run_out(at=now)).first()
        if found is None:
            self._session_key = None
        elif found.last_seen_at < now - SEEN_AT_MOST_EVERY:
            Session.objects.filter(pk=found.pk).update(last_seen_at=now)
        return found

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(pk=hash_of(session_key)).exists()

    def load(self) -> dict[str, Any]:
        if self._row is None:
            return {}
        try:
            return self.decode(self._row.session_data)
        except encryption.Unreadable:
            # Not written by this program, or the key is gone: whoever it was signs in again.
            self._row.delete()
            self._row = self._session_key = None
            return {}

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Raises `UpdateError` when the session was ended in the meantime: it does not come back."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        columns = self._columns(data, now=timezone.now())
        if must_create:
            self._insert(columns)
        elif not Session.objects.filter(pk=hash_of(self.session_key)).update(**columns):
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(pk=hash_of(key)).delete()

    def encode(self, session_dict: dict[str, Any]) -> str:
        # Encrypted, not only signed: a second factor being set up waits here for its first code.
        return encryption.encrypt(json.dumps(session_dict), use=encryption.Use.SESSION)

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        text = encryption.decrypt(str(session_data), use=encryption.Use.SESSION)
        contents: dict[str, Any] = json.loads(text)
        return contents

    @classmethod
    def clear_expired(cls) -> None:
        """Delete what no browser can use any more."""
        Session.objects.filter(run_out(at=timezone.now())).delete()

    def _insert(self, columns: dict[str, Any]) -> None:
        try:
            with transaction.atomic(using=router.db_for_write(Session)):
                Session.objects.create(session_key=hash_of(self.session_key or ""), **columns)
        except IntegrityError:
            raise CreateError from None

    def _columns(self, data: dict[str, Any], *, now: datetime) -> dict[str, Any]:
        account = data.get(SESSION_KEY)
        if account is None:
            data.pop(SIGNED_IN_AT, None)
            expires_at = now + BEFORE_SIGNING_IN
            signed_in_at = None
        else:
            signed_in_at = datetime.fromisoformat(data.setdefault(SIGNED_IN_AT, now.isoformat()))
            expires_at = signed_in_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return {
            "account_id": account,
            "signed_in_at": signed_in_at,
            "second_factor_at": _second_factor_at(data),
            "expire_date": expires_at,
            "last_seen_at": now,
            "session_data": self.encode(data),
        }


def _second_factor_at(data: dict[str, Any]) -> datetime | None:
    """The last time that the account signed in gave a code, a recovery code or a passkey in this session."""
    account = data.get(SESSION_KEY)
    if account is None or data.get(METHODS_OF) != account:
        return None
    given = [method["at"] for method in data.get(METHODS, []) if method.get("method") == "mfa"]
    return datetime.fromtimestamp(max(given), UTC) if given else None
