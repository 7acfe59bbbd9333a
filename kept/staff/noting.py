"""What happens in signing in is written down: what, to which account, from where, when. Nothing that was typed.

A second factor that is added or removed is noted by the database itself (migration 0003).
"""

from datetime import datetime

from allauth.core import context

from kept.staff.lock_out import address_of
from kept.staff.models import SignIn

RIGHT, WRONG, LOCKED_OUT = "right", "wrong", "locked out"
SIGNED_IN, SIGNED_OUT, CONFIRMED = "signed in", "signed out", "showed that it is they"
PASSWORD_CHANGED, ENDED = "password changed", "ended sessions"
PASSWORD = "password"  # noqa: S105 - how somebody signs in, and nobody's


def note(what: str, *, account: int | None, how: str = "", at: datetime) -> None:
    """Write down one thing; where it came from is the request that is being answered, where there is one."""
    came_from = address_of(context.request) if context.request else None
    SignIn.objects.create(at=at, what=what, how=how, account_id=account, network_address=came_from or "")
