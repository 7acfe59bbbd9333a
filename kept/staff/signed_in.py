"""Where somebody is signed in, and ending it: for themselves here, for others in `actions.sign_out`."""

from dataclasses import dataclass
from datetime import datetime

from django.db import router, transaction

from kept.staff import noting
from kept.staff.models import Session
from kept.staff.sessions import hash_of, run_out


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser in which an account is signed in."""

    since: datetime
    last_seen_at: datetime
    second_factor: bool  # whether it was given there; without it nothing of a family is open
    here: bool  # the browser that asks


def sessions_of(*, account: int, key: str, at: datetime) -> tuple[SignedIn, ...]:
    """Every browser in which an account is signed in, the one that asks (with this key) first."""
    found = Session.objects.filter(account=account).exclude(run_out(at=at)).order_by("-last_seen_at")
    shown = [
        SignedIn(one.signed_in_at, one.last_seen_at, one.second_factor_at is not None, one.pk == hash_of(key))
        for one in found
        if one.signed_in_at
    ]
    return tuple(sorted(shown, key=lambda one: not one.here))


def end_other_sessions(*, by: int, key: str, at: datetime) -> int:
    """End every session of an account but the one with this key. Returns how many there were."""
    with transaction.atomic(using=router.db_for_write(Session)):
        others = Session.objects.filter(account=by).exclude(pk=hash_of(key))
        ended = others.exclude(run_out(at=at)).count()
        others.delete()
        noting.note(noting.ENDED, account=by, at=at)
    return ended
