"""The families not yet told of the notice in force, and recording that one was given it."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.published.reads import definition_for
from kept.record.notices_given.actions import NotSaid, record_notice_given
from kept.record.notices_given.reads import not_yet_told
from kept.staff.reads import teams_of
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.notices.addresses import version_href
from kept.web.notices_given.shown import family_not_told
from kept.web.numbers import pages_of, whole_number
from kept.web.pages import Destination
from kept.web.record.form import Unclear, form_of_notice, notice_said


@asked
def families(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    number = whole_number(request.GET.get("page"), otherwise=1)
    team = whole_number(request.GET.get("team"), otherwise=0)
    found = not_yet_told(by=by, purpose=by.service, team=team or None, page=number, at=at)
    definition = definition_for(by=by, on=day_of(at)).definition
    context = {
        "families": tuple(map(family_not_told, found.families)),
        "total": found.in_all,
        "on": day_of(at),
        "teams": teams_offered(by=by, chosen=team, at=at),
        "notice": Destination(
            f"{definition.title} privacy notice",
            version_href(service=definition.service, dated=definition.dated, version_hash=definition.hash),
        ),
        "dated": definition.dated,
        "pages": pages_of(
            request.path, current=number, last=found.pages, kept={"team": str(team)} if team else {}
        ),
    }
    return render(request, "not_yet_told.html", context)


def teams_offered(*, by: Asker, chosen: int, at: datetime) -> tuple[Destination, ...]:
    """The asker's teams, to choose one; none where there is nothing to choose."""
    path, teams = reverse("not_yet_told"), teams_of(by=by, at=at)
    if len(teams) < 2:
        return ()
    every = Destination("All my teams", path, current=chosen not in {team.id for team in teams})
    each = (Destination(team.name, f"{path}?team={team.id}", current=team.id == chosen) for team in teams)
    return (every, *each)


@asked
def given(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    if request.method == "POST":
        return save_given(request, by=by, at=at, public_id=public_id)
    in_force = str(definition_for(by=by, on=day_of(at)).id)
    context = form_of_notice(
        by=by, public_id=public_id, values={"notice_version": in_force}, errors={}, at=at
    )
    return render(request, "notice_given.html", context)


def save_given(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    values = request.POST.dict()
    try:
        new = record_notice_given(
            by=by,
            public_id=public_id,
            purpose=by.service,
            said=notice_said(values, today=day_of(at)),
            source="the-person",
            at=at,
        )
    except (Unclear, NotSaid) as wrong:
        context = form_of_notice(by=by, public_id=public_id, values=values, errors=wrong.faults, at=at)
        return render(request, "notice_given.html", context, status=422)
    told = "notice-saved" if new else "notice-saved-before"
    return redirect(f"{reverse('record', kwargs={'public_id': public_id})}?{told}")
