"""Somebody at the workbench: what they see, and the forms that they send."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from kept.published.reads import definition_in_force
from kept.standards.days import day_of
from kept.web.workbench import form
from tests import cast

IRA, IVO = "ira@kent.example", "ivo@kent.example"
NOTICE = "services/health_visiting.yaml"


def browser_of(name: str) -> Client:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cast.token_of(name)
    return browser


def today() -> date:
    return day_of(datetime.now(UTC))


def later(days: int = 30) -> date:
    return today() + timedelta(days=days)


def in_force_on(day: date) -> int:
    return definition_in_force(service=cast.HEALTH_VISITING, on=day).id


def form_of(*, begins_on: date | None = None, changed: dict[str, tuple[str, str]] | None = None):  # type: ignore[no-untyped-def]
    """The form as a browser would send it: the version in force, with words of some files replaced."""
    texts = definition_in_force(service=cast.HEALTH_VISITING, on=today()).definition.texts
    for name, (old, new) in (changed or {}).items():
        assert old in texts[name]
        texts = {**texts, name: texts[name].replace(old, new, 1)}
    sent = {form.box(name): text.replace("\n", "\r\n") for name, text in texts.items()}
    if begins_on:
        parts = {"day": begins_on.day, "month": begins_on.month, "year": begins_on.year}
        sent |= {f"begins_on-{part}": str(value) for part, value in parts.items()}
    return sent


def propose(name: str, **what: object) -> int:
    """Keep a draft; its number."""
    answer = browser_of(name).post("/workbench/drafts/new/", form_of(**what))  # type: ignore[arg-type]
    return number_of(answer)


def number_of(answer: HttpResponse) -> int:
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.headers["Location"].split("/")[3])


def page(name: str, number: int, part: str = "") -> str:
    answer = browser_of(name).get(f"/workbench/drafts/{number}/{part}")
    assert answer.status_code == 200
    return read(answer)


def read(answer: HttpResponse) -> str:
    """What somebody reads on a page: its words without its marks."""
    import html
    import re

    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def published() -> int:
    """How many versions there are of every notice."""
    ((count,),) = cast.as_superuser("select count(*) from published_definition")
    return count


def kept() -> int:
    """How many drafts there are."""
    ((count,),) = cast.as_superuser("select count(*) from published_draft")
    return count
