"""The form of a contact: what was typed, cleaned; and the form again, with what was typed still in it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.urls import reverse

from kept.notices.asker import Asker
from kept.published.reads import definition_for, versions
from kept.record.contacts.corrections import Correction
from kept.record.contacts.values import CONTACT_KINDS, NEW_BIRTH_VISIT, PLACES, NewContact, NoticeGivenNow
from kept.record.people.values import PersonShown
from kept.record.reads import open_child
from kept.standards.days import day_of
from kept.web.notices_given.shown import FORMATS
from kept.web.numbers import day_said
from kept.web.pages import Option, Person


class Unclear(Exception):
    """What was typed cannot be read. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def form_of(
    *,
    by: Asker,
    public_id: UUID,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    once: str,
    at: datetime,
) -> dict[str, Any]:
    """The context of record_contact.html. Opening it is opening the record: raises Refused like that."""
    child = open_child(by=by, public_id=public_id, purpose=by.service, at=at)
    return {
        "child": _shown(child),
        "on": day_of(at),
        "action_href": reverse("record_contact", kwargs={"public_id": public_id}),
        "cancel_href": reverse("record", kwargs={"public_id": public_id}),
        "once": once,
        "kinds": tuple(Option(value, words) for value, words in CONTACT_KINDS.items()),
        "values": values,
        "errors": errors,
        "places": tuple(Option(value, words) for value, words in PLACES.items()),
        **_notices(by=by, at=at),
    }


def form_of_notice(
    *, by: Asker, public_id: UUID, values: Mapping[str, str], errors: Mapping[str, str], at: datetime
) -> dict[str, Any]:
    """The context of notice_given.html. Opening it is opening the record: raises Refused like that."""
    child = open_child(by=by, public_id=public_id, purpose=by.service, at=at)
    return {
        "child": _shown(child),
        "on": day_of(at),
        "action_href": reverse("notice_given", kwargs={"public_id": public_id}),
        "cancel_href": reverse("record", kwargs={"public_id": public_id}),
        "values": values,
        "errors": errors,
        **_notices(by=by, at=at),
    }


def _notices(*, by: Asker, at: datetime) -> dict[str, tuple[Option, ...]]:
    return {
        "versions": _versions(by=by, at=at),
        "formats": tuple(Option(value, words[:1].upper() + words[1:]) for value, words in FORMATS.items()),
    }


def _shown(child: PersonShown) -> Person:
    return Person(
        relationship="Child",
        name=child.name or None,
        born_on=child.born_on,
        nhs_number=child.nhs_number or None,
    )


def _versions(*, by: Asker, at: datetime) -> tuple[Option, ...]:
    """The versions a family may have been given: the one in force first, then those before it."""
    on = day_of(at)
    current = definition_for(by=by, on=on).id
    begun = [version for version in versions(service=by.service) if version.in_force_from <= on]
    begun.sort(key=lambda version: version.id != current)
    return tuple(
        Option(str(version.id), f"{version.title}, {version.dated.day} {version.dated:%B %Y}")
        for version in begun
    )


def contact_said(values: Mapping[str, str]) -> NewContact:
    """The contact that a form tells of. Raises Unclear with everything that cannot be read, at once."""
    faults: dict[str, str] = {}
    kind = values.get("kind", "")
    if kind not in CONTACT_KINDS:
        faults["kind"] = "Say what kind of contact it was."
    visited_on = _day(values, "visited_on", faults, missing="Enter the day of the contact.")
    place = values.get("place", "")
    if place not in PLACES:
        faults["place"] = "Say where it took place."
    weight = _weight(values, faults)
    notice = _notice(values, faults, owed=kind == NEW_BIRTH_VISIT)
    once = _once(values, faults)
    if faults or visited_on is None or once is None:
        raise Unclear(faults)
    if notice and notice.version_id and notice.on is None:
        notice = replace(notice, on=visited_on)
    note = values.get("note", "").replace("\r\n", "\n").strip()
    return NewContact(kind, visited_on, place, note, weight, notice, once)


