"""The command `kept intake run`, as a process of its own against the database of a test."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from kept.intake.demonstration import Family, messages
from tests import cast
from tests.rooms.intake.intake_room import Room

KEPT = Path(sys.executable).with_name("kept")
NOW = "2026-11-22T09:00:00"  # the moment at which the fixtures are read


@dataclass(frozen=True)
class Post:
    """A folder where messages arrive, the token of the process that reads them, and the way to its database."""

    folder: Path
    token: Path
    environment: Mapping[str, str]
    now: tuple[str, ...] = ("--at", NOW)

    def command(self, *options: str) -> list[str]:
        run = [str(KEPT), "intake", "run", str(self.folder), "--token-file", str(self.token)]
        return [*run, *self.now, *options]

    def run(self, *options: str, **popen: Any) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        return subprocess.run(
            self.command(*options),
            env=dict(self.environment),
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
            **popen,
        )

    def told(self, *options: str) -> Any:
        """Run it to its end, which must be a good one; its answer."""
        done = self.run("--format", "json", *options)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(), env=dict(self.environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def deliver(self, files: Mapping[str, bytes]) -> None:
        for name, content in files.items():
            (self.folder / name).write_bytes(content)

    def empty(self) -> None:
        """Throw away what was taken."""
        for file in self.taken():
            (self.folder / "taken" / file).unlink()

    def waiting(self) -> set[str]:
        """What still lies in the folder."""
        return {file.name for file in self.folder.iterdir() if file.is_file()}

    def taken(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in (self.folder / "taken").glob("*") if file.is_file()}


@dataclass(frozen=True)
class Told:
    """What a command said, and how it ended."""

    code: int
    answer: str
    errors: str


def told_here(*arguments: str) -> Told:
    """Run a command in this process: the same, but for the second that one of its own takes to wake."""
    from kept.cli import main

    with (
        redirect_stdout(StringIO()) as answer,
        redirect_stderr(StringIO()) as errors,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(sys, "argv", ["kept", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    return Told(int(ended.value.code or 0), answer.getvalue(), errors.getvalue())


def post_at(folder: Path, environment: Mapping[str, str]) -> Post:
    (folder / "in").mkdir()
    file = folder / "token"
    file.write_text(f"process:{cast.token_of('intake')}\n")
    return Post(folder / "in", file, {**os.environ, **environment})


def files_about(families: Sequence[Family]) -> dict[str, bytes]:
    """Both messages about each child, named in the order of sending."""
    return {
        f"{baby.serial:07}-{event}.json": content
        for family in families
        for baby, pair in zip(family.children, messages(family), strict=True)
        for event, content in zip(("CH005", "CH023"), pair, strict=True)
    }


def assert_all_once(room: Room, post: Post, families: Sequence[Family], queued: Mapping[str, bytes]) -> None:
    """Nothing is lost, nobody is there twice, and everything that was written has its entry."""
    sent = {**files_about(families), **queued}
    assert post.waiting() == set()
    assert post.taken() == sent
    assert dict(room.told("select file, state from intake_bundle")) == {
        name: "queued" if name in queued else "read" for name in sent
    }
    assert Counter((one.given, one.family) for one in room.held()) == Counter(
        (one.called.given, one.called.family)
        for family in families
        for one in (*family.children, *family.adults)
    )
    assert len(room.related()) == sum(len(family.children) * len(family.adults) for family in families)
    assert sorted(room.told("select file from intake_waiting")) == sorted((name,) for name in queued)
    named = "select entry_id from intake_bundle order by 1"
    since = "select id from ledger_entry where id > %s order by 1"
    assert room.told(named) == room.told(since, room.entries_before)
