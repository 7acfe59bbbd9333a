"""Who may be recorded twice, and two records beside each other. A person says what is so, never the program."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.merges.actions import NotMerged, say_same, undo
from kept.record.merges.reads import candidates, compare
from kept.record.merges.values import REASONS, Candidate, Compared
from kept.record.people.values import PersonShown
from kept.web import wording
from kept.web.askers import asked
from kept.web.numbers import whole_number
from kept.web.pages import Beside, Option, Pair
from kept.web.record.shown import SEXES

WRONG = 422
MOST = 999_999_999
# What the form says: whose record is opened from now on, or that they are two people.
ONE, OTHER, TWO = "one", "other", "two"
STAYS_OFF = " The number stays where it is, and off the other record."


@asked
def duplicates(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    before = whole_number(request.GET.get("before"), otherwise=0, most=MOST) or None
    found = candidates(by=by, purpose=by.service, before=before, at=at)
    return render(
        request,
        "duplicates.html",
        {
            "pairs": tuple(map(pair, found.pairs)),
            "further_href": f"?{urlencode({'before': found.further})}" if found.further else "",
            "first_href": reverse("duplicates") if before else "",
            "saved": "What you said of the two records is written down." if "said" in request.GET else "",
        },
    )


def pair(candidate: Candidate) -> Pair:
    other = candidate.other
    return Pair(
        one=candidate.one.name or "Not named yet",
        other=(other.name or "Not named yet") if other else "",
        born_on=candidate.one.born_on,
        reasons=tuple(REASONS[reason] for reason in candidate.reasons if reason in REASONS),
        href=reverse("compare", kwargs={"one": candidate.one.public_id, "other": other.public_id})
        if other
        else "",
        ask=candidate.teams,
    )


@asked
def compared(request: HttpRequest, *, by: Asker, at: datetime, one: UUID, other: UUID) -> HttpResponse:
    asking: dict[str, Any] = {"by": by, "purpose": by.service, "at": at}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            said(request, asking, one, other)
            return redirect(f"{reverse('duplicates')}?said")
        except NotMerged as wrong:
            errors = dict(wrong.faults)
    found = compare(one=one, other=other, **asking)
    context = {
        "one": found.one.name or "Not named yet",
        "other": found.other.name or "Not named yet",
        "lines": lines(found),
        "said": found.said,
        "answers": answers(found),
        "values": request.POST.dict(),
        "errors": errors,
        "cancel_href": reverse("duplicates"),
    }
    return render(request, "compare.html", context, status=WRONG if errors else 200)


def said(request: HttpRequest, asking: dict[str, Any], one: UUID, other: UUID) -> None:
    """Do what the form says."""
    answer, why = request.POST.get("said", ""), request.POST.get("why", "")
    if request.POST.get("do") == "undo":
        found = compare(one=one, other=other, **asking)
        first = found.said.first if found.said else one
        undo(first=first, other=other if first == one else one, **asking)
    elif answer not in (ONE, OTHER, TWO):
        raise NotMerged({"said": "Say whether they are one person."})
    else:
        first, second = (other, one) if answer == OTHER else (one, other)
        say_same(first=first, other=second, same=answer != TWO, why=why, **asking)


def answers(found: Compared) -> tuple[Option, ...]:
    """What can be said of the two."""
    first, second = (person.name or "Not named yet" for person in (found.one, found.other))
    return (
        Option(ONE, "One person. Keep the first record open", f"{first}: the other is shown in it."),
        Option(OTHER, "One person. Keep the second record open", f"{second}: the first is shown in it."),
        Option(
            TWO, "Two people", "They are not offered again." + (STAYS_OFF if numbers_between(found) else "")
        ),
    )


def lines(found: Compared) -> tuple[Beside, ...]:
    """What each record says, line by line."""

    def line(label: str, of: Any) -> Beside:
        first, second = (of(person) or "" for person in (found.one, found.other))
        return Beside(label, first, second, differs=first != second)

    said = numbers_between(found)
    to_check = (
        (line("NHS number to check", lambda person: to_check_in_words(said & {*person.numbers_to_check})),)
        if said
        else ()
    )
    return (
        line("Name", lambda person: person.name),
        line("Date of birth", lambda person: person.born_on and wording.day(person.born_on)),
        line("Sex or gender", lambda person: SEXES.get(person.sex, "") or person.gender),
        line("NHS number", lambda person: person.nhs_number and wording.nhs_number(person.nhs_number)),
        *to_check,
        line("Address", home_of),
        line("Team", lambda person: ", ".join(found.teams.get(person.person, ()))),
    )


def numbers_between(found: Compared) -> frozenset[str]:
    """The NHS numbers that were said of one of the two and are on the record of the other. One that a third holds is
    nothing to compare the two by, and could tell that there is a third who must stay hidden."""
    one, other = found.one, found.other
    return frozenset(
        ({*one.numbers_to_check} & {other.nhs_number}) | ({*other.numbers_to_check} & {one.nhs_number})
    )


def to_check_in_words(numbers: frozenset[str]) -> str:
    return " and ".join(map(wording.nhs_number, sorted(numbers)))


def home_of(person: PersonShown) -> str:
    """Where somebody lives, where that is not hidden."""
    return ", ".join(filter(None, (person.address, person.postcode)))
