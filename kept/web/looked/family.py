"""Preparing who has looked for a family: what is decided entry by entry, then read, and printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.published.reads import definition_for
from kept.record.looked.actions import NotPrepared, prepare_view
from kept.record.looked.family import (
    MOST,
    PRINTING,
    EntryAbout,
    HeldBack,
    NotThere,
    Prepared,
    open_view,
    prepared_views,
    to_prepare,
)
from kept.record.looked.withholding import GROUNDS, LEAST_LETTERS, Choice, NewView, faults_of_days
from kept.staff.reads import names_of
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.looked.papers import CannotPrint, typeset
from kept.web.looked.words import Times, names_told, said_of, words_of
from kept.web.numbers import day_asked, entry_said
from kept.web.pages import Option

A_YEAR = timedelta(days=365)
WHO_ASKED = "Say who asked, and how you know that they are who they say."
NO_DAY = "Enter a real day, for example 2026-03-27."
NOT_DECIDED = "Say of each entry whether it is shown or held back."
MANY = f"There are more than {MOST} entries on these days. Choose a shorter time, and prepare it in parts."


@dataclass(frozen=True, slots=True)
class Deciding:
    """One entry to be decided on, in words; what is chosen so far, and what is proposed."""

    number: int
    at: datetime
    done: str
    refused: bool
    proposed: str
    shown: bool
    clause: str
    reason: str
    read: Times  # what the family reads of it, word for word


@dataclass(frozen=True, slots=True)
class Before:
    """One view that was prepared before."""

    href: str
    prepared_at: datetime
    by: str
    days: tuple[date, date]
    asked_by: str
    shown: int
    withheld: int


@asked
def family(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    """What was prepared before, and the days of another; then its entries, to be decided on; then it is kept."""
    if request.method != "POST":
        return begun(request, by=by, at=at, public_id=public_id, errors={})
    values = request.POST
    since_on, last_on, errors = days_in(values, today=day_of(at))
    if sum(letter.isalpha() for letter in values.get("asked_by", "")) < LEAST_LETTERS:
        errors["asked_by"] = WHO_ASKED
    if errors or since_on is None or last_on is None:
        return begun(request, by=by, at=at, public_id=public_id, errors=errors, status=422)
    if values.get("step") == "decided":
        return decided(request, by=by, at=at, public_id=public_id, since_on=since_on, last_on=last_on)
    return deciding(request, by=by, at=at, public_id=public_id, since_on=since_on, last_on=last_on, errors={})


def begun(
    request: HttpRequest,
    *,
    by: Asker,
    at: datetime,
    public_id: UUID,
    errors: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:
    name, views = prepared_views(by=by, public_id=public_id, at=at)
    names = names_of({view.account for view in views if view.account})
    today = day_of(at)
    values = {"since": (today - A_YEAR).isoformat(), "last": today.isoformat(), **request.POST.dict()}
    context = {
        "name": name,
        "views": tuple(before(view, names, public_id) for view in views),
        "values": values,
        "errors": errors,
        "action_href": request.path,
        "looked_href": reverse("looked_at", kwargs={"public_id": public_id}),
    }
    return render(request, "looked_family.html", context, status=status)


def deciding(
    request: HttpRequest,
    *,
    by: Asker,
    at: datetime,
    public_id: UUID,
    since_on: date,
    last_on: date,
    errors: Mapping[str, str],
) -> HttpResponse:
    values = request.POST.dict()
    found = to_prepare(
        by=by,
        public_id=public_id,
        since_on=since_on,
        last_on=last_on,
        last_entry=last_entry_in(values),  # what was looked at while the officer decides is not added to it
        asked_by=values["asked_by"],
        at=at,
    )
    if found.too_many:
        return begun(request, by=by, at=at, public_id=public_id, errors={"since": MANY}, status=422)
    definition = definition_for(by=by, on=day_of(at)).definition
    names = names_told(found.entries, definition, on=day_of(at))
    context = {
        "name": found.name,
        "entries": tuple(
            in_words(one, said_of(one, definition, names), definition, values) for one in found.entries
        ),
        "last_entry": str(found.last_entry),
        "grounds": grounds(definition),
        "values": values,
        "errors": errors,
        "action_href": request.path,
        "looked_href": reverse("looked_at", kwargs={"public_id": public_id}),
    }
    return render(request, "looked_prepare.html", context, status=422 if errors else 200)


def decided(
    request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID, since_on: date, last_on: date
) -> HttpResponse:
    """Keep what was decided; shown again, with all that was typed, where something is missing."""
    again: dict[str, Any] = {
        "by": by,
        "at": at,
        "public_id": public_id,
        "since_on": since_on,
        "last_on": last_on,
    }
    try:
        new = view_said(request.POST.dict(), since_on=since_on, last_on=last_on)
        number = prepare_view(by=by, public_id=public_id, new=new, at=at)
    except NotPrepared as wrong:
        return deciding(request, **again, errors=wrong.faults)
    return redirect(reverse("looked_view", kwargs={"public_id": public_id, "number": number}))


@asked
def view(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID, number: int) -> HttpResponse:
    """What a family is given, to be looked at before it goes; beside it, for the officer, what is held back."""
    of_this = {"public_id": public_id}
    try:
        opened = open_view(by=by, public_id=public_id, number=number, at=at)
    except NotThere as nothing:
        raise Http404 from nothing
    definition = definition_for(by=by, on=day_of(at)).definition
    context = {
        "words": words_of(opened),
        "held_back": tuple((one, clause_words(one, definition)) for one in opened.held_back),
        "paper_href": reverse("looked_paper", kwargs={**of_this, "number": number}),
        "family_href": reverse("looked_family", kwargs=of_this),
        "cannot_print": "cannot-print" in request.GET,
    }
    return render(request, "looked_view.html", context)


@asked
def paper(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID, number: int) -> HttpResponse:
    """The same on paper: what is held back is nowhere in it."""
    here = {"public_id": public_id, "number": number}
    try:
        opened = open_view(by=by, **here, act=PRINTING, at=at)  # type: ignore[arg-type]
        drawn = typeset(words_of(opened))
    except NotThere as nothing:
        raise Http404 from nothing
    except CannotPrint:
        return redirect(f"{reverse('looked_view', kwargs=here)}?cannot-print")
    response = HttpResponse(drawn, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="who-has-looked.pdf"'
    return response


def days_in(values: Mapping[str, str], *, today: date) -> tuple[date | None, date | None, dict[str, str]]:
    """The days that a form asks for, and what is wrong with them."""
    errors: dict[str, str] = {}

    def day(name: str) -> date | None:
        try:
            return day_asked(values.get(name, ""))
        except ValueError:
            errors[name] = NO_DAY
            return None

    since_on, last_on = day("since"), day("last")
    if since_on and last_on:
        errors |= dict(faults_of_days(since_on, last_on, today=today))
    return since_on, last_on, errors


def view_said(values: Mapping[str, str], *, since_on: date, last_on: date) -> NewView:
    """What a form says of each entry. Raises NotPrepared where it cannot be read."""
    last = last_entry_in(values)
    if last is None:
        raise NotPrepared({"choices": NOT_DECIDED})
    opinion, faults = values.get("opinion_on", ""), {}
    try:
        opinion_on = day_asked(opinion) if opinion else None
    except ValueError:
        opinion_on, faults = None, {"opinion_on": NO_DAY}
    if faults:
        raise NotPrepared(faults)
    return NewView(
        since_on,
        last_on,
        last,
        values.get("asked_by", ""),
        {int(name[5:]): _choice(values, name[5:]) for name in values if _is_a_choice(name)},
        values.get("opinion_of", ""),
        opinion_on,
    )


def last_entry_in(values: Mapping[str, str]) -> int | None:
    """The entry up to which an officer has begun to decide; None where none was sent."""
    return entry_said(values.get("last_entry"))


def _is_a_choice(name: str) -> bool:
    number = name.removeprefix("show-")
    return number != name and number.isascii() and number.isdigit() and len(number) < 19


def _choice(values: Mapping[str, str], number: str) -> Choice:
    if values[f"show-{number}"] == "yes":
        return Choice()
    why = values.get(f"why-{number}", "").strip() or values.get("why_all", "").strip()
    return Choice(values.get(f"clause-{number}", "") or "none", why)


def in_words(one: EntryAbout, read: Times, definition: Definition, values: Mapping[str, str]) -> Deciding:
    """An entry to be decided on, with what was typed, or else what is proposed."""
    said = values.get(f"show-{one.number}", "no" if one.proposed else "yes")
    return Deciding(
        one.number,
        one.at,
        one.act[:1].upper() + one.act[1:],
        one.outcome == "must not",
        definition.by_id[one.proposed].words if one.proposed in definition.by_id else "",
        said == "yes",
        values.get(f"clause-{one.number}", one.proposed),
        values.get(f"why-{one.number}", ""),
        read,
    )


def grounds(definition: Definition) -> tuple[Option, ...]:
    """What the law says about holding something back; what is not confirmed says so."""
    found = (definition.by_id[one] for one in GROUNDS if one in definition.by_id)
    return (
        Option("", "Choose"),
        *(Option(one.id, one.words + ("" if one.confirmed else " (not confirmed)")) for one in found),
    )


def clause_words(one: HeldBack, definition: Definition) -> str:
    return definition.by_id[one.clause].words if one.clause in definition.by_id else one.clause


def before(one: Prepared, names: Mapping[int, str], public_id: UUID) -> Before:
    return Before(
        href=reverse("looked_view", kwargs={"public_id": public_id, "number": one.number}),
        prepared_at=one.prepared_at,
        by=names.get(one.account or 0, ""),
        days=(one.since_on, one.last_on),
        asked_by=one.asked_by,
        shown=one.shown,
        withheld=one.withheld,
    )
