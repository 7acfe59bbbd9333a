"""A MESH mailbox: what waits is fetched whole, nothing leaves it unasked, and every trouble is a sentence."""

import gzip
import os
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from kept.post.mailbox import NoMailbox, mailbox_of
from kept.post.mesh import MailboxTrouble, Mesh, NotFetched, opened, unpacked
from tests.rooms.post.certificates import Authority
from tests.rooms.post.sandbox import Sandbox, sandbox

LARGEST = 1_000_000
NOISE = os.urandom(400_000)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with sandbox(tmp_path_factory.mktemp("mesh") / "sandbox") as started:
        yield started


@pytest.fixture
def server(running: Sandbox) -> Iterator[Sandbox]:
    yield running
    running.forget()


def mesh_of(server: Sandbox, home: Path, **other: str) -> "Iterator[Mesh]":
    with opened(mailbox_of(server.settings(**other), home=home), largest_bytes=LARGEST) as mesh:
        yield mesh


@pytest.fixture
def mesh(server: Sandbox, tmp_path: Path) -> Iterator[Mesh]:
    yield from mesh_of(server, tmp_path)


def test_an_empty_mailbox_has_nothing(mesh: Mesh) -> None:
    assert mesh.waiting() == []


@pytest.mark.parametrize(
    "how",
    [{}, {"compress": True}, {"max_chunk_size": 100_000}, {"max_chunk_size": 100_000, "compress": True}],
    ids=["whole", "compressed", "in chunks", "in compressed chunks"],
)
def test_a_message_comes_as_it_was_sent_and_stays_until_it_is_acknowledged(
    mesh: Mesh, server: Sandbox, how: dict[str, int]
) -> None:
    sent = server.send(NOISE, **how)
    assert mesh.waiting() == [sent]
    delivered = mesh.fetch(sent)
    assert delivered
    assert (delivered.id, delivered.workflow, delivered.content) == (sent, "BIRTHNOTIFICATION_1", NOISE)
    assert mesh.waiting() == [sent]
    mesh.acknowledge(sent)
    mesh.acknowledge(sent)
    assert server.waiting() == []


def test_what_the_sender_packed_is_unpacked_and_what_is_not_whole_stays_as_it_came(
    mesh: Mesh, server: Sandbox
) -> None:
    packed = gzip.compress(NOISE)
    for content, fetched in ((packed, NOISE), (packed[:-400], packed[:-400]), (b"\x1f\x8bno", b"\x1f\x8bno")):
        delivered = mesh.fetch(server.send(content))
        assert delivered
        assert delivered.content == fetched


def test_more_than_a_mailbox_shows_at_once_is_fetched_too(mesh: Mesh, server: Sandbox) -> None:
    sent = [server.send(b"%d" % number) for number in range(501)]
    assert sorted(mesh.waiting()) == sorted(sent)


def test_a_message_larger_than_any_real_one_stays_also_where_it_is_packed_small(
    mesh: Mesh, server: Sandbox
) -> None:
    for content in (b"0" * (LARGEST + 1), gzip.compress(b"0" * 50 * LARGEST)):
        with pytest.raises(NotFetched, match="larger than 1,000,000 bytes"):
            mesh.fetch(server.send(content))
    assert len(server.waiting()) == 2


def test_unpacking_stops_at_the_largest() -> None:
    assert len(unpacked(gzip.compress(b"0" * 50 * LARGEST), largest_bytes=LARGEST)) == LARGEST + 1


def test_a_report_about_something_sent_stays_and_is_told(mesh: Mesh, server: Sandbox) -> None:
    with server.client("X26ABC2") as client:
        told = {"mailbox_id": "X26ABC2", "status": "undeliverable", "workflow_id": "OTHER", "code": "14"}
        told |= {
            "description": "not collected",
            "subject": "",
            "local_id": "",
            "file_name": "",
            "linked_message_id": "",
        }
        answer = client._session.post(f"{server.address}/messageexchange/admin/report", json=told, timeout=10)
        answer.raise_for_status()
    (report,) = mesh.waiting()
    with pytest.raises(NotFetched, match="Kept sends nothing"):
        mesh.fetch(report)
    assert server.waiting() == [report]


def test_one_that_another_process_took_is_passed_over(mesh: Mesh) -> None:
    assert mesh.fetch("20261122090000000000_ABCDEF") is None


