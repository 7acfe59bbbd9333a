"""The form that opens a record at once, the record while that lasts, and the answer of whoever checks it."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kept.notices.asker import Asker
from kept.post.outbox import Outbox
from kept.record.life_at_risk.actions import (
    NotOpened,
    Opening,
    check_openings,
    look_again,
    open_with_life_at_risk,
    opened_lately,
)
from kept.record.life_at_risk.rules import CONFIRMED_WITHIN
from kept.record.reads import ChildRecord
from kept.staff.second_factor import given_at
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.numbers import entry_said
from kept.web.record.shown import record_shown


@asked
def life_at_risk(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    """The form; the record itself where the asker opened it less than half an hour ago."""
    if request.method == "POST":
        return open_it(request, by=by, at=at, public_id=public_id)
    if opening := opened_lately(by=by, public_id=public_id, at=at):
        record = look_again(by=by, public_id=public_id, opening=opening, at=at)
        return shown(request, record, opening, at=at)
    confirmed_at = given_at(request)
    if confirmed_at is None or at - confirmed_at > CONFIRMED_WITHIN:
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
    return render(request, "life_at_risk.html", {"values": {}, "errors": {}})


def open_it(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    try:
        open_with_life_at_risk(
            by=by,
            public_id=public_id,
            reason=request.POST.get("reason", ""),
            confirmed_at=given_at(request),
            outbox=Outbox(Path(settings.OUTBOX)),
            at=at,
        )
    except NotOpened as missing:
        context = {"values": request.POST.dict(), "errors": missing.faults}
        return render(request, "life_at_risk.html", context, status=422)
    return redirect(request.path)


def shown(request: HttpRequest, record: ChildRecord, opening: Opening, *, at: datetime) -> HttpResponse:
    """The record as it is, with nothing to record: looking is all that the law lets them do."""
    context = record_shown(record, on=day_of(at)) | {"opening": opening}
    return render(request, "record_at_risk.html", context)


@asked
def checked(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    """What a privacy officer found about the openings of one record."""
    looked_at = reverse("looked_at", kwargs={"public_id": public_id})
    if request.method != "POST":
        return redirect(looked_at)
    finding, last_entry = request.POST.get("finding", ""), entry_said(request.POST.get("last"))
    try:
        check_openings(by=by, public_id=public_id, finding=finding, last_entry=last_entry or 0, at=at)
    except NotOpened:
        return redirect(f"{looked_at}?said-nothing")
    return redirect(f"{looked_at}?checked")
