"""The notices for everybody: nobody signs in, nothing is remembered, and a cache may keep each answer."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from kept.published.editions import Edition, NoSuchEdition, edition, editions
from kept.published.reads import published
from kept.standards.days import day_of
from kept.web.notices.addresses import format_href, notice_href
from kept.web.notices.aloud import aloud
from kept.web.notices.changes import changes
from kept.web.notices.formats import Form, Shown, shown, version_words
from kept.web.notices.listed import listed
from kept.web.notices.pages import notice_page
from kept.web.notices.papers import file_name, paper

# What was published under an address never changes; how the page around it looks may, from one day to the next.
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"
ASK_AGAIN = "public, no-cache"

View = Callable[..., HttpResponseBase]


def public(*, cache: str) -> Callable[[View], View]:
    """A page for everybody, with how long a cache may keep it. Who asks is not looked at, so nothing varies."""

    def decorated(view: View) -> View:
        @wraps(view)
        @require_safe
        @gzip_page
        @conditional_page
        def answered(request: HttpRequest, **named: Any) -> HttpResponseBase:
            try:
                response = view(request, **named)
            except NoSuchEdition as unknown:
                raise Http404 from unknown
            response.headers["Cache-Control"] = cache
            return response

        answered.asks = True  # type: ignore[attr-defined]  # the session is not read
        return answered

    return decorated


@public(cache=ASK_AGAIN)
def index(request: HttpRequest) -> HttpResponse:
    """Every service that has a notice in force."""
    on = _today()
    notices = tuple(listed(found, on=on) for found in editions() if found.in_force(on))
    return render(request, "notices/index.html", {"notices": notices})


@public(cache=ASK_AGAIN)
def notice(request: HttpRequest, *, service: str) -> HttpResponse:
    """The version in force today, at the one address that never changes."""
    on = _today()
    found = next((found for found in editions(service=service) if found.in_force(on)), None)
    if found is None:
        raise NoSuchEdition
    context = notice_page(_shown(found, Form.EASY_READ, on=on), found, in_force=True)
    return render(request, "notices/notice.html", context)


@public(cache=FOR_EVER)
def version(request: HttpRequest, *, service: str, dated: date, short_hash: str) -> HttpResponse:
    """One version; it opens as Easy Read."""
    found = edition(service=service, dated=dated, short_hash=short_hash)
    return redirect(format_href(found, Form.EASY_READ), permanent=True)


@public(cache=FOR_A_DAY)
def version_in(
    request: HttpRequest, *, service: str, dated: date, short_hash: str, form: Form
) -> HttpResponse:
    """One version in one format, with names as they were on the day printed on it."""
    found = edition(service=service, dated=dated, short_hash=short_hash)
    read = _shown(found, form)
    if form is Form.TEXT:
        return HttpResponse(aloud(read), content_type="text/plain; charset=utf-8")
    return render(request, "notices/notice.html", notice_page(read, found))


@public(cache=FOR_EVER)
def version_paper(
    request: HttpRequest, *, service: str, dated: date, short_hash: str, form: Form
) -> HttpResponse:
    """One version on paper: a PDF."""
    read = _shown(edition(service=service, dated=dated, short_hash=short_hash), form)
    answer = HttpResponse(paper(read), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{file_name(read)}"'
    return answer


@public(cache=ASK_AGAIN)
def versions(request: HttpRequest, *, service: str) -> HttpResponse:
    """Every version ever published of one notice."""
    on = _today()
    found = tuple(listed(one, on=on) for one in editions(service=service))
    if not found:
        raise NoSuchEdition
    context = {"versions": found, "title": found[0].title, "compare_href": _compare_href(service)}
    return render(request, "notices/versions.html", context)


@public(cache=ASK_AGAIN)
def compare(request: HttpRequest, *, service: str) -> HttpResponse:
    """What is different between two versions; between the newest two where the address names none."""
    on = _today()
    found = {one.short_hash: one for one in editions(service=service)}
    if not found:
        raise NoSuchEdition
    newest = list(found)
    new = _chosen(found, request.GET.get("to") or newest[0])
    old = _chosen(found, request.GET.get("from") or newest[1 % len(newest)])
    context = {
        "title": new.title,
        "old": listed(old, on=on),
        "new": listed(new, on=on),
        "versions": tuple(listed(one, on=on) for one in found.values()),
        "changes": changes(published(old.id).definition, published(new.id).definition),
        "notice_href": notice_href(service),
        "compare_href": _compare_href(service),
    }
    return render(request, "notices/compare.html", context)


def _chosen(found: dict[str, Edition], short_hash: str) -> Edition:
    if short_hash not in found:
        raise NoSuchEdition
    return found[short_hash]


def _shown(found: Edition, form: Form, *, on: date | None = None) -> Shown:
    definition = published(found.id).definition
    return shown(definition, form, version=version_words(found), on=on or found.dated)


def _compare_href(service: str) -> str:
    return reverse("notice_compare", kwargs={"service": service})


def _today() -> date:
    return day_of(datetime.now(UTC))
