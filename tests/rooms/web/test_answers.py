"""What every answer carries, whatever was asked for: headers that a browser obeys, and methods that nobody uses."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from kept.config import settings as wiring
from kept.web.typed import as_stored, typed_in
from tests.rooms.web.workbench.desk import browser_of

pytestmark = pytest.mark.usefixtures("database")
YEAR = 31_536_000


@pytest.fixture(autouse=True)
def one_style(settings: Settings, tmp_path: Path) -> None:
    """Styles are named as they are in the folder; one of them is there to be fetched."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    (tmp_path / "kept.css").write_text("body { color: black }")


@pytest.fixture
def behind_tls(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    """The settings as they are where KEPT_BEHIND_TLS says so."""
    monkeypatch.setenv("KEPT_BEHIND_TLS", "yes")
    served = importlib.reload(wiring)
    for name in dir(served):
        if name.startswith(("SECURE_", "SESSION_", "CSRF_", "ALLAUTH_")):
            setattr(settings, name, getattr(served, name))
    yield
    monkeypatch.undo()
    importlib.reload(wiring)


ASKED_FOR = {
    "a page": "/sign-in/",
    "a page that asks to sign in": "/caseload/",
    "an address that is none": "/nothing/",
    "a public notice": "/notices/",
    "a style": "/static/kept.css",
}


def asked(path: str, browser: Client | None = None, **more: object) -> HttpResponse:
    return (browser or Client()).get(path, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ASKED_FOR.values(), ids=ASKED_FOR.keys())
def test_every_answer_says_what_a_browser_may_do_with_it(path: str) -> None:
    answer = asked(path)
    answer.close()  # a style is an open file
    headers = answer.headers
    policy = {one.split()[0]: one.split()[1:] for one in headers["Content-Security-Policy"].split("; ")}
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(policy["script-src"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    kind = headers.get("Content-Type", "")
    assert not kind.startswith("text/") or "charset=" in kind
    # Another site may fetch a style, which is the same for everybody, and nothing else.
    assert ("Access-Control-Allow-Origin" in headers) == path.startswith("/static/")


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_so_does_what_stands_before_every_page(path: str) -> None:
    headers = asked(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert (headers["Cache-Control"], headers["Content-Type"]) == ("no-store", "application/json")


@pytest.mark.parametrize("path", ["/caseload/", "/search/", "/who-has-looked/", "/second-factor/"])
def test_no_page_of_somebody_signed_in_is_kept_by_a_browser(path: str) -> None:
    for name in ("hannah", "priya"):
        assert asked(path, browser_of(name)).headers["Cache-Control"].find("no-store") >= 0


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "SEARCH"])
@pytest.mark.parametrize("path", ["/", "/caseload/", "/sign-in/", "/notices/"])
def test_no_other_method_is_taken(method: str, path: str) -> None:
    answer = browser_of("hannah").generic(method, path)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert b"Open them in a browser." in answer.content


@pytest.mark.usefixtures("behind_tls")
def test_behind_tls_cookies_belong_to_this_host_and_travel_over_tls_alone() -> None:
    answer = asked("/sign-in/", secure=True)
    cookies = answer.cookies
    assert set(cookies) == {"__Host-csrftoken"}
    cookie = cookies["__Host-csrftoken"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert answer.headers["Strict-Transport-Security"] == f"max-age={YEAR}; includeSubDomains; preload"


@pytest.mark.usefixtures("behind_tls")
def test_behind_tls_the_session_is_of_this_host_too() -> None:
    browser = browser_of("hannah")  # under the name that the settings give
    assert set(browser.cookies) == {"__Host-sessionid"}
    assert asked("/", browser, secure=True).headers["Location"] == "/caseload/"


@pytest.mark.usefixtures("behind_tls")
def test_behind_tls_whoever_comes_without_is_sent_to_it() -> None:
    answer = asked("/sign-in/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://testserver/sign-in/")


def test_what_opens_an_account_is_never_carried_in_a_page(rf: object) -> None:
    sent = {"password": "a", "oldpassword": "b", "password1": "c", "password2": "d", "code": "e", "note": "f"}
    request = rf.post("/password/change/", sent)  # type: ignore[attr-defined]
    assert [one.name for one in typed_in(request)] == ["note"]


NUL = "\0"
OF_LOOKS = "/who-has-looked/", "/unusual-looks/", "/unusual-looks/staff/1/"


@pytest.mark.parametrize(
    "path", ["/search/?name=A%00mina", "/caseload/?page=%00", "/who-has-looked/?purpose=%00"]
)
def test_what_no_text_can_hold_is_left_out_of_what_is_asked(path: str) -> None:
    for name in ("hannah", "priya"):
        assert asked(path, browser_of(name)).status_code in (200, 403)


def test_what_no_text_can_hold_is_left_out_of_what_is_typed(rf: object) -> None:
    sent = {"note": f"She is w{NUL}ell.{NUL}", "what": ["one", f"t{NUL}wo"], "other": "%00 stays"}
    request = as_stored(rf.post(f"/caseload/?q=a{NUL}", sent))  # type: ignore[attr-defined]
    assert request.POST.dict() == {"note": "She is well.", "what": "two", "other": "%00 stays"}
    assert request.POST.getlist("what") == ["one", "two"]
    assert request.GET.dict() == {"q": "a"}


@pytest.mark.parametrize(
    "day", ["9999-12-31", "0001-01-01", "2026-02-30", "yesterday", "1899-12-31", "2200-01-01"]
)
@pytest.mark.parametrize("path", OF_LOOKS)
def test_a_day_that_nothing_can_be_of_is_said(path: str, day: str) -> None:
    for name in ("from", "until"):
        answer = asked(f"{path}?{name}={day}", browser_of("priya"))
        assert answer.status_code == 200
        assert b"Enter a real day, for example 2026-03-27." in answer.content


@pytest.mark.parametrize("number", ["99999999999999999999", "9223372036854775808", "-1", "1e3"])
def test_a_number_larger_than_any_leads_nowhere(number: str) -> None:
    for path in (f"/unusual-looks/staff/{number}/", f"/intake/{number}/", f"/workbench/drafts/{number}/"):
        assert asked(path, browser_of("priya")).status_code == 404
