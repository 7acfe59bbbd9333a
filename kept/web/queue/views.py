"""The intake queue: messages that a person must sort out, and sorting one out."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.intake.child_health_events.catalogue import EVENTS
from kept.intake.faults import Reason
from kept.intake.reads import LeftOutShown, WaitingShown, open_queue
from kept.intake.sorting import NotSorted, Sorted, sort_out, waiting
from kept.notices.asker import Asker
from kept.web.askers import asked
from kept.web.numbers import pages_of, whole_number
from kept.web.pages import LeftOut, Option, Waiting

WAYS = (
    Option(Sorted.READ_AGAIN, "Read it again", "What stood in its way is mended."),
    Option(Sorted.BY_HAND, "It is done", "What it says is in the record, entered by hand."),
    Option(Sorted.NOT_OURS, "It is not for us", "It was sent on, or back to whoever sent it."),
)

# What messages bring that goes nowhere, by its code: of the messages' own lists, and of the vocabulary.
LEFT_OUT_IN_WORDS = {
    "364075005": "Heart rate",
    "86290005": "Breathing rate",
    "75367002": "Blood pressure",
    "386725007": "Temperature",
    "103228002": "Oxygen in the blood",
    "169895004": "Apgar score at 1 minute",
    "169909004": "Apgar score at 5 minutes",
    "169922007": "Apgar score at 10 minutes",
    "413083006": "Hearing test of one ear",
    "446077009": "Hearing test of one ear",
    "feedingConcerns": "Worries about feeding",
    "mothersEducationLevel": "The mother’s education",
    "householdSmokingStatus": "Smoking at home",
    "substanceStatus": "Drugs at home",
    "householdAlcoholDrinkingStatus": "Alcohol at home",
    "accommodationStatus": "What kind of home it is",
    "employmentStatusCareGiver1": "A parent’s work",
    "employmentStatusCareGiver2": "A parent’s work",
    "occupationCareGiver1": "A parent’s work",
    "occupationCareGiver2": "A parent’s work",
    "EpisodeOfCare": "Who else works with the family",
    "CareTeam": "Who else works with the family",
    "Practitioner": "Who else works with the family",
    "PractitionerRole": "Who else works with the family",
    "telecom": "A telephone number",
    "birthPlace": "Where the child was born",
    "background.ethnicity": "Ethnic group: the record has an answer already",
    "background.religion": "Religion",
    "background.language": "Language",
    "contact.email": "The child’s email address",
}


@asked
def queue(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    page = whole_number(request.GET.get("page"), otherwise=1)
    found = open_queue(by=by, purpose=by.service, page=page, at=at)
    context = {
        "waiting": tuple(map(shown, found.waiting)),
        "total": found.in_all,
        "saved": "The message is sorted out." if "sorted" in request.GET else "",
        "pages": pages_of(request.path, current=found.page, last=found.pages),
        "left_out": tuple(map(left_out_shown, found.left_out)),
    }
    return render(request, "intake_queue.html", context)


@asked
def message(request: HttpRequest, *, by: Asker, at: datetime, number: int) -> HttpResponse:
    """One message that waits, and what is to become of it."""
    errors = {}
    if request.method == "POST":
        as_, said = request.POST.get("sorted", ""), request.POST.get("said", "")
        try:
            sort_out(by=by, number=number, as_=as_, said=said, purpose=by.service, at=at)
        except NotSorted as why:
            errors = why.faults
        else:
            return redirect(f"{reverse('intake_queue')}?sorted")
    found = waiting(by=by, number=number, purpose=by.service, at=at)
    if found is None:
        raise Http404
    context = {
        "message": shown(found),
        "ways": WAYS,
        "values": request.POST.dict(),
        "errors": errors,
        "queue_href": reverse("intake_queue"),
    }
    return render(request, "sort_message.html", context, status=422 if errors else 200)


def left_out_shown(message: LeftOutShown) -> LeftOut:
    """What of a message went nowhere, in words where its codes have any."""
    words = EVENTS.get(message.event, "A message")
    return LeftOut(message.read_at, words, message.file, tuple(map(in_words, message.codes)))


def in_words(code: str) -> str:
    known = LEFT_OUT_IN_WORDS.get(code, "")
    return f"{known} ({code})" if known else code


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
        href=reverse("intake_message", kwargs={"number": message.id}),
    )
