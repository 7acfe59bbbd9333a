"""The caseload: whom a practitioner looks after, youngest first."""

from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.caseloads.reads import Listed, open_caseload
from kept.staff.reads import teams_of
from kept.standards.days import day_of
from kept.web.askers import asked, first_page_of
from kept.web.numbers import pages_of, whole_number
from kept.web.pages import CaseloadChild, Due

# New birth visit: by 14 days of age (Healthy Child Programme; the metric of the national statistics).
NEW_BIRTH_VISIT_WITHIN = timedelta(days=14)


@asked
def caseload(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    number = whole_number(request.GET.get("page"), otherwise=1)
    found = open_caseload(by=by, purpose=by.service, page=number, at=at)
    context = {
        "team": ", ".join(team.name for team in teams_of(by=by, at=at)),
        "children": tuple(map(shown, found.children)),
        "total": found.in_all,
        "on": day_of(at),
        "pages": pages_of(request.path, current=found.page, last=found.pages),
    }
    return render(request, "caseload.html", context)


@asked
def start(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    return redirect(first_page_of(by))


def shown(listed: Listed) -> CaseloadChild:
    return CaseloadChild(
        name=listed.child.name,
        href=reverse("record", kwargs={"public_id": listed.child.public_id}),
        born_on=listed.child.born_on,
        due=due_of(born_on=listed.child.born_on, visited=listed.visited),
    )


def due_of(*, born_on: date | None, visited: bool) -> Due | None:
    """What must be done next: the new birth visit, until it has taken place."""
    if visited or born_on is None:
        return None
    return Due("New birth visit", born_on + NEW_BIRTH_VISIT_WITHIN)
