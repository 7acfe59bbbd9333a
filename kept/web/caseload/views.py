"""The caseload: whom a practitioner looks after, youngest first."""

from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.caseloads.reads import Listed, open_caseload
from kept.record.families.taking_in import may_take_in
from kept.record.notices_given.reads import may_list_not_yet_told as may_list
from kept.record.search.reads import searched_by
from kept.staff.reads import teams_of
from kept.standards.days import day_of
from kept.web.askers import asked, first_page_of
from kept.web.numbers import pages_of, whole_number
from kept.web.pages import CaseloadChild, Due

# New birth visit: by 14 days of age; from 6 weeks on the next review takes its place (Healthy Child Programme, and the
# metrics of the national statistics).
NEW_BIRTH_VISIT_WITHIN = timedelta(days=14)
NEXT_REVIEW_FROM = timedelta(weeks=6)


# What is said to whoever gave a child away.
TOLD = {
    "care-ended": "Care has ended. The child is on no caseload any more.",
    "given": "The child is on the caseload of that team now.",
}


@asked
def caseload(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    number = whole_number(request.GET.get("page"), otherwise=1)
    found = open_caseload(by=by, purpose=by.service, page=number, at=at)
    context = {
        "saved": next((words for told, words in TOLD.items() if told in request.GET), ""),
        "not_told_href": reverse("not_yet_told") if may_list(by=by, purpose=by.service, at=at) else "",
        "team": ", ".join(team.name for team in teams_of(by=by, at=at)),
        "children": tuple(shown(listed, on=day_of(at)) for listed in found.children),
        "total": found.in_all,
        "on": day_of(at),
        "pages": pages_of(request.path, current=found.page, last=found.pages),
        "take_in_href": reverse("take_in") if may_take_in(by=by, purpose=by.service, at=at) else "",
        "may_search": bool(searched_by(by=by, purpose=by.service, at=at)),
    }
    return render(request, "caseload.html", context)


@asked
def start(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    return redirect(first_page_of(by))


def shown(listed: Listed, *, on: date) -> CaseloadChild:
    return CaseloadChild(
        name=listed.child.name,
        href=reverse("record", kwargs={"public_id": listed.child.public_id}),
        born_on=listed.child.born_on,
        due=due_of(
            born_on=listed.child.born_on,
            visited=listed.visited or listed.died,
            served_until_on=listed.served_until_on,
            on=on,
        ),
    )


def due_of(*, born_on: date | None, visited: bool, served_until_on: date | None, on: date) -> Due | None:
    """What must be done next: the new birth visit, until it has taken place or its time is over; and at the end of the
    service's ages, ending care with a hand-over to the next service."""
    if served_until_on and on >= served_until_on:
        return Due("End care and hand over", served_until_on)
    if visited or born_on is None or on >= born_on + NEXT_REVIEW_FROM:
        return None
    return Due("New birth visit", born_on + NEW_BIRTH_VISIT_WITHIN)
