"""From a record to its page: plain values, in the order a hurried reader needs them."""

from datetime import date
from typing import Any

from django.urls import reverse

from kept.notices.definition import Definition
from kept.record.contacts.values import NEW_BIRTH_VISIT, TAKEN_BACK, ContactShown
from kept.record.episodes.values import CareShown
from kept.record.families.values import ALL_RELATIONSHIPS, Responsibility
from kept.record.growth.reads import MeasurementShown
from kept.record.people.values import PersonShown
from kept.record.reads import ChildRecord
from kept.web.care.shown import care_held
from kept.web.caseload.views import due_of
from kept.web.circumstances.shown import AddressOf, needs_of, nowhere, told_about
from kept.web.family.shown import responsibility_in_words, siblings_shown, twins_of
from kept.web.notices.addresses import version_href
from kept.web.notices_given.shown import notice_on_record
from kept.web.origins.shown import anchor_of
from kept.web.pages import (
    Address,
    ContactHeld,
    Destination,
    HeldUnder,
    Hidden,
    Person,
    Weight,
    withheld_by_clause,
)
from kept.web.record.found import found_about
from kept.web.wording import day, to_check

SEXES = {"1": "Male", "2": "Female", "9": "Indeterminate", "X": "Not known"}
ALSO = "Another record of the same person"
HIDDEN = {"person": "That we know them must stay hidden", "address": "Where they live must stay hidden"}
# What a reader may do beside reading, which whoever shows the record fills in.
FILLED_IN = (
    "saved",
    "record_contact_href",
    "hide_href",
    "details_href",
    "told_href",
    "looked_href",
    "care_href",
    "safe_href",
    "change_href",
    "family_href",
    "emergency_href",
    "why_href",
)


def record_shown(
    record: ChildRecord,
    *,
    correctable: bool = False,
    comparable: bool = False,
    why: str = "",
    answered_at: str = "",
    review_href: AddressOf = nowhere,
    on: date,
) -> dict[str, Any]:
    """The context of record.html; with ways to correct a contact, to compare two records of one person, to `why`
    each thing is held, and to where it is said whether a need was met, and whether what was told is still so."""
    definition = record.definition
    child = person_shown(
        record.child,
        relationship="Child",
        asked_gender="identity.gender" in definition.items_promised("child", on=on),
        died=died_in_words(record, record.child),
        why_href=why_href(why, record.child),
    )
    family = tuple(
        person_shown(
            adult,
            relationship=relationship_of(adult, record),
            died=died_in_words(record, adult),
            compare_href=compare_href(adult, record) if comparable else "",
            responsibility=record.ties.responsibility.get(adult.person),
            why_href=why_href(why, adult),
        )
        for adult in record.adults
    )
    withheld = {pair for one in (child, *family) for pair in one.withheld.items()}
    visited = any(contact.kind == NEW_BIRTH_VISIT for contact in record.contacts)
    siblings = siblings_shown(record.siblings, record.adults)
    return {
        "child": child,
        "family": family,
        "on": on,
        "due": due_of(
            born_on=record.child.born_on,
            visited=visited or bool(child.died),
            served_until_on=served_until_on(record.care),
            on=on,
        ),
        "contacts": tuple(
            contact_shown(one, record.child, correctable=correctable) for one in record.contacts
        ),
        "weights": tuple(map(weight_shown, (m for m in record.measurements if m.kind == "weight"))),
        "notice": notice_on_record(record),
        "withheld": withheld_by_clause(
            people=(child, *family),
            says={clause: definition.by_id[clause].words for _, clause in withheld},
            items={code: definition.vocabulary.items[code].words for code, _ in withheld},
        ),
        "held_under": (HeldUnder(definition.title, definition.dated, version_of(definition)),),
        "told_about": told_about(record, review_href=review_href),
        "needs": needs_of(record, answered_at=answered_at, review_href=review_href, on=on),
        "care": care_held(record.care, clause=record.child.withheld.get("care.episode", ""), on=on),
        "found": found_about(record),
        "back": Destination("Caseload", reverse("caseload")),
        "siblings": siblings,
        "twins": twins_of(record.child.born_on, siblings),
        **dict.fromkeys(FILLED_IN, ""),
    }


