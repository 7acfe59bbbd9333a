"""What looks unusual, offered for checking; and all that one member of staff did, day by day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kept.notices.asker import Asker
from kept.record.looked.actions import MORE_SINCE, NOT_CHOSEN, OWN, SAYS_NOTHING, NotChecked, check_look
from kept.record.looked.patterns import BY_CODE, MOST_DAYS, PATTERNS
from kept.record.looked.unusual import DayOfWork, Unusual, Wanted, unusual_looks, work_of
from kept.staff.reads import names_in, registrations_of
from kept.standards.days import day_of
from kept.web.askers import asked
from kept.web.looked.views import leads_to
from kept.web.numbers import day_asked, pages_of, whole_number
from kept.web.pages import Destination, Option

# How many of what, by pattern.
COUNTED = {
    "own-surname": ("entry that day", "entries that day"),
    "never-on-team": ("entry that day", "entries that day"),
    "many-in-an-hour": ("child in that hour", "children in that hour"),
    "at-night": ("entry that night", "entries that night"),
    "often-refused": ("refusal that day", "refusals that day"),
    "again-and-again": ("day", "days, with nothing written down"),
}
TOO_LONG = f"Choose at most {MOST_DAYS} days."
NO_DAY = "Enter a real day, for example 2026-03-27."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that looks unusual, in words, with what its check sends along."""

    title: str
    finds: str
    who: Destination
    role: str
    about: Destination | None
    at: datetime
    counted: str
    found: str
    sent: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of somebody's work; it leads to every entry of it."""

    on: date
    entries: int
    refused: int
    people: int
    first_at: datetime
    last_at: datetime
    href: str


