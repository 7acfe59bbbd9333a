"""A real service: the program behind a proxy that ends TLS, with the settings of the guide."""

import http.client
import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pytest_django import DjangoDbBlocker

from tests import cast, clusters
from tests.journeys.site import Site, build_once, served
from tests.outside.rehearsing import kept
from tests.outside.tls import NAME, proxy

THE_PROXY, SOMEBODY_ELSE = "127.0.0.2", "127.0.0.1"
CALLER = "198.51.100.7"
SETTINGS = {
    "KEPT_BEHIND_TLS": "yes",
    "KEPT_HOSTS": NAME,
    "KEPT_PROXY_ADDRESSES": THE_PROXY,
    "KEPT_SOURCE": "https://source.example/kept",
}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: str

    @property
    def cookies(self) -> dict[str, str]:
        """Each cookie that is set, by name, with what stands behind it."""
        return dict(cookie.split("=", 1) for cookie in self.headers.get_all("Set-Cookie") or [])


@dataclass(frozen=True, slots=True)
class Service:
    site: Site
    tls_port: int
    trusted: ssl.SSLContext

    def asked(self, path: str, body: str | None = None, **headers: str) -> Answer:
        """As a browser asks, over TLS."""
        connection = http.client.HTTPSConnection(NAME, self.tls_port, context=self.trusted, timeout=30)
        connection._create_connection = lambda address, *more: http.client.socket.create_connection(  # type: ignore[attr-defined]
            ("127.0.0.1", address[1]), *more
        )
        return answered(connection, path, body, {"Host": NAME, "Referer": f"https://{NAME}/", **headers})

    def past_the_proxy(self, path: str, **headers: str) -> Answer:
        port = int(self.site.address.rsplit(":", 1)[1])
        connection = http.client.HTTPConnection(
            "127.0.0.1", port, source_address=(SOMEBODY_ELSE, 0), timeout=30
        )
        return answered(connection, path, None, {"Host": NAME, **headers})


def answered(
    connection: http.client.HTTPConnection, path: str, body: str | None, headers: Mapping[str, str]
) -> Answer:
    form = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
    connection.request("GET" if body is None else "POST", path, body=body, headers={**headers, **form})
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read().decode(errors="replace"))
    connection.close()
    return answer


@pytest.fixture(scope="module")
def service(
    template: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("tls")
    with django_db_blocker.unblock(), clusters.template_clone() as name, clusters.pointed_at(name):
        build_once()
        with served(clusters.settings_of(name) | SETTINGS) as site:
            to = int(site.address.rsplit(":", 1)[1])
            with proxy(to=to, called_by=CALLER, from_address=THE_PROXY, folder=folder) as (port, trusted):
                yield Service(site, port, trusted)


def test_the_settings_of_a_real_service_are_clean(service: Service) -> None:
    ended = kept(
        "check", "--deploy", "--database", **service.site.settings, KEPT_HOME=str(Path.cwd() / "var")
    )
    assert (ended.code, ended.told) == (0, "Nothing is wrong.\n")
    without = {name: value for name, value in service.site.settings.items() if name != "KEPT_BEHIND_TLS"}
    assert kept("check", "--deploy", **without).code == 1


def test_without_tls_everybody_is_sent_to_it(service: Service) -> None:
    answer = service.past_the_proxy("/sign-in/")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/sign-in/")


def test_nobody_but_the_proxy_may_say_that_it_was_over_tls(service: Service) -> None:
    for said in ({"X-Forwarded-Proto": "https"}, {"Forwarded": "proto=https"}):
        assert service.past_the_proxy("/sign-in/", **said).status == 301
    assert service.asked("/sign-in/").status == 200


def test_the_browser_is_told_to_stay_with_tls_and_keep_cookies_to_it(service: Service) -> None:
    answer = service.asked("/sign-in/")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "__Host-csrftoken" in answer.cookies
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in answer.cookies.values())
    assert 'href="https://source.example/kept"' in answer.body


def test_another_name_is_not_answered(service: Service) -> None:
    assert service.asked("/sign-in/", Host="evil.example").status == 400


def test_health_is_asked_without_tls_or_a_name(service: Service) -> None:
    for path in ("/health/live", "/health/ready"):
        assert service.past_the_proxy(path, Host="10.0.0.7").status == 200


def sign_in(service: Service, password: str, **headers: str) -> Answer:
    page = service.asked("/sign-in/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
    assert token
    cookies = "; ".join(f"{name}={value.split(';')[0]}" for name, value in page.cookies.items())
    form = {"csrfmiddlewaretoken": token[1], "login": "hannah@kent.example", "password": password}
    return service.asked("/sign-in/", urlencode(form), Cookie=cookies, **headers)


def test_signing_in_works_and_its_cookie_is_for_tls_alone(service: Service) -> None:
    answer = sign_in(service, cast.PASSWORD)
    assert answer.status == 302
    session = answer.cookies["__Host-sessionid"]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(session.split("; ")[1:])


def test_who_guesses_is_counted_by_the_address_that_called_the_proxy(service: Service) -> None:
    sign_in(service, "a guess", **{"X-Forwarded-For": "203.0.113.99"})
    counted = cast.as_superuser("select distinct host(ip_address) from axes_accessattempt")
    assert counted == [(CALLER,)]
