"""A child's family: the map and the list, somebody written down, and how somebody belongs to the child."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.relatives.actions import NotRecorded, add_relative, change_tie
from kept.record.relatives.reads import open_family_map, sources_of_ties
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.family.form import adding, changing, relative_said, tie_said
from kept.web.family.shown import family_page
from kept.web.record.form import Unclear

WRONG = 422
TOLD = {
    "added": "They are written down.",
    "added-before": "They were written down before. Nothing was added.",
    "changed": "What you said is recorded. What was said before stays in the history.",
}


@asked
def family(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    shown = open_family_map(by=by, public_id=public_id, purpose=by.service, at=at)
    may = bool(sources_of_ties(by=by, purpose=by.service, on=day_of(at)))
    return render(
        request,
        "family.html",
        family_page(shown, may_change=may)
        | {
            "saved": next((words for told, words in TOLD.items() if told in request.GET), ""),
            "back_href": reverse("record", kwargs={"public_id": public_id}),
            "add_href": reverse("family_add", kwargs={"public_id": public_id}) if may else "",
        },
    )


@asked
def add(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    values = request.POST.dict()
    if request.method != "POST":
        return _form(request, "family_add.html", adding, values, {}, by=by, at=at, public_id=public_id)
    try:
        new = add_relative(by=by, public_id=public_id, purpose=by.service, new=relative_said(values), at=at)
    except (Unclear, NotRecorded) as wrong:
        return _form(
            request, "family_add.html", adding, values, wrong.faults, by=by, at=at, public_id=public_id
        )
    return redirect(f"{_family(public_id)}?{'added' if new else 'added-before'}")


@asked
def tie(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID, about: UUID) -> HttpResponse:
    values = request.POST.dict()
    drawn: dict[str, Any] = {"by": by, "at": at, "public_id": public_id, "about": about}
    if request.method != "POST":
        return _form(request, "family_tie.html", changing, values, {}, **drawn)
    try:
        change_tie(by=by, public_id=public_id, about=about, purpose=by.service, new=tie_said(values), at=at)
    except (Unclear, NotRecorded) as wrong:
        return _form(request, "family_tie.html", changing, values, wrong.faults, **drawn)
    return redirect(f"{_family(public_id)}?changed")


def _family(public_id: UUID) -> str:
    return reverse("family", kwargs={"public_id": public_id})


def _form(
    request: HttpRequest,
    template: str,
    form: Any,
    values: Mapping[str, str],
    faults: Mapping[str, str],
    **drawn: Any,
) -> HttpResponse:
    """A form as it is opened, or again with what was typed and what is wrong with it."""
    context = form(values=values, errors=faults, **drawn)
    context |= {"cancel_href": _family(drawn["public_id"]), "action_href": request.path}
    return render(request, template, context, status=WRONG if faults else 200)
