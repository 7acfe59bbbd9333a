"""Saying of something that was told whether it is still so: one form, reached from beside it on the record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.circumstances.actions import NotRecorded, offered
from kept.record.circumstances.reviews import Told, review_circumstance
from kept.record.circumstances.values import (
    CHANGED,
    COMMUNICATION,
    NEVER_SO,
    NO_LONGER_SO,
    ONE_ANSWER,
    STILL_SO,
    CircumstanceShown,
    Review,
)
from kept.record.people.values import PersonShown
from kept.record.reads import ChildRecord, open_record
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.circumstances.shown import AddressOf, nowhere, sources_in_words, told
from kept.web.numbers import day_said
from kept.web.pages import Option
from kept.web.record.form import Unclear
from kept.web.record.shown import person_shown

ANSWERS = {
    STILL_SO: "Yes, it is still so",
    CHANGED: "No, it has changed",
    NO_LONGER_SO: "No, it is not so any more",
    NEVER_SO: "It never was so: it was written down by mistake",
}
IN_THIS_SERVICE, TO_KEEP_SAFE = "review_told", "review_safe"


def review_hrefs(record: ChildRecord, *, by: Asker, purpose: str, page: str, at: datetime) -> AddressOf:
    """Where it is said of each thing told whether it is still so; nowhere for what this asker may not write down."""
    people = (record.child, *record.adults)
    parts = {one.part for one in people if one.person in record.circumstances}
    if not parts:
        return nowhere
    kinds = {
        part: {
            offer.kind for offer in offered(by=by, part=part, standing="team", purpose=purpose, on=day_of(at))
        }
        for part in parts
    }

    def href(person: PersonShown, one: CircumstanceShown) -> str:
        if one.kind not in kinds[person.part]:
            return ""
        return reverse(page, args=(record.child.public_id, person.public_id, one.number))

    return href


@asked
def review(
    request: HttpRequest,
    *,
    by: Asker,
    at: datetime,
    public_id: UUID,
    about: UUID,
    number: int,
    purpose: str = "",
) -> HttpResponse:
    asking: dict[str, Any] = {"by": by, "public_id": public_id, "purpose": purpose or by.service, "at": at}
    back, values = reverse("safe" if purpose else "record", args=(public_id,)), request.POST.dict()
    record, faults = open_record(**asking), dict[str, str]()
    whose = next((one for one in (record.child, *record.adults) if one.public_id == about), record.child)
    held = _told_of(record, whose, number)
    if held is None or (held.until_on and request.method != "POST"):
        # It ended meanwhile, or was never this person's; sent twice, what was sent before is found.
        return redirect(f"{back}?told-meanwhile")
    if request.method == "POST":
        try:
            this = Told(number, held.kind)
            review_circumstance(about=about, told=this, review=review_said(values), **asking)
            return redirect(f"{back}?reviewed")
        except (Unclear, NotRecorded) as wrong:
            faults = dict(wrong.faults)
    context = _form(record, whose, held, by=by, purpose=asking["purpose"], values=values, at=at)
    context |= {"errors": faults, "action_href": request.path, "cancel_href": back}
    return render(request, "review_told.html", context, status=422 if faults else 200)


def review_said(values: Mapping[str, str]) -> Review:
    """What was typed. Raises Unclear for a day, or a number of the form, that cannot be read."""
    try:
        again_on = day_said(values, "again_on")
    except ValueError:
        raise Unclear({"again_on": "Enter a real day, for example 27 3 2027."}) from None
    try:
        once = UUID(values.get("once", ""))
    except ValueError:
        raise Unclear({"outcome": "Open this page again from the record."}) from None
    outcome = values.get("outcome", "")
    return Review(
        outcome=outcome,
        why=_lines(values.get("why", "")),
        said=_lines(values.get("said", "")) if outcome == CHANGED else "",
        again_on=again_on,
        source=values.get("source", ""),
        once=once,
    )


def _lines(typed: str) -> str:
    return typed.replace("\r\n", "\n").strip()


def _told_of(record: ChildRecord, whose: PersonShown, number: int) -> CircumstanceShown | None:
    """What was told about somebody under this number: the thing itself, also where the same form has just ended it."""
    told_of = (*record.circumstances.get(whose.person, ()), *record.no_longer_so.get(whose.person, ()))
    return next((one for one in told_of if one.number == number), None)


def _form(
    record: ChildRecord,
    whose: PersonShown,
    held: CircumstanceShown,
    *,
    by: Asker,
    purpose: str,
    values: Mapping[str, str],
    at: datetime,
) -> dict[str, Any]:
    """The context of review_told.html, but for what went wrong and where it leads."""
    offers = offered(by=by, part=whose.part, standing="team", purpose=purpose, on=day_of(at))
    sources, words = (
        next((offer.sources for offer in offers if offer.kind == held.kind), ()),
        (sources_in_words(record.definition)),
    )
    return {
        "child": person_shown(record.child, relationship="Child"),
        "name": whose.name or "Not named yet",
        "held": told(held, record.definition),
        "outcomes": tuple(
            Option(code, said)
            for code, said in ANSWERS.items()
            if code != CHANGED or held.kind not in ONE_ANSWER
        ),
        "one_answer": held.kind in ONE_ANSWER,
        "is_a_need": held.kind == COMMUNICATION,
        "sources": tuple(Option(one, words[one].capitalize()) for one in sources),
        "values": {"source": held.source, "said": held.said, "once": str(uuid4()), **values},
        "on": day_of(at),
    }
