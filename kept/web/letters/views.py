"""Telling a parent of the notice in force in writing: what it will say, where it may go, and sending it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.post.outbox import Outbox
from kept.published.editions import editions
from kept.published.reads import Published, published
from kept.record.letters.actions import NotSent, send_letter
from kept.record.letters.reads import correspondent
from kept.record.letters.rules import INSTEAD, why_not
from kept.record.letters.values import EMAIL, POST, TEXT, Correspondent, NewLetter
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.letters.papers import content, reference_of
from kept.web.letters.words import LetterWords, letter_words
from kept.web.notices.addresses import version_href
from kept.web.pages import Option

WAYS = {POST: "By letter", EMAIL: "By email", TEXT: "By text message"}
INCOMPLETE = "This form is incomplete. Open it again from the record."


@asked
def letter(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID, to: UUID) -> HttpResponse:
    if request.method == "POST":
        return send(request, by=by, at=at, public_id=public_id, to=to)
    return shown(request, by=by, at=at, public_id=public_id, to=to, values={"once": str(uuid4())}, errors={})


def send(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID, to: UUID) -> HttpResponse:
    values = request.POST.dict()
    about: dict[str, Any] = {"by": by, "at": at, "public_id": public_id, "to": to}
    if faults := faults_of(values):
        return shown(request, **about, values=values, errors=faults, status=422)
    new = NewLetter(UUID(values["once"]), values["way"])

    def written(found: Correspondent, version: Published) -> bytes:
        words = words_to(found, version, request=request, letter=new.letter_id, at=at)
        return content(words, found, way=new.way)

    try:
        sent = send_letter(
            **about,
            letter=new,
            purpose=by.service,
            source="the-person",
            outbox=Outbox(Path(settings.OUTBOX)),
            written=written,
        )
    except NotSent as reason:
        return shown(request, **about, values=values, errors={"way": str(reason)}, status=422)
    told = "letter-sent" if sent else "letter-sent-before"
    return redirect(f"{reverse('record', kwargs={'public_id': public_id})}?{told}")


def faults_of(values: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with what was typed, field by field."""
    if values.get("way", "") not in WAYS:
        return {"way": "Say how it is to be sent."}
    try:
        UUID(values.get("once", ""))
    except ValueError:
        return {"way": INCOMPLETE}
    return {}


def shown(
    request: HttpRequest,
    *,
    by: Asker,
    at: datetime,
    public_id: UUID,
    to: UUID,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:
    found, version = correspondent(
        by=by, public_id=public_id, to=to, ways=tuple(WAYS), purpose=by.service, source="the-person", at=at
    )
    letter = once if (once := values.get("once", "")) else str(uuid4())
    context: dict[str, Any] = {
        "to": found.name or "Not named yet",
        "letter": words_to(found, version, request=request, letter=UUID(int=0), at=at),
        "ways": tuple(
            Option(way, f"{words}, to {', '.join(found.reached_at(way))}")
            for way, words in WAYS.items()
            if way in found.ways and not why_not(found, way)
        ),
        "why_not": tuple(
            (words, reason)
            for way, words in WAYS.items()
            if way in found.ways and (reason := why_not(found, way))
        ),
        "instead": "" if found.died else INSTEAD,
        "once": letter,
        "values": values,
        "errors": errors,
        "action_href": request.path,
        "cancel_href": reverse("record", kwargs={"public_id": public_id}),
    }
    return render(request, "letter.html", context, status=status)


def words_to(
    to: Correspondent, version: Published, *, request: HttpRequest, letter: UUID, at: datetime
) -> LetterWords:
    """The letter in words, with the address at which everybody reads the version."""
    definition = version.definition
    where = version_href(service=definition.service, dated=definition.dated, version_hash=definition.hash)
    edition = next(one for one in editions(service=definition.service) if one.id == version.id)
    return letter_words(
        to,
        definition=definition,
        edition=edition,
        had=published(to.had).definition if to.had and to.had != version.id else None,
        where=request.build_absolute_uri(where),
        reference=reference_of(letter),
        on=day_of(at),
    )