@asked
def unusual(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    wanted, errors = wanted_in(request.GET, on=day_of(at))
    page = whole_number(request.GET.get("page"), otherwise=1)
    found = unusual_looks(by=by, wanted=wanted, page=page, at=at)
    names = names_in(service=by.service)
    kept = {
        name: str(value)
        for name, value in request.GET.items()
        if name in ("from", "until", "pattern", "show")
    }
    context = {
        "findings": tuple(shown(one, names, wanted) for one in found.findings),
        "total": found.in_all,
        "only_after": found.only_after,
        "pages": pages_of(request.path, current=page, last=found.pages, kept=kept),
        "filter_href": request.path,
        "check_href": reverse("check_look"),
        "back_to": f"{request.path}?{urlencode(kept)}",
        "wanted": wanted,
        "patterns": (
            Option("", "Everything unusual"),
            *(Option(one.code, one.title) for one in PATTERNS),
        ),
        "shows": (Option("", "Not looked into yet"), Option("all", "All")),
        "rules": PATTERNS,
        "errors": errors | ({"found": said} if (said := request.GET.get("wrong", "")) in SAID else {}),
        "checked": "checked" in request.GET,
    }
    return render(request, "unusual.html", context)


SAID = (SAYS_NOTHING, NOT_CHOSEN, OWN, MORE_SINCE)


@asked
def check(request: HttpRequest, *, by: Asker, at: datetime) -> HttpResponse:
    """What an officer found of one unusual thing."""
    here = reverse("unusual_looks")
    if request.method != "POST":
        return redirect(here)
    sent = request.POST
    try:
        account, about = int(sent.get("account", "")), UUID(sent["about"]) if sent.get("about") else None
        began_at, last_at = moment_sent(sent.get("began", "")), moment_sent(sent.get("last", ""))
        first_on, last_on = day_asked(sent.get("from", "")), day_asked(sent.get("until", ""))
        if not 0 < account < 2**62:
            raise ValueError("not as the form was sent")
    except ValueError:
        return redirect(f"{here}?{urlencode({'wrong': NOT_CHOSEN})}")
    said, pattern = sent.get("found", ""), sent.get("pattern", "")
    days = {name: sent[name] for name in ("from", "until", "show") if sent.get(name)}
    try:
        check_look(
            by=by,
            pattern=pattern,
            account=account,
            public_id=about,
            began_at=began_at,
            last_at=last_at,
            days=(first_on, last_on),
            found=said,
            at=at,
        )
    except NotChecked as reason:
        return redirect(f"{here}?{urlencode({**days, 'wrong': str(reason)})}")
    return redirect(f"{here}?{urlencode({**days, 'checked': 'yes'})}")


def moment_sent(said: str) -> datetime:
    """A moment as a form sends it back. Raises ValueError for one that is none, or of no known zone."""
    sent = datetime.fromisoformat(said)
    if sent.tzinfo is None:
        raise ValueError("a moment without a zone")
    return sent


@asked
def staff(request: HttpRequest, *, by: Asker, at: datetime, account: int) -> HttpResponse:
    """All that one member of staff did, day by day."""
    wanted, errors = wanted_in(request.GET, on=day_of(at))
    wanted = replace(wanted, account=account, unchecked=False, pattern="")
    days = work_of(by=by, account=account, wanted=wanted, at=at)
    found = unusual_looks(by=by, wanted=wanted, at=at)
    names = names_in(service=by.service)
    context: dict[str, Any] = {
        "name": names.get(account, "Somebody not of this service"),
        "registrations": registrations_of({account} & names.keys()).get(account, ()),
        "days": tuple(day_shown(one, account) for one in days),
        "findings": tuple(shown(one, names, wanted) for one in found.findings),
        "wanted": wanted,
        "errors": errors,
        "filter_href": request.path,
        "unusual_href": reverse("unusual_looks"),
    }
    return render(request, "staff_member.html", context)


def wanted_in(said: Mapping[str, str], *, on: date) -> tuple[Wanted, dict[str, str]]:
    """What the filter asks for; what cannot be read is said, and the last seven days are shown."""
    errors: dict[str, str] = {}
    lately = Wanted.lately(on=on)

    def day(name: str, otherwise: date) -> date:
        try:
            return day_asked(said[name]) if said.get(name) else otherwise
        except ValueError:
            errors[name] = NO_DAY
            return otherwise

    until = day("until", lately.until_on)
    first = day("from", min(lately.from_on, until - timedelta(days=6)))
    pattern = said.get("pattern", "")
    wanted = Wanted(first, until, pattern if pattern in BY_CODE else "", unchecked=said.get("show") != "all")
    if first > until:
        errors.setdefault("from", "This day is after the last one.")
    elif wanted.is_too_long:
        errors.setdefault("from", TOO_LONG)
    if errors:
        wanted = replace(wanted, from_on=lately.from_on, until_on=lately.until_on)
    return wanted, errors


def shown(one: Unusual, names: Mapping[int, str], wanted: Wanted) -> Finding:
    pattern = BY_CODE[one.pattern]
    single, several = COUNTED[one.pattern]
    days = {"from": wanted.from_on.isoformat(), "until": wanted.until_on.isoformat()}
    staff_href = f"{reverse('staff_member', kwargs={'account': one.account})}?{urlencode(days)}"
    return Finding(
        title=pattern.title,
        finds=pattern.finds,
        who=Destination(names.get(one.account, "Somebody not of this service"), staff_href),
        role=one.role.replace("-", " "),
        about=leads_to(one.about) if one.about else None,
        at=one.last_at,
        counted=f"{one.many} {single if one.many == 1 else several}",
        found=one.found,
        sent={
            "pattern": one.pattern,
            "account": str(one.account),
            "about": str(one.about.public_id) if one.about and one.about.public_id else "",
            "began": one.began_at.isoformat(),
            "last": one.last_at.isoformat(),
            **days,
            "show": "" if wanted.unchecked else "all",
        },
    )


def day_shown(one: DayOfWork, account: int) -> Day:
    on = one.on.isoformat()
    asked_for = urlencode({"who": str(account), "from": on, "until": on})
    return Day(
        one.on, one.entries, one.refused, one.people, one.first_at, one.last_at,
        f"{reverse('who_has_looked')}?{asked_for}",
    )  # fmt: skip
