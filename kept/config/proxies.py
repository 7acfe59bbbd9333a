"""What a proxy in front says of a request is believed of the proxy, and of nobody else.

Whoever can reach the program past the proxy could otherwise say that a request came over TLS, or from somebody else's
address. The server tells which address called it; what that one may not say is taken away before anything reads it.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

SAID_BY_A_PROXY = (
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_FORWARDED",
)
SOCKET = ""  # a socket of this machine has no address; who may open it is for its folder to say
Program = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def believing(program: Program, *, proxies: Collection[str]) -> Program:
    """The program, hearing of a request only what one of these addresses may say of it."""

    def answered(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("REMOTE_ADDR", SOCKET) not in (SOCKET, *proxies):
            for name in SAID_BY_A_PROXY:
                environ.pop(name, None)
            # The web server has a belief of its own, by an address that need not be the proxy's.
            environ["wsgi.url_scheme"] = "http"
        return program(environ, start)

    return answered