@pytest.mark.parametrize("wrong", ["KEPT_MESH_PASSWORD", "KEPT_MESH_SHARED_KEY", "KEPT_MESH_MAILBOX"])
def test_who_is_not_let_in_is_told_what_to_check(server: Sandbox, tmp_path: Path, wrong: str) -> None:
    for mesh in mesh_of(server, tmp_path, **{wrong: "another"}):
        with pytest.raises(
            MailboxTrouble, match=r"does not let mailbox \w+ in \(403\). Check KEPT_MESH_MAILBOX"
        ):
            mesh.waiting()


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_in_trouble_is_told(mesh: Mesh, server: Sandbox, status: int) -> None:
    sent = server.send(b"{}")
    server.trouble("GET", "/inbox", status)
    with pytest.raises(MailboxTrouble, match=r"MESH (answered 500|does not answer) at http://localhost"):
        mesh.waiting()
    with pytest.raises((MailboxTrouble, NotFetched)):
        mesh.fetch(sent)
    server.trouble("PUT", "/acknowledged", 500)
    with pytest.raises(NotFetched, match="MESH answered 500 for it"):
        mesh.acknowledge(sent)


def test_no_server_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    nobody = Sandbox(tmp_path, f"http://127.0.0.1:{port}")
    for mesh in mesh_of(nobody, tmp_path):
        with pytest.raises(MailboxTrouble, match=f"MESH does not answer at http://127.0.0.1:{port}"):
            mesh.waiting()


class SendsElsewhere(BaseHTTPRequestHandler):
    """A server that sends whoever asks to another address, and notes who comes."""

    elsewhere = ""
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(302)
        self.send_header("Location", f"{self.elsewhere}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_whoever_is_sent_elsewhere_does_not_go(tmp_path: Path) -> None:
    SendsElsewhere.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), SendsElsewhere) as one:
        SendsElsewhere.elsewhere = f"http://127.0.0.1:{one.server_port}"
        Thread(target=one.serve_forever, daemon=True).start()
        try:
            for mesh in mesh_of(Sandbox(tmp_path, SendsElsewhere.elsewhere), tmp_path):
                with pytest.raises(MailboxTrouble, match="sends us to another one"):
                    mesh.waiting()
        finally:
            one.shutdown()
    assert "/elsewhere" not in SendsElsewhere.asked
    assert SendsElsewhere.asked


# Sealed on the way


def test_both_sides_prove_who_they_are(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    theirs, ours, strangers = (
        authority.issue("localhost"),
        authority.issue("kept"),
        Authority(tmp_path, "other"),
    )
    with sandbox(tmp_path / "sealed", *theirs, authority.file) as server:
        sealed = {"KEPT_MESH_AUTHORITIES": str(authority.file)}
        with_ours = {"KEPT_MESH_CERTIFICATE": str(ours[0]), "KEPT_MESH_CERTIFICATE_KEY": str(ours[1])}
        for mesh in mesh_of(server, tmp_path, **sealed, **with_ours):
            assert mesh.waiting() == []
        for settings in (sealed, {"KEPT_MESH_AUTHORITIES": str(strangers.file), **with_ours}):
            for mesh in mesh_of(server, tmp_path, **settings):
                with pytest.raises(MailboxTrouble):
                    mesh.waiting()


def test_a_certificate_with_the_key_of_another_is_told(server: Sandbox, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    (ours, _), (_, others) = authority.issue("kept"), authority.issue("other")
    wrong = {"KEPT_MESH_CERTIFICATE": str(ours), "KEPT_MESH_CERTIFICATE_KEY": str(others)}
    with pytest.raises(MailboxTrouble, match="the key is that of the certificate"):
        next(mesh_of(server, tmp_path, **wrong))


# The settings


def test_secrets_may_lie_in_files_and_are_never_shown(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "mesh_password").write_text("opened sesame\n")
    (tmp_path / "secrets" / "mesh_shared_key").write_text("common key\n")
    ours = mailbox_of(
        {"KEPT_MESH_ADDRESS": "https://mesh.example.org", "KEPT_MESH_MAILBOX": "X26"}, home=tmp_path
    )
    assert (ours.password, ours.shared_key) == ("opened sesame", "common key")
    assert "sesame" not in repr(ours)
    assert "common" not in repr(ours)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"KEPT_MESH_MAILBOX": ""}, "Not set: KEPT_MESH_MAILBOX"),
        ({"KEPT_MESH_ADDRESS": "http://mesh.example.org"}, "unsealed"),
        ({"KEPT_MESH_ADDRESS": "mesh.example.org"}, "is not an address"),
        ({"KEPT_MESH_PASSWORD": "geheimniß"}, "no letters beyond plain ones"),
        ({"KEPT_MESH_CERTIFICATE": "/nowhere.pem"}, "there is no such file"),
        ({"KEPT_MESH_CERTIFICATE_KEY": "/nowhere.key"}, "Set both, or neither"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_setting_that_cannot_be_used_is_told(tmp_path: Path, wrong: dict[str, str], told: str) -> None:
    right = Sandbox(tmp_path, "https://mesh.example.org").settings()
    with pytest.raises(NoMailbox, match=told) as refused:
        mailbox_of({**right, **wrong}, home=tmp_path)
    assert "geheimniß" not in str(refused.value)
