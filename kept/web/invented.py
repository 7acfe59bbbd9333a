"""Whether a page is of a demonstration: it says so at its top, so that nobody writes a real family into one.

The mark is made before the first person is held, and stays: once found it is not looked for again, and until then
once a minute at most.
"""

from datetime import datetime, timedelta

from django.db import connections

from kept.database.acting import here
from kept.intake.reads import is_a_demonstration

LOOKED_FOR_EVERY = timedelta(minutes=1)
# By the database, since a process may be pointed at another one: what was found, and when.
_found: dict[str, tuple[bool, datetime]] = {}


def everybody_is_invented(*, at: datetime) -> bool:
    name = str(connections[here()].settings_dict["NAME"])
    so, looked_at = _found.get(name, (False, None))
    if so or (looked_at is not None and abs(at - looked_at) < LOOKED_FOR_EVERY):
        return so
    so = is_a_demonstration()
    _found[name] = (so, at)
    return so
