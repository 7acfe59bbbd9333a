"""That somebody signed in is still here: noted at most once a minute, for pages that do not read the session.

The database tells such a page who is asking, and has checked the session for it (`ledger.asker`). What is left is
that a session in use must not end as one left idle.
"""

from datetime import datetime

from kept.staff.models import Session
from kept.staff.sessions import SEEN_AT_MOST_EVERY, hash_of

# When this process last noted each session. Another process notes for itself: the row changes once a minute all the
# same, since it is only moved where it is older. Forgotten as a whole before it grows large.
MOST_REMEMBERED = 10_000
_noted: dict[str, datetime] = {}


def note_seen(*, key: str, at: datetime) -> None:
    """Note that the session of this key, which the database has just believed, is in use."""
    session = hash_of(key)
    noted_at = _noted.get(session)
    if noted_at is not None and at - noted_at < SEEN_AT_MOST_EVERY:
        return
    if len(_noted) >= MOST_REMEMBERED:
        _noted.clear()
    Session.objects.filter(pk=session, last_seen_at__lt=at - SEEN_AT_MOST_EVERY).update(last_seen_at=at)
    _noted[session] = at
