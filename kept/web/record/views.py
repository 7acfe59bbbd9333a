"""A child's record, and recording a contact with the family."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kept.notices.asker import Asker
from kept.record.contacts.actions import NotRecorded, may_record_contact, record_contact
from kept.record.contacts.corrections import correct_contact, open_contact
from kept.record.contacts.values import NEW_BIRTH_VISIT
from kept.record.emergency.reads import may_see_emergency_contact
from kept.record.episodes.actions import may_change_care
from kept.record.families.details import may_change_details
from kept.record.letters.actions import may_send_letter
from kept.record.merges.reads import may_merge, shown_in
from kept.record.notices_given.actions import may_record_notice_given
from kept.record.people.safe_to_use import may_say_safe_to_use
from kept.record.reads import open_record
from kept.record.restricted.actions import may_restrict
from kept.standards.days import day_of
from kept.web.askers import asked, back_from
from kept.web.caseload.views import TOLD as GIVEN_AWAY
from kept.web.circumstances.reviews import IN_THIS_SERVICE, review_hrefs
from kept.web.circumstances.views import SAVED as WAS_TOLD
from kept.web.notices_given.shown import NoticeOnRecord
from kept.web.record.form import Unclear, contact_said, correction_said, form_of, typed_of
from kept.web.record.shown import record_shown

# What the record says first, by what its address was given.
TOLD = {
    **WAS_TOLD,
    "saved": "The contact is recorded.",
    "corrected": "The contact is corrected. What was recorded first stays below it.",
    "hidden": "It is hidden now. Others who had this record open may still see it on their screens.",
    "ended": "It is not hidden any more. A home stays hidden while another of the family who lives there is.",
    "need-answered": "What you said about communication needs is recorded.",
    "details-saved": "What you said about contact details is saved.",
    "saved-before": "This contact was recorded before, as you first sent it. Nothing was added.",
    "notice-saved": "What you said about the notice is recorded.",
    **GIVEN_AWAY,
    "taken-in": "The family is taken in. Give them the privacy notice when you meet.",
    "to-check": (
        "The NHS number is kept to be checked: it is not on the record until somebody has looked. "
        "What else you changed is recorded."
    ),
    "changed": "What you changed is recorded. What was recorded before stays.",
    "named": "Who looks after this child is recorded.",
    "care-begun": "Care has begun again.",
    "letter-sent": "It is sent.",
    "letter-sent-before": "This was sent before. Nothing was sent again.",
    "notice-saved-before": "This was recorded before. Nothing was added.",
}


@asked
def record(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    opened = open_record(by=by, public_id=public_id, purpose=by.service, at=at)
    if not opened.care.teams and (first := shown_in(by=by, public_id=public_id, at=at)):
        return redirect(reverse("record", kwargs={"public_id": first}))
    may_record = may_record_contact(by=by, purpose=by.service, at=at)
    comparable = bool(opened.same) and may_merge(by=by, purpose=by.service, at=at)
    why = reverse("why", kwargs={"public_id": public_id})
    context = record_shown(
        opened,
        correctable=may_record,
        comparable=comparable,
        why=why,
        answered_at=reverse("need", args=(public_id, public_id)).removesuffix(f"{public_id}/")
        if may_record
        else "",
        review_href=review_hrefs(opened, by=by, purpose=by.service, page=IN_THIS_SERVICE, at=at),
        on=day_of(at),
    )
    context["why_href"] = why
    context["saved"] = next((words for told, words in TOLD.items() if told in request.GET), "")
    context["back"] = back_from(by)
    context["notice"] = with_addresses(context["notice"], by=by, at=at, public_id=public_id)
    kind = NEW_BIRTH_VISIT if context["due"] else ""
    context["record_contact_href"] = form_href(public_id, kind=kind) if may_record else ""
    of_this = {"public_id": public_id}
    may_hide = may_restrict(by=by, purpose=by.service, at=at)
    context["hide_href"] = reverse("restricted", kwargs=of_this) if may_hide else ""
    context["family_href"] = reverse("family", kwargs=of_this)
    may_call = may_see_emergency_contact(by=by, on=day_of(at))
    context["emergency_href"] = reverse("emergency", kwargs=of_this) if may_call else ""
    context["told_href"] = reverse("told", kwargs=of_this) if may_record else ""
    may_change_who = may_change_details(by=by, purpose=by.service, at=at)
    context["change_href"] = reverse("details_of_whom", kwargs=of_this) if may_change_who else ""
    context["safe_href"] = reverse("safe", kwargs=of_this) if may_record else ""
    may_change = may_change_care(by=by, purpose=by.service, at=at)
    context["care_href"] = reverse("care", kwargs=of_this) if may_change else ""
    may_say = may_say_safe_to_use(by=by, purpose=by.service, at=at)
    context["details_href"] = reverse("contact_details", kwargs=of_this) if may_say else ""
    return render(request, "record.html", context)


def with_addresses(notice: NoticeOnRecord, *, by: Asker, at: datetime, public_id: UUID) -> NoticeOnRecord:
    """The same, with where this asker may say that the notice was given, and whom they may write to."""
    asked_by: dict[str, Any] = {"by": by, "purpose": by.service, "at": at}
    may_say = not notice.told and may_record_notice_given(**asked_by)
    may_write = not notice.told and may_send_letter(**asked_by)
    return replace(
        notice,
        record_href=reverse("notice_given", kwargs={"public_id": public_id}) if may_say else "",
        write_to=notice.write_to if may_write else (),
    )


def form_href(public_id: UUID, *, kind: str = "") -> str:
    """The address of a new form, with the kind of contact that is due. Its number is in the address, so that
    whoever goes back to the form and sends it again finds the number that it had."""
    begun = urlencode({"once": str(uuid4()), **({"kind": kind} if kind else {})})
    return f"{reverse('record_contact', kwargs={'public_id': public_id})}?{begun}"


@asked
def contact(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    if request.method == "POST":
        return save_contact(request, by=by, at=at, public_id=public_id)
    once = request.GET.get("once", "")
    if not once:
        return redirect(form_href(public_id))
    values = {"kind": request.GET.get("kind", "")}
    context = form_of(by=by, public_id=public_id, values=values, errors={}, once=once, at=at)
    return render(request, "record_contact.html", context)


def save_contact(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    values = request.POST.dict()
    try:
        said = contact_said(values)
        new = record_contact(
            by=by, public_id=public_id, purpose=by.service, contact=said, source="the-person", at=at
        )
    except (Unclear, NotRecorded) as wrong:
        context = form_of(
            by=by, public_id=public_id, values=values, errors=wrong.faults, once=values.get("once", ""), at=at
        )
        return render(request, "record_contact.html", context, status=422)
    told = "saved" if new else "saved-before"
    return redirect(f"{reverse('record', kwargs={'public_id': public_id})}?{told}")


@asked
def correct(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID, number: int) -> HttpResponse:
    asking: dict[str, Any] = {"by": by, "public_id": public_id, "purpose": by.service, "at": at}
    values = request.POST.dict()
    if request.method != "POST":
        held = open_contact(**asking, number=number)
        context = form_of(
            by=by, public_id=public_id, values=typed_of(held), errors={}, once=str(uuid4()), at=at
        )
    else:
        try:
            correction = correction_said(values)
            correct_contact(**asking, number=number, correction=correction, source="the-person")
            return redirect(f"{reverse('record', kwargs={'public_id': public_id})}?corrected")
        except (Unclear, NotRecorded) as wrong:
            once = values.get("once", "")
            context = form_of(
                by=by, public_id=public_id, values=values, errors=wrong.faults, once=once, at=at
            )
    context["action_href"] = request.path
    return render(request, "correct_contact.html", context, status=422 if context["errors"] else 200)
