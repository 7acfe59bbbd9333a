"""The pages of the notice workbench."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kept.notices.definition import Definition
from kept.notices.explaining import explain
from kept.published import actions, reads
from kept.published.drafts import Draft, NotPossible, Signatory
from kept.published.editions import editions
from kept.published.rules import ROLE
from kept.staff.reads import holders_of, names_at
from kept.standards.days import day_of
from kept.web.notices.aloud import aloud
from kept.web.notices.formats import DRAFT, WORDS, Form, notes
from kept.web.notices.formats import shown as notice_shown
from kept.web.notices.listed import listed
from kept.web.notices.pictures import CREDIT
from kept.web.numbers import whole_number
from kept.web.pages import Option
from kept.web.workbench import form
from kept.web.workbench.assessing import assessed
from kept.web.workbench.governing import at_the_workbench
from kept.web.workbench.shown import drafts_shown, person

WRONG = 422
TOLD = {
    "kept": "The draft is kept. Read what it changes. Then somebody else must approve it.",
    "adopted": "The proposal is adopted in this draft. It takes the place of the draft before, which is withdrawn.",
    "published": "The draft is published.",
    "withdrawn": "The draft is withdrawn. Nothing was published.",
}


@require_safe
@at_the_workbench
def workbench(request: HttpRequest, *, by: Signatory, at: datetime) -> HttpResponse:
    """The versions of the notice, and every draft of the next one."""
    on = day_of(at)
    versions = tuple(listed(one, on=on) for one in editions(service=by.asker.service))
    context = {"versions": versions, "drafts": drafts_shown(reads.drafts(by=by, at=at))}
    return render(request, "workbench/workbench.html", context)


@at_the_workbench
def new_draft(request: HttpRequest, *, by: Signatory, at: datetime) -> HttpResponse:
    """Start a draft: from the version in force, or from another draft."""
    number = whole_number(request.GET.get("from"), otherwise=0)
    draft, definition = (
        reads.draft(by=by, number=number, at=at)
        if number
        else (None, reads.governed(by=by, at=at).definition)
    )
    if request.method != "POST":
        return _form(request, form.opened(definition), draft)
    typed = form.typed_in(request, names=form.files_of(definition), service=by.asker.service)
    if typed.errors or typed.faults:
        return _form(request, typed, draft)
    try:
        instead_of = draft.id if draft and draft.open else None
        kept = actions.propose(by=by, texts=typed.texts, instead_of=instead_of, at=at)
    except NotPossible as not_possible:
        return _form(request, typed, draft, str(not_possible))
    return _told(kept, "kept")


@require_safe
@at_the_workbench
def draft(request: HttpRequest, *, by: Signatory, at: datetime, number: int) -> HttpResponse:
    """Everything about one draft."""
    return _page(request, by=by, number=number, at=at)


@require_safe
@at_the_workbench
def explained(request: HttpRequest, *, by: Signatory, at: datetime, number: int) -> HttpResponse:
    """Each published statement, and what the program would do because of it."""
    found, definition = reads.draft(by=by, number=number, at=at)
    (one,) = drafts_shown([found])
    context = {"draft": one, "title": definition.title, "explained": explain(definition)}
    return render(request, "workbench/explained.html", context)


@require_safe
@at_the_workbench
def preview(request: HttpRequest, *, by: Signatory, at: datetime, number: int) -> HttpResponse:
    """The notice as families would read it."""
    found, definition = reads.draft(by=by, number=number, at=at)
    said = request.GET.get("as", "")
    read = notice_shown(
        definition,
        Form(said) if said in WORDS else Form.EASY_READ,
        version=DRAFT,
        on=max(day_of(at), definition.from_on),
    )
    if read.form is Form.TEXT:
        return HttpResponse(aloud(read), content_type="text/plain; charset=utf-8")
    (one,) = drafts_shown([found])
    context = {
        "draft": one,
        "shown": read,
        "previewed": WORDS,
        "ways": (),
        "notes": notes,
        "credit": CREDIT,
    }
    return render(request, "workbench/preview.html", context)


@require_POST
@at_the_workbench
def adopt(request: HttpRequest, *, by: Signatory, at: datetime, number: int) -> HttpResponse:
    """Bring a proposal into force with the draft."""
    clause, approver = request.POST.get("clause", ""), request.POST.get("approver", "")

    def done() -> HttpResponse:
        if approver not in _others(by=by, at=at):
            raise NotPossible("Choose who is to approve the adoption: somebody else who prepares notices.")
        return _told(actions.adopt(by=by, draft=number, clause=clause, approver=approver, at=at), "adopted")

    return _tried(request, done, by=by, number=number, at=at)


@require_POST
@at_the_workbench
def approve(request: HttpRequest, *, by: Signatory, at: datetime, number: int) -> HttpResponse:
    """The second person's yes, and the publishing."""

    def done() -> HttpResponse:
        actions.approve_and_publish(by=by, draft=number, at=at)
        return _told(number, "published")

    return _tried(request, done, by=by, number=number, at=at)


