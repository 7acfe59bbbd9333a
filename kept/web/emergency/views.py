"""Whom to call in an emergency: shown, and named, under that purpose alone."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.emergency.actions import NotRecorded, name_emergency_contact
from kept.record.emergency.reads import open_emergency_contact
from kept.record.emergency.values import KINDS, NewEmergencyContact
from kept.record.families.values import ALL_RELATIONSHIPS
from kept.web.askers import asked
from kept.web.pages import Option

WRONG = 422


@asked
def emergency(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return drawn(request, by=by, at=at, public_id=public_id)
    values = request.POST.dict()
    new = NewEmergencyContact(values.get("name", ""), values.get("phone", ""), values.get("kind", ""))
    try:
        name_emergency_contact(by=by, public_id=public_id, new=new, at=at)
    except NotRecorded as wrong:
        return drawn(request, by=by, at=at, public_id=public_id, values=values, errors=wrong.faults)
    return redirect(f"{request.path}?named")


def drawn(
    request: HttpRequest,
    *,
    by: Asker,
    at: datetime,
    public_id: UUID,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    shown = open_emergency_contact(by=by, public_id=public_id, at=at)
    contact = shown.contact
    context = {
        "name": shown.child.name or "Not named yet",
        "contact": contact,
        "words": ALL_RELATIONSHIPS.get(contact.relationship, "") if contact else "",
        "since_on": shown.since_on,
        "kinds": (Option("", "Choose"), *(Option(kind, ALL_RELATIONSHIPS[kind]) for kind in KINDS)),
        "values": values or {},
        "errors": errors or {},
        "saved": "They are the one to call now." if "named" in request.GET else "",
        "action_href": request.path,
        "back_href": reverse("record", kwargs={"public_id": public_id}),
    }
    return render(request, "emergency.html", context, status=WRONG if errors else 200)
