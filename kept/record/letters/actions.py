"""Sending a letter, or a message, that tells one person of the notice in force."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from kept.ledger.entries import entry
from kept.notices.asker import Asker
from kept.notices.questions import may_collect
from kept.post.outbox import Outbox
from kept.published.reads import Published, definition_for
from kept.record.letters.reads import NOTICE, correspondent_now, decided, letters_recorded
from kept.record.letters.rules import INSTEAD, why_not
from kept.record.letters.values import POST, Correspondent, NewLetter
from kept.record.notices_given.models import Letter
from kept.standards.days import day_of

SENDING = "send a letter"
ONCE = "letter_id"  # stands in the name that the database gives the constraint

Written = Callable[[Correspondent, Published], bytes]


class NotSent(Exception):
    """The letter was not sent, and nothing was recorded. The message says why, and what to do."""


def send_letter(
    *,
    by: Asker,
    public_id: UUID,
    to: UUID,
    letter: NewLetter,
    purpose: str,
    source: str,
    outbox: Outbox,
    written: Written,
    at: datetime,
) -> bool:
    """Tell a parent of a child of the notice in force, by a letter or a message that `written` makes.

    The letter is recorded and prepared in one transaction, then released into the outbox: whatever stops the program,
    no letter leaves without an entry, and the next one sent releases what was recorded. Returns False where this very
    letter was sent before. Raises Refused, or NotSent where there is nowhere it may go.
    """
    settle_outbox(outbox=outbox, at=at)
    writing = decided(
        by=by,
        act=SENDING,
        public_id=public_id,
        to=to,
        ways=[letter.way],
        purpose=purpose,
        source=source,
        at=at,
    )
    allowed = writing.allowed(record=NOTICE)
    try:
        with entry(by=by, act=SENDING, purpose=purpose, allowed=allowed, source=source, at=at) as opened:
            found = correspondent_now(writing)
            if Letter.objects.filter(letter_id=letter.letter_id).exists():
                return False
            if reason := why_not(found, letter.way):
                raise NotSent(reason if found.died else f"{reason} {INSTEAD}")
            Letter.objects.create(
                person_id=found.person,
                version_id=writing.version.id,
                way=letter.way,
                letter_id=letter.letter_id,
                **opened.held,
            )
            # After the row: of two who send the same letter at once, one waits here and finds it sent.
            content = written(found, writing.version)
            outbox.prepare(letter.letter_id, content, kind="pdf" if letter.way == POST else "txt")
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        return False
    outbox.release(letter.letter_id)
    return True


def settle_outbox(*, outbox: Outbox, at: datetime) -> int:
    """Release what was recorded and not let out, for the program was stopped in between; how many letters that were."""
    return outbox.settle(letters_recorded, at=at)


def may_send_letter(*, by: Asker, purpose: str, at: datetime) -> bool:
    """Whether the asker's role may record that a team's parent was told: asked to offer the page, not to open it."""
    on = day_of(at)
    return bool(
        may_collect(
            definition_for(by=by, on=on).definition,
            by=by,
            standing="team",
            part="parent",
            items=NOTICE,
            purpose=purpose,
            source="the-person",
            on=on,
        )
    )
