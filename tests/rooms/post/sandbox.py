"""The MESH sandbox of NHS England on loopback, in a process of its own, with troubles that a test may ask for.

    python -m tests.rooms.post.sandbox FOLDER [CERTIFICATE KEY AUTHORITIES]

It prints its port. While the file `trouble` lies in its folder, calls that it names fail or are never answered.
"""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mesh_client import MeshClient

ROOT = Path(__file__).parents[3]
OURS, SENDER = "X26ABC2", "X26ABC1"  # two mailboxes that the sandbox has
PASSWORD, SHARED_KEY = "password", "TestKey"
BIRTHS = "BIRTHNOTIFICATION_1"


@dataclass(frozen=True)
class Sandbox:
    """A sandbox that answers, as a test uses it: to send something, to look, to make trouble."""

    folder: Path
    address: str

    def settings(self, **other: str) -> dict[str, str]:
        """What makes the program use our mailbox in it."""
        return {
            "KEPT_MESH_ADDRESS": self.address,
            "KEPT_MESH_MAILBOX": OURS,
            "KEPT_MESH_PASSWORD": PASSWORD,
            "KEPT_MESH_SHARED_KEY": SHARED_KEY,
            **other,
        }

    def client(self, mailbox: str) -> MeshClient:
        return MeshClient(self.address, mailbox, PASSWORD, shared_key=SHARED_KEY.encode(), max_retries=0)

    def send(self, content: bytes, *, workflow: str = BIRTHS, **how: Any) -> str:
        """Send a message to our mailbox; its id."""
        with self.client(SENDER) as client:
            return client.send_message(OURS, content, workflow_id=workflow, **how)

    def waiting(self) -> list[str]:
        """What waits in our mailbox."""
        with self.client(OURS) as client:
            return list(client.iterate_message_ids())

    def forget(self) -> None:
        """No trouble, and nothing in any mailbox."""
        for file in ("trouble", "never-answered"):
            (self.folder / file).unlink(missing_ok=True)
        shutil.rmtree(self.folder / "mailboxes", ignore_errors=True)
        self.reload()

    def reload(self) -> None:
        """Read again what lies in its folders."""
        with self.client(OURS) as client:
            client._session.delete(
                f"{self.address}/messageexchange/admin/reset", timeout=10
            ).raise_for_status()

    def trouble(self, method: str, path: str, status: int | None) -> None:
        """From now on calls like this are answered with a status, or never."""
        told = {"method": method, "path": path, "status": status}
        (self.folder / "trouble.new").write_text(json.dumps(told))
        (self.folder / "trouble.new").replace(self.folder / "trouble")

    def never_answered(self) -> bool:
        """Whether a call waits for an answer that never comes."""
        return (self.folder / "never-answered").exists()


@contextmanager
def sandbox(folder: Path, *sealed_with: Path) -> Iterator[Sandbox]:
    """A sandbox with no messages; with a certificate, its key and authorities it demands the caller's own."""
    folder.mkdir()
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "tests.rooms.post.sandbox",
        str(folder),
        *map(str, sealed_with),
    ]
    environment = {**os.environ, "AUTH_MODE": "full", "STORE_MODE": "file", "SHARED_KEY": SHARED_KEY}
    environment["MAILBOXES_DATA_DIR"] = str(folder / "mailboxes")
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            assert process.stdout
            port = process.stdout.readline().strip()
            assert port, (folder / "log").read_text()
            yield Sandbox(folder, f"{'https' if sealed_with else 'http'}://localhost:{port}")
        finally:
            process.kill()


def troubled(app: Any, folder: Path) -> Any:
    """The application, in trouble where the file says so."""

    async def answer(scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        file = folder / "trouble"
        told = json.loads(file.read_text()) if scope["type"] == "http" and file.exists() else None
        if not told or told["method"] != scope["method"] or told["path"] not in scope["path"]:
            await app(scope, receive, send)
            return
        if told["status"] is None:
            (folder / "never-answered").touch()
            await asyncio.sleep(3600)
        await send({"type": "http.response.start", "status": told["status"], "headers": []})
        await send({"type": "http.response.body", "body": b"trouble"})

    return answer


def main(folder: str, certificate: str = "", key: str = "", authorities: str = "") -> None:
    import ssl

    import uvicorn
    from mesh_sandbox.api import app

    listening = socket.create_server(("127.0.0.1", 0))
    sealed: dict[str, Any] = {}
    if certificate:
        sealed = {"ssl_certfile": certificate, "ssl_keyfile": key, "ssl_ca_certs": authorities}
        sealed["ssl_cert_reqs"] = ssl.CERT_REQUIRED
    config = uvicorn.Config(troubled(app, Path(folder)), log_level="warning", **sealed)
    print(listening.getsockname()[1], flush=True)  # noqa: T201
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
