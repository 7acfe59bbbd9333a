"""Search: a form, and whom it finds. What is typed comes by POST and goes back into the form, and nowhere else."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kept.notices.asker import Asker
from kept.record.search.reads import open_search, search
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.search.form import Unclear, sought_in
from kept.web.search.shown import found_shown


@asked
def find(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    values = request.POST.dict()
    context = {
        "items": open_search(by=by, purpose=by.service, at=at),
        "values": values,
        "errors": {},
        "on": day_of(at),
        "found": None,
    }
    if request.method != "POST":
        return render(request, "search.html", context)
    try:
        sought = sought_in(values, on=day_of(at))
    except Unclear as wrong:
        return render(request, "search.html", context | {"errors": wrong.faults}, status=422)
    context["found"] = found_shown(search(by=by, sought=sought, purpose=by.service, at=at))
    return render(request, "search.html", context)
