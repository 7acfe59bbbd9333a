"""Whom of a family to change, and the form about one of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.published.reads import definition_for
from kept.record.families.before import Before
from kept.record.families.deaths import sources_of_deaths
from kept.record.families.details import (
    DetailsOpened,
    NotChanged,
    change_details,
    may_change_details,
    open_details,
)
from kept.record.families.meanwhile import marks_of
from kept.record.people.values import NewPerson, PersonShown
from kept.record.reads import open_record
from kept.standards import postcodes
from kept.standards.days import day_of
from kept.web import wording
from kept.web.askers import asked
from kept.web.circumstances.shown import item_in_words
from kept.web.numbers import day_said
from kept.web.pages import Destination, Earlier, Option, options
from kept.web.record.form import Unclear
from kept.web.record.shown import SEXES, relationship_of

WRONG = 422
MOST_LINES = 20
SHOWED = "showed-"  # before an item: the mark of what the form showed of it
# What can be said of a number that waits to be checked.
WRONG_NUMBER = "wrong"
TO_CHECK = {"waits": "It still has to be checked", WRONG_NUMBER: "It was said wrongly: take it away"}


@asked
def people(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    record = open_record(by=by, public_id=public_id, purpose=by.service, at=at)
    adults = [
        one
        for one in record.adults
        if (one.part != "child" or one.person in record.same)
        and may_change_details(by=by, part=one.part, purpose=by.service, at=at)
    ]
    context = {
        "people": (
            Destination(named(record.child, "Child"), href_of(public_id, record.child)),
            *(
                Destination(named(one, relationship_of(one, record)), href_of(public_id, one))
                for one in adults
            ),
        ),
        "cancel_href": reverse("record", kwargs={"public_id": public_id}),
    }
    return render(request, "details_of_whom.html", context)


def href_of(public_id: UUID, person: PersonShown) -> str:
    return reverse("details", kwargs={"public_id": public_id, "about": person.public_id})


def named(person: PersonShown, relationship: str) -> str:
    return f"{person.name or 'Not named yet'}, {relationship[:1].lower()}{relationship[1:]}"


@asked
def details(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID, about: UUID) -> HttpResponse:
    asking: dict[str, Any] = {
        "by": by,
        "public_id": public_id,
        "about": about,
        "purpose": by.service,
        "at": at,
    }
    record = reverse("record", kwargs={"public_id": public_id})
    values, errors = request.POST.dict(), dict[str, str]()
    opened = open_details(**asking)
    now = {item: mark for item, mark in marks_of(opened.person).items() if item in opened.items}
    showed = {item: values.get(f"{SHOWED}{item}", "") for item in now} if values else now
    if request.method == "POST":
        try:
            done = change_details(
                **asking,
                said=said_in(values, held=opened),
                showed=showed,
                takes_number_back=values.get("number_to_check") == WRONG_NUMBER,
            )
            return redirect(f"{record}?{'to-check' if done.number_waits else 'changed'}")
        except (Unclear, NotChanged) as wrong:
            errors = dict(wrong.faults)
            if isinstance(wrong, NotChanged):  # what they have seen now, they may write over
                showed |= {item: now[item] for item in wrong.meanwhile if item in now}
    definition = definition_for(by=by, on=day_of(at)).definition
    sources = sources_of_deaths(by=by, part=opened.person.part, purpose=by.service, on=day_of(at))
    context = {
        "name": opened.person.name or "Not named yet",
        "items": opened.items,
        "values": values or typed_of(opened.person),
        "errors": errors,
        "showed": {f"{SHOWED}{item}": mark for item, mark in showed.items()},
        "sexes": tuple(Option(code, words) for code, words in SEXES.items()),
        "before": tuple(
            Earlier(item_in_words(one.item, definition), words_of(one), one.from_on, one.until_on)
            for one in opened.before
        ),
        "to_check": wording.to_check(opened.person.numbers_to_check) if may_number(opened) else "",
        "to_check_answers": options(TO_CHECK),
        "died_href": reverse("died", args=(public_id, about)) if sources else "",
        "cancel_href": record,
    }
    return render(request, "details.html", context, status=WRONG if errors else 200)


def may_number(opened: DetailsOpened) -> bool:
    """Whether this reader may change the NHS number."""
    return "identity.nhs-number" in opened.items


def words_of(before: Before) -> str:
    """What was recorded, as people read it."""
    if before.item == "identity.sex":
        return SEXES.get(before.said, before.said)
    if before.item == "identity.nhs-number":
        return wording.nhs_number(before.said)
    return before.said


def typed_of(person: PersonShown) -> dict[str, str]:
    """What is held of somebody, as it would have been typed."""
    born = person.born_on
    lines, postcode = person.home
    return {
        "given": person.given,
        "family": person.family,
        **(
            {f"born_on-{part}": str(getattr(born, part)) for part in ("day", "month", "year")} if born else {}
        ),
        "sex": person.sex,
        "gender": person.gender,
        "nhs_number": person.nhs_number and wording.nhs_number(person.nhs_number),
        "address": lines,
        "postcode": postcode,
        "phones": "\n".join(person.phones),
        "emails": "\n".join(person.emails),
    }


def said_in(values: Mapping[str, str], *, held: DetailsOpened) -> NewPerson:
    """What was typed. Raises Unclear for a day that cannot be read."""
    try:
        born_on = day_said(values, "born_on")
    except ValueError:
        raise Unclear({"born_on": "Enter a real day, for example 27 3 2026."}) from None
    number = "".join(values.get("nhs_number", "").split())
    same_number = number == held.person.nhs_number
    return NewPerson(
        part=held.person.part,
        given=as_held(values.get("given", ""), held.person.given),
        family=as_held(values.get("family", ""), held.person.family),
        born_on=born_on,
        sex=values.get("sex", "") if values.get("sex", "") in SEXES else held.person.sex,
        gender=one_line(values.get("gender", "")),
        nhs_number=number,
        nhs_number_status=held.person.nhs_number_status if same_number else "02" if number else "",
        address=as_held(values.get("address", ""), held.person.home[0]),
        postcode=postcodes.tidy(values.get("postcode", "")),
        phones=lines_of(values, "phones"),
        emails=lines_of(values, "emails"),
    )


def one_line(said: str) -> str:
    return " ".join(said.split())


def as_held(typed: str, held: str) -> str:
    """What was typed; exactly as it is held, where only the spaces differ: a form may not keep those."""
    said = one_line(typed)
    return held if said == one_line(held) else said


def lines_of(values: Mapping[str, str], field: str) -> tuple[str, ...]:
    """What stands on each line, each once. Raises Unclear where there are more than anybody has: none is dropped."""
    said = tuple(dict.fromkeys(one for line in values.get(field, "").splitlines() if (one := one_line(line))))
    if len(said) > MOST_LINES:
        raise Unclear({field: f"Write at most {MOST_LINES}. Take out those that are not used any more."})
    return said
