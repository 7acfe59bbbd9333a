"""Requests that no browser sends, to the server itself: whoever sends two in one must not be believed."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.journeys.site import Site

# How the end of a request can be left unclear (RFC 9112, sections 6.1 and 6.3): a proxy and a server that read it
# differently would take a part of one request for another one.
UNCLEAR = {
    "both lengths": "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
    "two lengths": "Content-Length: 4\r\nContent-Length: 40\r\n",
    "a length that is none": "Content-Length: +4\r\n",
    "an encoding nobody knows": "Transfer-Encoding: xchunked\r\n",
    "an encoding behind a tab": "Transfer-Encoding:\tchunked, identity\r\n",
    "a name with a blank": "Content-Length : 4\r\n",
}


def answered(site: Site, headers: str) -> str:
    """The first line of the answer to a form whose end these headers give."""
    address = urlsplit(site.address)
    with socket.create_connection(("127.0.0.1", address.port or 80), timeout=10) as connection:
        connection.sendall(f"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n0\r\n\r\n".encode())
        return connection.recv(4096).decode(errors="replace").split("\r\n")[0]


@pytest.mark.parametrize("headers", UNCLEAR.values(), ids=UNCLEAR.keys())
def test_a_request_whose_end_is_not_clear_is_refused(site: Site, headers: str) -> None:
    assert answered(site, headers).split(" ")[1] in {"400", "501"}
