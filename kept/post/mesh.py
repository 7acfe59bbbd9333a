"""Messages that wait in a MESH mailbox: which there are, what each brings, and telling MESH that one is safe here.

MESH keeps a message until it is acknowledged and then deletes it, so nothing here acknowledges by itself. What a
message says is nobody's business here.
"""

import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from kept.post.mailbox import Mailbox

if TYPE_CHECKING:
    from mesh_client import MeshClient, Message
    from requests import RequestException

# How long the server may be silent, and how often a call that it could not answer is made again.
SILENT_SECONDS, TRIES_AGAIN = 60, 2
GZIP = b"\x1f\x8b"
REPORT = "REPORT"
REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class MailboxTrouble(Exception):
    """The mailbox as a whole cannot be used now; the words say why, and what to do."""


class NotFetched(Exception):
    """One message stays in the mailbox; the words say why, and what to do.

    `by_the_server` tells a server that failed from a message that nobody should fetch.
    """

    def __init__(self, words: str, *, by_the_server: bool = False) -> None:
        super().__init__(words)
        self.by_the_server = by_the_server


@dataclass(frozen=True, slots=True)
class Delivered:
    """One message as it came, put together from its chunks and unpacked."""

    id: str
    workflow: str
    content: bytes


class Mesh:
    """An open mailbox."""

    def __init__(self, client: "MeshClient", mailbox: Mailbox, *, largest_bytes: int) -> None:
        self._client = client
        self._mailbox = mailbox
        self._largest_bytes = largest_bytes

    def waiting(self) -> list[str]:
        """The ids of all messages that wait, in the order in which MESH gives them. Raises MailboxTrouble."""
        with self._troubles():
            return list(dict.fromkeys(self._client.iterate_message_ids()))

    def fetch(self, message: str) -> Delivered | None:
        """One message; None where it waits no longer: another process was quicker. It goes on waiting.

        Raises NotFetched and MailboxTrouble.
        """
        with self._troubles(message):
            fetched = self._client.retrieve_message(message)
            try:
                return self._delivered(message, fetched)
            finally:
                fetched.close()
        return None

    def acknowledge(self, message: str) -> None:
        """Tell MESH that a message is safe here: it forgets it. Again, nothing happens. Raises as `fetch` does."""
        with self._troubles(message):
            self._client.acknowledge_message(message)

    def _delivered(self, message: str, fetched: "Message") -> Delivered:
        if (fetched.message_type or "").upper() == REPORT:
            raise NotFetched(
                "It is a report about something that was sent from this mailbox, and Kept sends nothing. "
                "See who else uses the mailbox, and take the report away."
            )
        content = unpacked(fetched.read(self._largest_bytes + 1), largest_bytes=self._largest_bytes)
        if len(content) > self._largest_bytes:
            raise NotFetched(f"It is larger than {self._largest_bytes:,} bytes. Ask the sender what it is.")
        return Delivered(message, (fetched.workflow_id or "").strip(), content)

    @contextmanager
    def _troubles(self, message: str = "") -> Iterator[None]:
        """Turn what the library raises into a sentence; a message that is gone is passed over."""
        from requests import HTTPError, RequestException
        from urllib3.exceptions import HTTPError as BrokenOff

        try:
            yield
        except HTTPError as error:
            code = 0 if error.response is None else error.response.status_code
            if not (message and code in GONE):
                raise _told_by_the_server(code, message, self._mailbox) from error
        except RequestException as error:
            raise _told_by_the_way(error, self._mailbox) from error
        except (BrokenOff, zlib.error) as error:
            raise NotFetched(
                "It broke off on the way. It is fetched again next time.", by_the_server=True
            ) from error


@contextmanager
def opened(mailbox: Mailbox, *, largest_bytes: int) -> Iterator[Mesh]:
    """A mailbox to fetch from; a message larger than so many bytes stays in it."""
    from mesh_client import MeshClient

    _check_files(mailbox)
    with MeshClient(
        mailbox.address,
        mailbox.name,
        mailbox.password,
        shared_key=mailbox.shared_key.encode(),
        cert=_certificate(mailbox),
        verify=str(mailbox.authorities) if mailbox.authorities else None,
        max_retries=TRIES_AGAIN,
        timeout=SILENT_SECONDS,
        application_name="kept",
    ) as client:
        # A server that sends us elsewhere is not the one that the setting names: its word goes nowhere.
        client._session.max_redirects = 0
        yield Mesh(client, mailbox, largest_bytes=largest_bytes)


def unpacked(content: bytes, *, largest_bytes: int) -> bytes:
    """What a sender packed with gzip before it was sent, up to one byte more than so many; else as it came.

    What is not whole stays as it came: whoever reads it says so.
    """
    if not content.startswith(GZIP):
        return content
    unpacking = zlib.decompressobj(wbits=31)
    try:
        whole = unpacking.decompress(content, largest_bytes + 1)
    except zlib.error:
        return content
    return whole if unpacking.eof or len(whole) > largest_bytes else content


def _check_files(mailbox: Mailbox) -> None:
    """Raises MailboxTrouble where what is to prove who calls whom is no certificate, or has another's key."""
    context = ssl.create_default_context()
    try:
        if mailbox.certificate:
            context.load_cert_chain(mailbox.certificate, mailbox.certificate_key)
        if mailbox.authorities:
            context.load_verify_locations(mailbox.authorities)
    except OSError as error:
        raise MailboxTrouble(
            "The certificates for MESH cannot be used. KEPT_MESH_CERTIFICATE, KEPT_MESH_CERTIFICATE_KEY and "
            "KEPT_MESH_AUTHORITIES name files in PEM, and the key is that of the certificate."
        ) from error


def _certificate(mailbox: Mailbox) -> tuple[str] | tuple[str, str] | None:
    if mailbox.certificate is None:
        return None
    if mailbox.certificate_key is None:
        return (str(mailbox.certificate),)
    return str(mailbox.certificate), str(mailbox.certificate_key)


def _told_by_the_server(code: int, message: str, mailbox: Mailbox) -> MailboxTrouble | NotFetched:
    if code in REFUSED:
        return MailboxTrouble(
            f"MESH does not let mailbox {mailbox.name} in ({code}). Check KEPT_MESH_MAILBOX, KEPT_MESH_PASSWORD "
            "and KEPT_MESH_SHARED_KEY, and that the certificate is of this environment."
        )
    if message:
        return NotFetched(f"MESH answered {code} for it. It is tried again next time.", by_the_server=True)
    return MailboxTrouble(f"MESH answered {code} at {mailbox.address}. Wait, and run this again.")


def _told_by_the_way(error: "RequestException", mailbox: Mailbox) -> MailboxTrouble:
    from requests.exceptions import SSLError, TooManyRedirects

    if isinstance(error, TooManyRedirects):
        return MailboxTrouble(
            f"The server at {mailbox.address} sends us to another one, and nobody follows it there. Check "
            "KEPT_MESH_ADDRESS."
        )
    if isinstance(error, SSLError):
        return MailboxTrouble(
            f"The server at {mailbox.address} and this machine do not trust each other's certificates. Check "
            "KEPT_MESH_AUTHORITIES, KEPT_MESH_CERTIFICATE and KEPT_MESH_CERTIFICATE_KEY."
        )
    return MailboxTrouble(
        f"MESH does not answer at {mailbox.address}. Check KEPT_MESH_ADDRESS and the way there, or wait; "
        "then run this again."
    )
