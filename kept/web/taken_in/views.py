"""The form that takes a family in. An NHS number is added on the record, where a number that does not fit is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.episodes.reads import teams_of_the_service
from kept.record.families.actions import NotRegistered
from kept.record.families.taking_in import open_taking_in, sources_offered
from kept.record.families.taking_in import take_in as register
from kept.staff.reads import teams_of
from kept.standards.days import day_of
from kept.web.askers import asked, first_page_of
from kept.web.pages import Option, options
from kept.web.record.form import Unclear
from kept.web.record.shown import SEXES
from kept.web.taken_in.form import AREAS, CARERS, YES_NO, family_said
from kept.web.typed import once_in

WRONG = 422
# Why a family is not taken in: code → (field, sentence).
REASONS = {
    "authority-elsewhere": ("authority", "We help families who live in Kent. Ask who helps them there."),
    "authority-unknown": ("authority", "Find out where the family lives. We help families who live in Kent."),
}
OTHERWISE = (
    "child_given",
    "This does not fit what is recorded already. Ask whoever sorts messages to compare.",
)


@asked
def take_in(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    items = open_taking_in(by=by, purpose=by.service, at=at)
    values, errors = request.POST.dict(), dict[str, str]()
    if request.method == "POST":
        try:
            return redirect(taken(values, items=items, by=by, at=at))
        except Unclear as wrong:
            errors = wrong.faults
        except NotRegistered as wrong:
            errors = dict(REASONS.get(reason, OTHERWISE) for reason in wrong.reasons)
    context = context_of(by=by, items=items, values=values, errors=errors, at=at)
    return render(request, "take_in.html", context, status=WRONG if errors else 200)


def taken(values: Mapping[str, str], *, items: Mapping[str, frozenset[str]], by: Asker, at: datetime) -> str:
    """Take the family in; returns where to go on: the record, or the page of whoever may not open it."""
    family = family_said(values, items=items, today=day_of(at))
    if family.team_id not in {int(option.value) for option in teams(by=by, at=at)}:
        raise Unclear({"team": "Choose a team."})
    how: dict[str, Any] = {"source": values["source"], "once": once_in(values)}
    public_id = register(by=by, family=family, purpose=by.service, **how, at=at)
    if family.team_id in {team.id for team in teams_of(by=by, at=at)}:
        return f"{reverse('record', kwargs={'public_id': public_id})}?taken-in"
    return first_page_of(by)


def teams(*, by: Asker, at: datetime) -> tuple[Option, ...]:
    """The teams that a family can be given to: those of the asker, or any where the asker is on none."""
    found = teams_of(by=by, at=at) or teams_of_the_service(by=by)
    return tuple(Option(str(team.id), team.name) for team in found)


def context_of(
    *,
    by: Asker,
    items: Mapping[str, frozenset[str]],
    values: Mapping[str, str],
    errors: Mapping[str, str],
    at: datetime,
) -> dict[str, Any]:
    """The context of take_in.html."""
    return {
        "items": items,
        "values": values,
        "once": once_in(values) or uuid4(),
        "errors": errors,
        "on": day_of(at),
        "sexes": options(SEXES),
        "carers": options(CARERS),
        "areas": options(AREAS),
        "yes_no": options(YES_NO),
        "teams": teams(by=by, at=at),
        "sources": options(sources_offered(by=by, purpose=by.service, on=day_of(at))),
        "cancel_href": first_page_of(by),
    }
