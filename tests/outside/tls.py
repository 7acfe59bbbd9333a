"""A small proxy that ends TLS, as one in front of a real service does: it says who called it, and over what."""

import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.rooms.post.certificates import Authority

NAME = "kept.example"
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "x-forwarded-proto"}


@contextmanager
def proxy(
    *, to: int, called_by: str, from_address: str, folder: Path
) -> Iterator[tuple[int, ssl.SSLContext]]:
    """Passes what comes over TLS on to a port of this machine; its own port, and whom a browser has to trust.

    `called_by` is the address that it says called it, and `from_address` the one that it calls from itself.
    """

    class Passing(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            onward = http.client.HTTPConnection("127.0.0.1", to, source_address=(from_address, 0), timeout=30)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
            before = f"{headers.pop('X-Forwarded-For')}, " if "X-Forwarded-For" in headers else ""
            headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": before + called_by}
            onward.request(self.command, self.path, body=body or None, headers=headers)
            answer = onward.getresponse()
            content = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in HOP_BY_HOP | {"content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            onward.close()

        do_POST = do_HEAD = do_GET  # noqa: N815 - the library calls them so

        def log_message(self, *args: object) -> None:
            """Nothing: the test says what happened."""

    authority = Authority(folder)
    certificate, key = authority.issue(NAME)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Passing)
    ended = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ended.load_cert_chain(certificate, key)
    server.socket = ended.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1], ssl.create_default_context(cafile=authority.file)
    finally:
        server.shutdown()
        server.server_close()
