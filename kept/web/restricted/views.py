"""Hiding somebody of a child's family, or where they live; and ending it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.notices.asker import Asker
from kept.record.families.values import ALL_RELATIONSHIPS
from kept.record.people.values import PersonShown
from kept.record.restricted.actions import NotRestricted, end_restriction, restrict
from kept.record.restricted.reads import open_family
from kept.record.restricted.values import WHAT, FamilyToHide, NewRestriction
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.pages import Option
from kept.web.record.shown import hidden_shown, person_shown

HINTS = {
    "address": "A refuge, a home that somebody must not find. All of this family who live there are hidden with it.",
    "person": "A witness, an adopted child, somebody who fled. Only this record shows that we know them.",
}
NOBODY = UUID(int=0)


@asked
def restricted(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return drawn(request, by=by, at=at, public_id=public_id)
    values = request.POST.dict()
    try:
        new = NewRestriction(
            person=uuid_of(values.get("person", "")),
            what=values.get("what", ""),
            reason=values.get("reason", "").replace("\r\n", "\n"),
            beside=frozenset(map(uuid_of, request.POST.getlist("beside"))),
        )
        if new.person == NOBODY:
            raise NotRestricted({"person": "Say who it is about."})
        restrict(by=by, public_id=public_id, purpose=by.service, new=new, source="the-person", at=at)
    except NotRestricted as wrong:
        beside = request.POST.getlist("beside")
        return drawn(
            request, by=by, at=at, public_id=public_id, values=values, beside=beside, errors=wrong.faults
        )
    return redirect(f"{reverse('record', kwargs={'public_id': public_id})}?hidden")


@require_POST
@asked
def end(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    values = request.POST.dict()
    try:
        end_restriction(
            by=by,
            public_id=public_id,
            purpose=by.service,
            person=uuid_of(values.get("person", "")),
            what=values.get("what", ""),
            reason=values.get("why", "").replace("\r\n", "\n"),
            source="the-person",
            at=at,
        )
    except NotRestricted as wrong:
        return drawn(request, by=by, at=at, public_id=public_id, values=values, errors=wrong.faults)
    return redirect(f"{reverse('record', kwargs={'public_id': public_id})}?ended")


def drawn(
    request: HttpRequest,
    *,
    by: Asker,
    at: datetime,
    public_id: UUID,
    values: Mapping[str, str] | None = None,
    beside: list[str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page, with what was typed. Opening it is an entry of its own: raises Refused."""
    family = open_family(by=by, public_id=public_id, purpose=by.service, at=at)
    of_this = {"public_id": public_id}
    context = {
        "child": person_shown(family.child, relationship="Child"),
        "on": day_of(at),
        "hidden": hidden_of(family),
        "people": tuple(option_of(one) for one in (family.child, *family.people)),
        "what": tuple(Option(value, words, HINTS[value]) for value, words in WHAT.items()),
        "others": tuple(other_of(family, one) for one in family.other_children),
        "values": values or {},
        "beside": beside or [],
        "errors": errors or {},
        "action_href": reverse("restricted", kwargs=of_this),
        "end_href": reverse("end_restriction", kwargs=of_this),
        "cancel_href": reverse("record", kwargs=of_this),
    }
    return render(request, "restricted.html", context, status=422 if errors else 200)


def hidden_of(family: FamilyToHide) -> tuple[dict[str, Any], ...]:
    """What is hidden now: about whom, what, since when and why, and how the form that ends it names it."""
    return tuple(
        {"who": named(one), "person": str(one.public_id), "what": restriction.what, "said": said}
        for one in (family.child, *family.people)
        for restriction, said in zip(
            {r.what: r for r in one.restrictions}.values(), hidden_shown(one), strict=True
        )
    )


def option_of(person: PersonShown) -> Option:
    return Option(str(person.public_id), named(person))


def named(person: PersonShown) -> str:
    relationship = (
        ALL_RELATIONSHIPS.get(person.relationship, "Family") if person.part != "child" else "the child"
    )
    return f"{person.name or 'Not named yet'} ({relationship})"


def other_of(family: FamilyToHide, child: PersonShown) -> Option:
    """Another child, on whose record somebody of this family may stay."""
    parents = [one.name for one in family.people if one.person in family.parents_of[child.person]]
    return Option(
        str(child.public_id), child.name or "Not named yet", f"Also a child of {' and '.join(parents)}"
    )


def uuid_of(said: str) -> UUID:
    """The address that a form gives, or nobody's."""
    try:
        return UUID(said)
    except ValueError:
        return NOBODY
