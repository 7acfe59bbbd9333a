"""Two short forms: about whom and what; then what was said, since when, and by whom. Nothing stands in an address."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.circumstances.actions import NotRecorded, offered, record_circumstance
from kept.record.circumstances.values import DECLINABLE, ETHNICITY, KINDS, NewCircumstance
from kept.record.families.values import ALL_RELATIONSHIPS
from kept.record.people.values import PersonShown
from kept.record.reads import ChildRecord, open_record
from kept.standards.days import day_of
from kept.standards.ethnic_category import CATEGORIES
from kept.web.askers import asked
from kept.web.circumstances.reviews import TO_KEEP_SAFE, review_hrefs
from kept.web.circumstances.shown import item_in_words, sources_in_words, told_about
from kept.web.numbers import day_said
from kept.web.pages import Option, Person, Withheld, withheld_by_clause
from kept.web.record.form import Unclear
from kept.web.record.shown import person_shown
from kept.web.typed import INCOMPLETE, once_in

WRONG = 422
SAVED = {
    "told-meanwhile": "Somebody changed this meanwhile. What you see is as it is now.",
    "told": "What you were told is recorded.",
    "reviewed": "What you said is recorded. What was recorded before stays.",
}
KEEP_SAFE, READING_TO_KEEP_SAFE = "keep-safe", "read what keeps people safe"


@asked
def safe(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    """What was written down to keep people safe: read for that purpose alone, in an entry of its own."""
    record = open_record(by=by, public_id=public_id, purpose=KEEP_SAFE, act=READING_TO_KEEP_SAFE, at=at)
    may_record = any(
        offered(by=by, part=person.part, standing="team", purpose=KEEP_SAFE, on=day_of(at))
        for person in (record.child, *record.adults)
    )
    of_this = {"public_id": public_id}
    context = {
        "child": person_shown(record.child, relationship="Child"),
        "on": day_of(at),
        "saved": next((words for said, words in SAVED.items() if said in request.GET), ""),
        "told_about": told_about(
            record, review_href=review_hrefs(record, by=by, purpose=KEEP_SAFE, page=TO_KEEP_SAFE, at=at)
        ),
        "withheld": withheld_here(record),
        "told_href": reverse("told_safe", kwargs=of_this) if may_record else "",
        "cancel_href": reverse("record", kwargs=of_this),
    }
    return render(request, "keep_safe.html", context)


@asked
def told(
    request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID, purpose: str = ""
) -> HttpResponse:
    asking: dict[str, Any] = {"by": by, "public_id": public_id, "purpose": purpose or by.service, "at": at}
    record, back = (
        open_record(**asking),
        reverse("safe" if purpose else "record", kwargs={"public_id": public_id}),
    )
    values, page = request.POST.dict(), Page(record, asking=asking, href=request.path, back=back)
    if request.method != "POST":
        return render(request, "told_about.html", page.choosing(values, {}))
    if faults := page.faults_of_choice(values):
        return render(request, "told_about.html", page.choosing(values, faults), status=WRONG)
    if "said" not in values:
        return render(request, "told.html", page.saying(values, {}))
    try:
        record_circumstance(about=UUID(values["about"]), new=said_in(values), **asking)
    except (Unclear, NotRecorded) as wrong:
        return render(request, "told.html", page.saying(values, wrong.faults), status=WRONG)
    return redirect(f"{back}?told")


def said_in(values: Mapping[str, str]) -> NewCircumstance:
    """What was typed. Raises Unclear for a day that cannot be read."""
    try:
        since_on = day_said(values, "since_on")
    except ValueError:
        raise Unclear({"since_on": "Enter a real day, for example 27 3 2026."}) from None
    if once_in(values) is None:
        raise Unclear({"said": INCOMPLETE})
    return NewCircumstance(
        kind=values["kind"],
        said=values["said"],
        declined="declined" in values,
        since_on=since_on,
        source=values.get("source", ""),
        once=once_in(values),
    )


class Page:
    """The two forms for one record: whom they can be about, what can be recorded of them, and from whom."""

    def __init__(self, record: ChildRecord, *, asking: Mapping[str, Any], href: str, back: str) -> None:
        self.record, self.href, self.back, self.on = record, href, back, day_of(asking["at"])
        self.people = {str(person.public_id): person for person in (record.child, *record.adults)}
        self.offers = {
            part: {
                offer.kind: offer.sources
                for offer in offered(
                    by=asking["by"], part=part, standing="team", purpose=asking["purpose"], on=self.on
                )
            }
            for part in {person.part for person in self.people.values()}
        }

    def faults_of_choice(self, values: Mapping[str, str]) -> dict[str, str]:
        person, kind = self.people.get(values.get("about", "")), values.get("kind", "")
        if person is None:
            return {"about": "Choose whom it is about."}
        if kind not in {kind for offers in self.offers.values() for kind in offers}:
            return {"kind": "Choose what you were told."}
        if kind not in self.offers[person.part]:
            return {"kind": f"The privacy notice does not let us write this down about {name_of(person)}."}
        return {}

    def choosing(self, values: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
        """The context of told_about.html."""
        kinds = dict.fromkeys(kind for offers in self.offers.values() for kind in offers)
        return self._around(values, errors) | {
            "people": tuple(
                Option(number, name_of(person), relationship_of(person))
                for number, person in self.people.items()
                if self.offers[person.part]
            ),
            "kinds": tuple(Option(kind, item_in_words(kind, self.record.definition)) for kind in kinds),
        }

    def saying(self, values: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
        """The context of told.html."""
        person, kind = self.people[values["about"]], values["kind"]
        sources = sources_in_words(self.record.definition)
        return self._around(values, errors) | {
            "name": name_of(person),
            "once": once_in(values) or uuid4(),
            "item": item_in_words(kind, self.record.definition),
            "listed": tuple(Option(code, words) for code, words in CATEGORIES.items()) if kind == ETHNICITY else (),
            "declinable": kind in DECLINABLE,
            "sources": tuple(
                Option(one, sources[one].capitalize()) for one in self.offers[person.part][kind]
            ),
        }  # fmt: skip

    def _around(self, values: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
        return {
            "values": values,
            "errors": errors,
            "on": self.on,
            "action_href": self.href,
            "cancel_href": self.back,
        }


def withheld_here(record: ChildRecord) -> tuple[Withheld, ...]:
    """What is written down here and is not for this reader, with the clause that says why."""
    definition = record.definition
    here = [
        Person(
            relationship=relationship_of(one),
            withheld={item: clause for item, clause in one.withheld.items() if item in KINDS},
        )
        for one in (record.child, *record.adults)
    ]
    return withheld_by_clause(
        people=here,
        says={clause: definition.by_id[clause].words for one in here for clause in one.withheld.values()},
        items={kind: definition.vocabulary.items[kind].words for kind in KINDS},
    )


def name_of(person: PersonShown) -> str:
    return person.name or "Not named yet"


def relationship_of(person: PersonShown) -> str:
    return "The child" if person.part == "child" else ALL_RELATIONSHIPS.get(person.relationship, "Family")
