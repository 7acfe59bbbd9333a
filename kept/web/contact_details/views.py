"""Which phone numbers and email addresses of a family are safe to use."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.families.values import ALL_RELATIONSHIPS
from kept.record.people.safe_to_use import Answer, open_contact_details, say_safe_to_use
from kept.record.people.values import NO, NOT_ASKED, YES, PersonShown
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.pages import Option
from kept.web.record.shown import person_shown

ANSWERS = (Option(YES, "Yes"), Option(NO, "No"), Option(NOT_ASKED, "Not asked"))
MOST = 100


@asked
def contact_details(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    if request.method == "POST":
        said = [one for n in range(MOST) if (one := answer_of(request, n))]
        say_safe_to_use(
            by=by, public_id=public_id, purpose=by.service, answers=said, source="the-person", at=at
        )
        return redirect(f"{reverse('record', kwargs={'public_id': public_id})}?details-saved")
    child, adults = open_contact_details(by=by, public_id=public_id, purpose=by.service, at=at)
    details = [(adult, detail) for adult in adults for detail in (*adult.phones, *adult.emails)]
    context = {
        "child": person_shown(child, relationship="Child"),
        "on": day_of(at),
        "questions": tuple(question(n, adult, detail) for n, (adult, detail) in enumerate(details[:MOST])),
        "answers": ANSWERS,
        "action_href": reverse("contact_details", kwargs={"public_id": public_id}),
        "cancel_href": reverse("record", kwargs={"public_id": public_id}),
    }
    return render(request, "contact_details.html", context)


def question(number: int, adult: PersonShown, detail: str) -> dict[str, str]:
    """One question of the form: about which detail of whom, and how it is answered now."""
    return {
        "number": str(number),
        "person": str(adult.public_id),
        "who": f"{adult.name or 'Not named yet'} ({ALL_RELATIONSHIPS.get(adult.relationship, 'Family')})",
        "detail": detail,
        "answer": adult.safe_to_use.get(detail, NOT_ASKED),
    }


def answer_of(request: HttpRequest, number: int) -> Answer | None:
    """What the form says to the question of this number; nothing where it was not asked."""
    try:
        person = UUID(request.POST.get(f"person-{number}", ""))
    except ValueError:
        return None
    return Answer(person, request.POST.get(f"detail-{number}", ""), request.POST.get(f"safe-{number}", ""))
