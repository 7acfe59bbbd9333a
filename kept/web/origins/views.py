"""Why each thing on a record is held, and where it came from: one click from the record."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.published.reads import definition_for
from kept.record.origins.reads import open_origins
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.origins.shown import why_about


@asked
def why(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    people = open_origins(by=by, public_id=public_id, purpose=by.service, at=at)
    definition = definition_for(by=by, on=day_of(at)).definition
    context = {
        "people": tuple(why_about(person, definition) for person in people),
        "record_href": reverse("record", kwargs={"public_id": public_id}),
    }
    return render(request, "why.html", context)