def relationship_of(person: PersonShown, record: ChildRecord) -> str:
    """What somebody of the family is to the child; of a second record, that it is one."""
    words = ALL_RELATIONSHIPS.get(person.relationship, "Family")
    if person.person not in record.same:
        return words
    return ALSO if person.part == "child" else f"{words}. {ALSO}"


def compare_href(person: PersonShown, record: ChildRecord) -> str:
    """Where somebody's second record is compared with the first; nothing for whoever has only one."""
    first = record.same.get(person.person)
    addresses = {one.person: one.public_id for one in (record.child, *record.adults)}
    if first not in addresses:
        return ""
    return reverse("compare", kwargs={"one": addresses[first], "other": person.public_id})


def why_href(page: str, person: PersonShown) -> str:
    """Where on the page of reasons somebody stands; nowhere for whoever has no way to that page."""
    return f"{page}#{anchor_of(person.public_id)}" if page else ""


def served_until_on(care: CareShown) -> date | None:
    """The first day on which the child is too old for the service, while nobody has ended care."""
    latest = care.latest
    return latest.serves_until_on if latest and not latest.is_ended else None


def version_of(definition: Definition) -> str:
    """The public address of the version that a record is held under."""
    return version_href(service=definition.service, dated=definition.dated, version_hash=definition.hash)


def died_in_words(record: ChildRecord, person: PersonShown) -> str:
    """That somebody died, quietly; nothing of anybody else."""
    died, on = record.found.died_on(person.person)
    return (f"Died on {day(on)}" if on else "Died") if died else ""


def person_shown(
    person: PersonShown,
    *,
    relationship: str,
    responsibility: Responsibility | None = None,
    asked_gender: bool = False,
    died: str = "",
    compare_href: str = "",
    why_href: str = "",
) -> Person:
    return Person(
        died=died,
        compare_href=compare_href,
        why_href=why_href,
        relationship=relationship,
        name=person.name or None,
        born_on=person.born_on,
        sex=SEXES.get(person.sex),
        gender=person.gender or None,
        asked_gender=asked_gender,
        nhs_number=person.nhs_number or None,
        number_to_check=to_check(person.numbers_to_check),
        addresses=_addresses(person),
        phones=person.phones,
        emails=person.emails,
        safe_to_use=person.safe_to_use,
        practice=tuple(line for line in (person.gp_practice, person.gp_phone) if line),
        parental_responsibility=responsibility_in_words(responsibility),
        withheld=person.withheld,
        hidden=hidden_shown(person),
    )


def hidden_shown(person: PersonShown) -> tuple[Hidden, ...]:
    """What must not be known of somebody: once, through however many children it was said."""
    said = {one.what: Hidden(HIDDEN[one.what], one.since_on, one.reason) for one in person.restrictions}
    return tuple(said.values())


def _addresses(person: PersonShown) -> tuple[Address, ...]:
    """Where they live; where that must stay hidden, nowhere else beside it."""
    hidden = bool(person.restricted_address or person.restricted_postcode)
    lines = tuple(filter(None, person.home))
    return (Address(lines, hidden=hidden),) if lines else ()


def contact_shown(contact: ContactShown, child: PersonShown, *, correctable: bool) -> ContactHeld:
    """A contact, with what was said of it before; and where to correct it, if this reader may."""
    here = {"public_id": child.public_id, "number": contact.id}
    stands = correctable and contact.kind != TAKEN_BACK
    return ContactHeld(
        words=contact.kind_in_words,
        happened_on=contact.on,
        place=contact.place_in_words,
        practitioner=contact.practitioner,
        note=contact.note,
        note_clause=child.withheld.get("care.note", ""),
        why=contact.why,
        before=contact_shown(contact.before, child, correctable=False) if contact.before else None,
        correct_href=reverse("correct_contact", kwargs=here) if stands else "",
    )


def weight_shown(measurement: MeasurementShown) -> Weight:
    return Weight(measured_on=measurement.on, grams=measurement.value)
