"""How often a code may be guessed: five times in fifteen minutes for an account, from wherever.

Whoever guesses codes has the password already, so nobody is locked out by a stranger. The tries are in the
database: every process of the server counts together.
"""

from datetime import datetime

from django.db import router, transaction

from kept.staff.models import Account, SecondFactorTry
from kept.staff.sign_in import LOCKED_OUT_FOR, TRIES


def may_try(*, account: int, at: datetime) -> bool:
    """Whether one more code may be looked at. It counts as wrong until `was_right` says otherwise."""
    with transaction.atomic(using=router.db_for_write(SecondFactorTry)):
        # One at a time for an account: a hundred guesses sent at once are still counted one by one.
        Account.objects.select_for_update().only("pk").get(pk=account)
        tries = SecondFactorTry.objects.filter(account=account)
        tries.filter(tried_at__lte=at - LOCKED_OUT_FOR).delete()
        if tries.count() >= TRIES:
            return False
        SecondFactorTry.objects.create(account_id=account, tried_at=at)
        return True


def was_right(*, account: int) -> None:
    SecondFactorTry.objects.filter(account=account).delete()