@require_POST
@at_the_workbench
def withdraw(request: HttpRequest, *, by: Signatory, at: datetime, number: int) -> HttpResponse:
    """The draft is not to be published."""

    def done() -> HttpResponse:
        actions.withdraw(by=by, draft=number, at=at)
        return _told(number, "withdrawn")

    return _tried(request, done, by=by, number=number, at=at)


def _tried(
    request: HttpRequest, done: Callable[[], HttpResponse], *, by: Signatory, number: int, at: datetime
) -> HttpResponse:
    """Do it; where it cannot be done, show the draft again with the sentence that says why."""
    try:
        return done()
    except NotPossible as not_possible:
        return _page(request, by=by, number=number, at=at, error=str(not_possible))


def _told(number: int, what: str) -> HttpResponse:
    return redirect(f"{reverse('workbench_draft', kwargs={'number': number})}?{what}")


def _form(request: HttpRequest, typed: form.Typed, draft: Draft | None, wrong: str = "") -> HttpResponse:
    errors = form.problems(typed) + ((("", wrong),) if wrong else ())
    context = {
        "errors": errors,
        "field_errors": dict(typed.errors),
        "files": form.shown(typed),
        "values": typed.day,
        "begun_from": draft.id if draft else 0,
        "replaced": bool(draft and draft.open),
    }
    return render(request, "workbench/new.html", context, status=WRONG if errors else 200)


def _others(*, by: Signatory, at: datetime) -> dict[str, str]:
    """Who else prepares notices of the service: address → name."""
    holders = holders_of(role=ROLE, service=by.asker.service, at=at)
    return {address: name for address, name in holders.items() if address != by.address}


def _page(request: HttpRequest, *, by: Signatory, number: int, at: datetime, error: str = "") -> HttpResponse:
    found, definition = reads.draft(by=by, number=number, at=at)
    context = _draft_page(found, definition, by=by, at=at)
    context["error"] = error
    context["told"] = next((words for told, words in TOLD.items() if told in request.GET), "")
    return render(request, "workbench/draft.html", context, status=WRONG if error else 200)


def _draft_page(found: Draft, definition: Definition, *, by: Signatory, at: datetime) -> dict[str, Any]:
    current = reads.governed(by=by, at=at).definition
    (one,) = drafts_shown([found])
    names = names_at(
        address for adoption in definition.adoptions for address in (adoption.by, adoption.approved_by)
    )
    mine = found.proposed_by == by.address
    in_the_way = (
        reads.what_is_in_the_way(
            definition, by=by, proposed_by=found.proposed_by, approved_by="" if mine else by.address, at=at
        )
        if found.open
        else ()
    )
    return {
        "draft": one,
        "open": found.open,
        "mine": mine,
        "title": definition.title,
        "current": current,
        "in_the_way": in_the_way,
        "assessed": assessed(definition, before=current, on=day_of(at)),
        "approvers": tuple(Option(*other) for other in _others(by=by, at=at).items()),
        "named": lambda address: person(address, names),
        "version": next(
            (
                listed(edition, on=day_of(at))
                for edition in editions(service=found.service)
                if edition.id == found.version
            ),
            None,
        ),
    }
