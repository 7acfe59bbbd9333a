"""Who has looked, and why: for those whom the law names."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.published.reads import definition_for
from kept.record.looked.family import may_offer
from kept.record.looked.reads import OPENING, LookedAt, LookedPage, Sought, who_has_looked
from kept.record.looked.reads import Looked as Entry
from kept.staff.reads import names_in, names_of
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.numbers import day_asked, pages_of, whole_number
from kept.web.pages import Destination, Looked, Option

SAID_NOTHING = {"finding": "Say what you found: was it right to look?"}
OUTCOMES = (Option("may", "Allowed"), Option("must not", "Refused"))


@asked
def looked(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID | None = None) -> HttpResponse:
    sought, errors = sought_in(request)
    page = whole_number(request.GET.get("page"), otherwise=1)
    found = who_has_looked(by=by, public_id=public_id, sought=sought, page=page, at=at)
    definition = definition_for(by=by, on=day_of(at)).definition
    names = names_of({entry.account for entry in found.entries if entry.account})
    kept = {name: str(value) for name, value in request.GET.items() if name != "page" and value}
    context: dict[str, Any] = {
        "entries": tuple(shown(entry, names, definition) for entry in found.entries),
        "total": found.in_all,
        "pages": pages_of(request.path, current=page, last=found.pages, kept=kept),
        "about": found.name,
        "everyone_href": reverse("who_has_looked"),
        "filter_href": request.path,
        "kept": (),
        "filters": kept,
        "staff": tuple(Option(str(number), name) for number, name in names_in(service=by.service).items()),
        "purposes": tuple(
            Option(code, purpose.words) for code, purpose in definition.vocabulary.purposes.items()
        ),
        "outcomes": OUTCOMES,
        "errors": errors | (SAID_NOTHING if "said-nothing" in request.GET else {}),
        "check_href": "" if kept else check_href(found, public_id),
        "last_opening": last_opening(found),
        "family_href": family_href(by, public_id, at=at),
        "staff_href": reverse("staff_member", kwargs={"account": sought.account}) if sought.account else "",
        "checked": "checked" in request.GET,
    }
    return render(request, "who_has_looked.html", context)


@asked
def to_check(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    """The records that were opened with a life at risk and not checked since."""
    page = whole_number(request.GET.get("page"), otherwise=1)
    found = who_has_looked(by=by, sought=Sought(unchecked=True), page=page, at=at)
    definition = definition_for(by=by, on=day_of(at)).definition
    names = names_of({entry.account for entry in found.entries if entry.account})
    context = {
        "entries": tuple(shown(entry, names, definition) for entry in found.entries),
        "total": found.in_all,
        "pages": pages_of(request.path, current=page, last=found.pages),
    }
    return render(request, "openings_to_check.html", context)


def family_href(by: Asker, public_id: UUID | None, *, at: datetime) -> str:
    """Where this record's list is prepared for the family, for those whom the law lets do it."""
    may = public_id and may_offer(by=by, at=at)
    return reverse("looked_family", kwargs={"public_id": public_id}) if may else ""


def check_href(found: LookedPage, public_id: UUID | None) -> str:
    """Where to say what was found, on the page of a record that was opened with a life at risk."""
    return (
        reverse("check_openings", kwargs={"public_id": public_id})
        if public_id and last_opening(found)
        else ""
    )


def last_opening(found: LookedPage) -> int:
    """The latest opening on the page: what comes after it, nobody who answers the page has seen."""
    return max((entry.id for entry in found.entries if entry.act == OPENING), default=0)


def sought_in(request: HttpRequest) -> tuple[Sought, dict[str, str]]:
    """What the filter asks for; a day that cannot be read is said, and not used."""
    errors: dict[str, str] = {}

    def day(name: str) -> date | None:
        said = request.GET.get(name, "")
        try:
            return day_asked(said) if said else None
        except ValueError:
            errors[name] = "Enter a real day, for example 2026-03-27."
            return None

    who = request.GET.get("who", "")
    sought = Sought(
        from_on=day("from"),
        until_on=day("until"),
        account=int(who) if who.isascii() and who.isdigit() and len(who) < 10 else None,
        purpose=request.GET.get("purpose", ""),
        outcome=request.GET.get("outcome", ""),
    )
    return sought, errors


def shown(entry: Entry, names: Mapping[int, str], definition: Definition) -> Looked:
    """One entry in words."""
    purpose = definition.vocabulary.purposes.get(entry.purpose)
    return Looked(
        at=entry.at,
        who=names.get(entry.account or 0, "") or f"The program “{entry.process}”",
        role=entry.role.replace("-", " "),
        done=entry.act[:1].upper() + entry.act[1:],
        purpose=purpose.words if purpose else entry.purpose,
        about=tuple(map(leads_to, entry.subjects)),
        clauses=tuple(f"{words} ({clause})" if words else clause for clause, words in entry.clauses),
        reason=entry.reason,
        refused=entry.outcome == "must not",
    )


def leads_to(subject: LookedAt) -> Destination:
    """Somebody an entry names, leading to all the entries about them."""
    if subject.public_id is None:
        return Destination("Someone not of this service")
    return Destination(
        subject.name or "Not named yet", reverse("looked_at", kwargs={"public_id": subject.public_id})
    )
