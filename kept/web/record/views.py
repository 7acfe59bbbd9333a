"""A child's record, and recording a contact with the family."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.contacts.actions import NotRecorded, may_record_contact, record_contact
from kept.record.reads import open_record
from kept.staff.reads import names_of
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.record.form import Unclear, contact_said, form_of
from kept.web.record.shown import record_shown

SAVED = "The visit is recorded."


@asked
def record(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    opened = open_record(by=by, public_id=public_id, purpose=by.service, at=at)
    names = names_of(contact.account for contact in opened.contacts if contact.account)
    context = record_shown(opened, names=names, on=day_of(at))
    context["saved"] = SAVED if "saved" in request.GET else ""
    context["record_contact_href"] = (
        reverse("record_contact", kwargs={"public_id": public_id})
        if may_record_contact(by=by, purpose=by.service, at=at)
        else ""
    )
    return render(request, "record.html", context)


@asked
def contact(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    if request.method == "POST":
        return save_contact(request, by=by, at=at, public_id=public_id)
    context = form_of(by=by, public_id=public_id, values={}, errors={}, once=str(uuid4()), at=at)
    return render(request, "record_contact.html", context)


def save_contact(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    values = request.POST.dict()
    try:
        said = contact_said(values)
        record_contact(
            by=by, public_id=public_id, purpose=by.service, contact=said, source="the-person", at=at
        )
    except (Unclear, NotRecorded) as wrong:
        context = form_of(
            by=by, public_id=public_id, values=values, errors=wrong.faults, once=values.get("once", ""), at=at
        )
        return render(request, "record_contact.html", context, status=422)
    return redirect(f"{reverse('record', kwargs={'public_id': public_id})}?saved")
