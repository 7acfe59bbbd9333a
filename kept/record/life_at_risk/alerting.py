"""Telling the privacy officers that somebody opens a record because a life is at risk, outside the pages: now."""

import logging
from datetime import datetime
from uuid import uuid4

from django.db import connections

from kept.database.acting import here
from kept.notices.asker import Asker
from kept.post.outbox import Outbox
from kept.published.reads import definition_for
from kept.standards.days import clock_of, day_of

logger = logging.getLogger("kept.life_at_risk")

SUBJECT = "Kept: a record is opened because a life is at risk"
SAID = """\
To: {to}
By: email
Subject: {subject}

At {time} on {day} somebody of the {service} said that a life is at risk,
and asked to open the record of a family that is not theirs to see.

Sign in to Kept and look at "Life at risk": it says who, and why. Check whether
it was right to look.
"""


def alert_privacy_officers(*, by: Asker, outbox: Outbox, at: datetime) -> int:
    """Put a message to each privacy officer of the service into the outbox; it names nobody. Returns how many.

    It is sent before the record is opened: no process that is stopped in between leaves an opening of which nobody
    heard. A life is not kept waiting for a full disk: then the log says so, and the officers' queue has it anyway.
    """
    service = definition_for(by=by, on=day_of(at)).definition.title
    sent = 0
    for address in privacy_officers(by=by, at=at):
        then = day_of(at)
        said = SAID.format(
            to=address,
            subject=SUBJECT,
            time=clock_of(at),
            day=f"{then.day} {then:%B %Y}",
            service=service,
        )
        try:
            letter = uuid4()
            outbox.prepare(letter, said.encode(), kind="txt")
            outbox.release(letter)
            sent += 1
        except OSError as error:
            logger.error("An alert could not be put into the outbox.", extra={"what": error.strerror})
    return sent


def privacy_officers(*, by: Asker, at: datetime) -> tuple[str, ...]:
    """The addresses of those who check, for the service of the asker, that looking was right."""
    with connections[here()].cursor() as cursor:
        cursor.execute("select email from ledger.privacy_officers(%s, %s)", [by.token, at])
        return tuple(email for (email,) in cursor.fetchall())
