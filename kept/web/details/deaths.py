"""Saying that somebody of a family died, or that this was written by mistake: one quiet form."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.families.deaths import DeathSaid, NotSaid, say_died, sources_of_deaths
from kept.record.reads import open_record
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.circumstances.shown import sources_in_words
from kept.web.numbers import day_said
from kept.web.pages import Option, options
from kept.web.record.form import Unclear
from kept.web.record.shown import died_in_words, person_shown

DIED, MISTAKE = "died", "mistake"
ANSWERS = {DIED: "They have died", MISTAKE: "It was written down by mistake: they are alive"}


@asked
def died(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID, about: UUID) -> HttpResponse:
    asking: dict[str, Any] = {"by": by, "public_id": public_id, "purpose": by.service, "at": at}
    back, values = reverse("record", kwargs={"public_id": public_id}), request.POST.dict()
    faults: Mapping[str, str] = {}
    record = open_record(**asking)
    if request.method == "POST":
        try:
            say_died(about=about, said=death_said(values), **asking)
            return redirect(f"{back}?changed")
        except (Unclear, NotSaid) as wrong:
            faults = wrong.faults
    whose = next((one for one in (record.child, *record.adults) if one.public_id == about), record.child)
    sources = sources_of_deaths(by=by, part=whose.part, purpose=by.service, on=day_of(at))
    words = sources_in_words(record.definition)
    held = died_in_words(record, whose)
    context = {
        "child": person_shown(record.child, relationship="Child"),
        "name": whose.name or "Not named yet",
        "held": held,
        "answers": options(ANSWERS) if held else (),
        "sources": tuple(Option(one, words[one].capitalize()) for one in sources),
        "values": values,
        "errors": faults,
        "action_href": request.path,
        "cancel_href": back,
    }
    return render(request, "died.html", context, status=422 if faults else 200)


def death_said(values: Mapping[str, str]) -> DeathSaid:
    """What was typed. Raises Unclear for a day that cannot be read."""
    try:
        died_on = day_said(values, "died_on")
    except ValueError:
        raise Unclear({"died_on": "Enter a real day, for example 27 3 2026."}) from None
    return DeathSaid(values.get("died", DIED) != MISTAKE, died_on, values.get("source", ""))
