"""The log of a real server: each line is JSON, tells pages by name, and says nothing of anybody."""

import socket
from urllib.parse import urlsplit
from urllib.request import urlopen

from tests.journeys import people, the_log
from tests.journeys.conftest import Arrives
from tests.journeys.site import Site


def test_what_was_searched_opened_and_written_is_not_in_the_log(arrives: Arrives, site: Site) -> None:
    people.register("Zenobia", mother="Philomena")
    hannah = arrives("hannah")
    with urlopen(f"{site.address}/search/?name=Zenobia"):  # noqa: S310 - our own site
        pass  # whoever has not signed in is sent to do so
    hannah.goes_to("/search/").types("Name", "Zenobia").presses("Search").sees("Zenobia")
    hannah.goes_to(people.record_of("Zenobia")).sees("Zenobia", "Philomena")
    hannah.goes_to(f"{people.record_of('Zenobia')}no-such-page/")
    hannah.complaints.clear()
    lines = the_log.lines(site)
    pages = {line["route"] for line in lines if line["part"] == "kept.access"}
    assert {"search", "record", "none"} <= pages
    assert {"at", "level", "part", "event", "request"} <= set.intersection(
        *(set(line) for line in lines if line["part"] == "kept.access")
    )
    assert "Zenobia" not in site.said()
    assert the_log.what_it_should_not_say(site) == []


def test_what_is_no_request_at_all_is_not_repeated(site: Site) -> None:
    """The web server reads it before any page does."""
    where = urlsplit(site.address)
    for sent in (
        b"GET /?q=Zebedee HTTP/9\r\n\r\n",
        b"Zebedee\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: Zebedee\r\n\r\n",
    ):
        with socket.create_connection((where.hostname, where.port), timeout=5) as asked:  # type: ignore[arg-type]
            asked.sendall(sent)
            while asked.recv(4096):
                pass
    assert "Zebedee" not in site.said()
    assert [line for line in the_log.lines(site) if "gunicorn" in str(line["part"])]