def correction_said(values: Mapping[str, str]) -> Correction:
    """What a form says to correct a contact, or to take it back. Raises Unclear with everything at once."""
    faults: dict[str, str] = {}
    once = _once(values, faults)
    if not values.get("why", "").strip():
        faults["why"] = "Say what was wrong."
    contact = None
    if values.get("do") != "take-back":
        try:
            contact = contact_said(values)
        except Unclear as wrong:
            faults |= wrong.faults
    if faults or once is None:
        raise Unclear(faults)
    return Correction(values["why"].replace("\r\n", "\n"), contact, once)


def typed_of(contact: NewContact) -> dict[str, str]:
    """A contact as it would have been typed, for its form."""
    notice = contact.notice
    typed = {
        "kind": contact.kind,
        **_day_typed("visited_on", contact.on),
        "place": contact.place,
        "note": contact.note,
        "weight": str(contact.weight_grams or ""),
        "weight_unit": "grams" if contact.weight_grams else "kilograms",
    }
    if notice is None:
        return typed
    if notice.on is None:
        return typed | {"notice": "not-given", "notice_why_not": notice.why_not}
    return typed | {
        "notice": "given",
        "notice_version": str(notice.version_id),
        "notice_format": notice.format,
        **_day_typed("notice_given_on", notice.on),
    }


def _day_typed(name: str, day: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def notice_said(values: Mapping[str, str], *, today: date) -> NoticeGivenNow:
    """What a form about the notice alone says; an empty day is today. Raises Unclear with everything at once."""
    faults: dict[str, str] = {}
    notice = _notice(values, faults, owed=True)
    if faults or notice is None:
        raise Unclear(faults)
    return replace(notice, on=today) if notice.version_id and notice.on is None else notice


def _day(values: Mapping[str, str], name: str, faults: dict[str, str], *, missing: str = "") -> date | None:
    try:
        said = day_said(values, name)
    except ValueError:
        faults[name] = "Enter a real day, for example 27 3 2026."
        return None
    if said is None and missing:
        faults[name] = missing
    return said


def _once(values: Mapping[str, str], faults: dict[str, str]) -> UUID | None:
    try:
        return UUID(values.get("once", ""))
    except ValueError:
        faults["visited_on"] = "This form is incomplete. Open it again from the record; copy your note first."
        return None


def _weight(values: Mapping[str, str], faults: dict[str, str]) -> int | None:
    """Grams. Kilograms are taken to the gram; a comma counts as a point."""
    said = values.get("weight", "").strip().replace(",", ".")
    if not said:
        return None
    try:
        number = Decimal(said)
        grams = number * (1 if values.get("weight_unit") == "grams" else 1000)
        whole = int(grams)
    except (InvalidOperation, ValueError, OverflowError):
        faults["weight"] = "Enter the weight as a number, for example 3.42 kilograms or 3420 grams."
        return None
    if whole != grams or abs(whole) > 10**6:
        faults["weight"] = "Enter the weight to the gram, for example 3.420 kilograms or 3420 grams."
        return None
    return whole


def _notice(values: Mapping[str, str], faults: dict[str, str], *, owed: bool) -> NoticeGivenNow | None:
    answer = values.get("notice", "")
    if answer == "given":
        return _given(values, faults)
    if answer == "not-given":
        why = values.get("notice_why_not", "").strip()
        if not why:
            faults["notice_why_not"] = "Say why the family was not given the notice."
        return NoticeGivenNow(why_not=why)
    if owed:
        faults["notice"] = "Say whether you gave the family the privacy notice."
    return None


def _given(values: Mapping[str, str], faults: dict[str, str]) -> NoticeGivenNow | None:
    version = values.get("notice_version", "")
    if not (version.isascii() and version.isdigit()):
        faults["notice_version"] = "Say which notice you gave."
    if values.get("notice_format", "") not in FORMATS:
        faults["notice_format"] = "Say in which format you gave it."
    on = _day(values, "notice_given_on", faults)
    if "notice_version" in faults or "notice_format" in faults:
        return None
    return NoticeGivenNow(int(version), values["notice_format"], on)
