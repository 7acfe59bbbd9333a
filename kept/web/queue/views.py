"""The intake queue: messages that a person must sort out."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kept.intake.child_health_events.catalogue import EVENTS
from kept.intake.faults import Reason
from kept.intake.reads import WaitingShown, open_queue
from kept.notices.asker import Asker
from kept.web.askers import asked
from kept.web.numbers import pages_of, whole_number
from kept.web.pages import Waiting


@asked
def queue(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    page = whole_number(request.GET.get("page"), otherwise=1)
    found = open_queue(by=by, purpose=by.service, page=page, at=at)
    context = {
        "waiting": tuple(map(shown, found.waiting)),
        "total": found.in_all,
        "pages": pages_of(request.path, current=found.page, last=found.pages),
    }
    return render(request, "intake_queue.html", context)


def shown(message: WaitingShown) -> Waiting:
    """A message that waits, with all its reasons in words."""
    event = EVENTS.get(message.event)
    words = [Reason(code).words.split(". ", 1) for code in message.reasons]
    return Waiting(
        received_at=message.since,
        words=event or "A file that is no message",
        file=message.file,
        why=" ".join(f"{first.rstrip('.')}." for first, *_ in words),
        do_next=" ".join(dict.fromkeys(rest for _, *more in words for rest in more)),
    )
