"""One page with short forms: who is named, which team, and ending care or beginning it again."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.notices.asker import Asker
from kept.record.episodes.actions import (
    NotChanged,
    begin_again,
    end_episode,
    give_to_team,
    may_record_death,
    name_professional,
    open_care,
)
from kept.record.episodes.values import ENDED_BY_A_PERSON, HAND_OVERS
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.care.shown import care_held
from kept.web.numbers import day_said, whole_number
from kept.web.pages import Option, options
from kept.web.record.form import Unclear
from kept.web.record.shown import person_shown

WRONG = 422
NOBODY = "nobody"
PLACES = {"kent": "In Kent", "elsewhere": "Somewhere else, or we do not know"}


@asked
def care(request: HttpRequest, *, by: Asker, at: datetime, public_id: UUID) -> HttpResponse:
    asking: dict[str, Any] = {"by": by, "public_id": public_id, "purpose": by.service, "at": at}
    if request.method != "POST":
        return render(request, "care.html", context_of(asking, {}, {}))
    values = request.POST.dict()
    done, say = DOINGS.get(values.get("do", ""), DOINGS["name"])
    try:
        done(asking, values)
    except (Unclear, NotChanged) as wrong:
        return render(request, "care.html", context_of(asking, values, wrong.faults), status=WRONG)
    back = reverse("record", kwargs={"public_id": public_id})
    return redirect(f"{back if keeps_reach(by, values) else reverse('caseload')}?{say}")


def keeps_reach(by: Asker, values: Mapping[str, str]) -> bool:
    """Whether the record is still this asker's to open: a team gives it away with the child."""
    return by.role == "intake-officer" or values.get("do") in ("name", "begin")


def context_of(
    asking: Mapping[str, Any], values: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    """The context of care.html. Raises Refused where the asker may not say who looks after the child."""
    opened, on = open_care(**asking), day_of(asking["at"])
    href = reverse("record", kwargs={"public_id": asking["public_id"]})
    nobody = Option(NOBODY, "Nobody for now")
    return {
        "child": person_shown(opened.child, relationship="Child"),
        "on": on,
        "care": care_held(opened.care, clause="", on=on),
        "ended": opened.care.latest is None or opened.care.latest.is_ended,
        "colleagues": (*(Option(str(one.account), one.name) for one in opened.colleagues), nobody),
        "teams": tuple(Option(str(one.id), one.name) for one in opened.teams),
        "asks_death": may_record_death(by=asking["by"], purpose=asking["purpose"], at=asking["at"]),
        "reasons": options(ENDED_BY_A_PERSON),
        "hand_overs": options(HAND_OVERS),
        "areas": options(PLACES),
        "values": values,
        "errors": errors,
        "action_href": reverse("care", kwargs={"public_id": asking["public_id"]}),
        "cancel_href": href,
    }


def name(asking: Mapping[str, Any], values: Mapping[str, str]) -> None:
    said = values.get("account", "")
    account = None if said == NOBODY else whole_number(said, otherwise=0)
    name_professional(**asking, account=account)


def give(asking: Mapping[str, Any], values: Mapping[str, str]) -> None:
    give_to_team(**asking, team=whole_number(values.get("team"), otherwise=0))


def end(asking: Mapping[str, Any], values: Mapping[str, str]) -> None:
    end_episode(
        **asking,
        because=values.get("because", ""),
        hand_over=values.get("hand_over", ""),
        ended_on=day_in(values, "ended_on"),
        died_on=day_in(values, "died_on"),
    )


def day_in(values: Mapping[str, str], name: str) -> date | None:
    try:
        return day_said(values, name)
    except ValueError:
        raise Unclear({name: "Enter a real day, for example 27 3 2026."}) from None


def begin(asking: Mapping[str, Any], values: Mapping[str, str]) -> None:
    begin_again(
        **asking,
        team=whole_number(values.get("team"), otherwise=0),
        authority=values.get("authority", ""),
    )


# What a form does, and what the record says afterwards.
DOINGS: Mapping[str, tuple[Callable[[Mapping[str, Any], Mapping[str, str]], None], str]] = {
    "name": (name, "named"),
    "give": (give, "given"),
    "end": (end, "care-ended"),
    "begin": (begin, "care-begun"),
}
