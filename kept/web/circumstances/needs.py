"""Saying whether somebody's communication needs were met: one short form, reached from the flag on the record."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.circumstances.actions import NotRecorded, say_whether_met
from kept.record.circumstances.values import COMMUNICATION, NeedAnswer
from kept.record.reads import open_record
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.numbers import day_said
from kept.web.pages import Option
from kept.web.record.form import Unclear
from kept.web.record.shown import person_shown
from kept.web.typed import INCOMPLETE, once_in


@asked
def need(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID, about: UUID) -> HttpResponse:
    asking: dict[str, Any] = {"by": by, "public_id": public_id, "purpose": by.service, "at": at}
    back, values = reverse("record", kwargs={"public_id": public_id}), request.POST.dict()
    faults: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            say_whether_met(about=about, answer=answer_said(values, today=day_of(at)), **asking)
            return redirect(f"{back}?need-answered")
        except (Unclear, NotRecorded) as wrong:
            faults = wrong.faults
    record = open_record(**asking)
    whose = next((one for one in (record.child, *record.adults) if one.public_id == about), record.child)
    told = record.circumstances.get(whose.person, ())
    context = {
        "child": person_shown(record.child, relationship="Child"),
        "name": whose.name or "Not named yet",
        "needs": tuple(one.said for one in told if one.kind == COMMUNICATION and not one.declined),
        "answers": (Option("yes", "Yes"), Option("no", "No")),
        "on": day_of(at),
        "values": values,
        "once": once_in(values) or uuid4(),
        "errors": faults,
        "action_href": request.path,
        "cancel_href": back,
    }
    return render(request, "need_met.html", context, status=422 if faults else 200)


def answer_said(values: Mapping[str, str], *, today: date) -> NeedAnswer:
    """What was typed; an empty day is today. Raises Unclear with everything that cannot be read."""
    faults = {}
    if values.get("met") not in ("yes", "no"):
        faults["met"] = "Say whether they got what they need."
    try:
        on = day_said(values, "on")
    except ValueError:
        faults["on"] = "Enter a real day, for example 27 3 2026."
    if once_in(values) is None:
        faults["met"] = INCOMPLETE
    if faults:
        raise Unclear(faults)
    said = values.get("said", "").replace("\r\n", "\n").strip()
    return NeedAnswer(values["met"] == "yes", on or today, said, once_in(values))
