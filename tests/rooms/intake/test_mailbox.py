"""`kept intake mailbox`: what waits in a MESH mailbox is read like a file, once, and MESH is told when it is safe."""

import json
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kept.intake.actions import WORKFLOWS
from kept.intake.demonstration import Family, messages
from tests.rooms.intake.intake_room import Room, newcomers
from tests.rooms.intake.messages import FIXTURES, as_file, well_formed
from tests.rooms.intake.running import KEPT, NOW, Post
from tests.rooms.intake.test_crashes import stopping
from tests.rooms.post.sandbox import Sandbox, sandbox

BROKEN = (FIXTURES / "CH005-not-json.json").read_bytes()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with sandbox(tmp_path_factory.mktemp("mesh") / "sandbox") as started:
        yield started


@pytest.fixture
def server(running: Sandbox) -> Iterator[Sandbox]:
    yield running
    running.forget()


@pytest.fixture
def mailbox(post: Post, server: Sandbox) -> Post:
    return replace(post, environment={**post.environment, **server.settings()})


def command(mailbox: Post, *options: str) -> list[str]:
    return [str(KEPT), "intake", "mailbox", "--token-file", str(mailbox.token), "--at", NOW, *options]


def run(mailbox: Post, *options: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(mailbox, *options),
        env={**mailbox.environment, **settings},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def send(server: Sandbox, families: list[Family]) -> list[str]:
    """Both messages about each child, in the order of sending; what each will be called."""
    return [
        f"{server.send(content)} BIRTHNOTIFICATION_1"
        for family in families
        for pair in messages(family)
        for content in pair
    ]


def assert_all_once(room: Room, server: Sandbox, families: list[Family], files: Mapping[str, str]) -> None:
    """Nothing waits at MESH, nothing is lost, nobody is there twice, and each file became what it should."""
    assert server.waiting() == []
    assert dict(room.told("select file, state from intake_bundle")) == files
    assert Counter((one.given, one.family) for one in room.held()) == Counter(
        (one.called.given, one.called.family)
        for family in families
        for one in (*family.children, *family.adults)
    )
    named, since = (
        "select entry_id from intake_bundle order by 1",
        "select id from ledger_entry where id > %s order by 1",
    )
    assert room.told(named) == room.told(since, room.entries_before)


def test_what_waits_is_read_into_the_record_and_acknowledged(
    room: Room, mailbox: Post, server: Sandbox
) -> None:
    families = newcomers(4)
    sent = send(server, families)
    broken = f"{server.send(BROKEN, compress=True)} BIRTHNOTIFICATION_1"
    done = run(mailbox, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["read"], told["queued"], told["repeated"], told["left"]) == (len(sent), 1, 0, [])
    assert_all_once(room, server, families, {**dict.fromkeys(sent, "read"), broken: "queued"})
    again = run(mailbox)
    assert (again.returncode, again.stdout) == (0, "0 read into the record, 0 waiting, 0 repeated.\n")


def test_the_same_bytes_sent_twice_are_read_once(room: Room, mailbox: Post, server: Sandbox) -> None:
    content = as_file(well_formed("CH005"))
    first, second = server.send(content), server.send(content, max_chunk_size=900)
    done = json.loads(run(mailbox, "--format", "json").stdout)
    assert (done["read"], done["repeated"]) == (1, 1)
    assert room.states() == {"read": 1}
    assert server.waiting() == []
    assert {one["file"].split()[0] for one in done["files"]} == {first, second}


@pytest.mark.parametrize("workflow", ["GPCONNECT_SEND_DOCUMENT", ""], ids=["another", "none"])
def test_what_is_not_of_child_health_is_kept_and_waits_until_a_person_sends_it_back(
    room: Room, mailbox: Post, server: Sandbox, workflow: str
) -> None:
    sent = server.send(as_file(well_formed("CH005")), workflow=workflow or "X")
    if not workflow:
        (stored,) = (server.folder / "mailboxes").rglob(f"{sent}.json")
        stored.write_text(stored.read_text().replace('"workflow_id": "X"', '"workflow_id": ""'))
        server.reload()
    done = json.loads(run(mailbox, "--format", "json").stdout)
    assert [(one["state"], one["reasons"]) for one in done["files"]] == [("queued", ["other-workflow"])]
    assert server.waiting() == []
    assert room.held() == []
    room.superuser.execute("update intake_waiting set closed_at = now(), closed_as = 'read-again'")
    again = json.loads(run(mailbox, "--format", "json").stdout)
    assert [one["state"] for one in again["files"]] == ["read"]
    assert [one.part for one in room.held()] == ["child"]


def test_messages_of_every_published_workflow_are_read(room: Room, mailbox: Post, server: Sandbox) -> None:
    for number, workflow in enumerate(sorted(WORKFLOWS)):
        server.send(b"%d" % number, workflow=workflow)
    done = json.loads(run(mailbox, "--format", "json").stdout)
    assert {tuple(one["reasons"]) for one in done["files"]} == {("not-a-bundle",)}
    assert done["queued"] == len(WORKFLOWS) == 9


# Trouble


def test_killed_at_every_point_nothing_is_lost_and_nothing_read_twice(
    room: Room, mailbox: Post, server: Sandbox
) -> None:
    """A baby without a number in two messages, and one that waits: killed once at each point of the work."""
    (unnumbered,) = [one for one in newcomers(10) if not one.children[0].number]
    family = replace(unnumbered, adults=unnumbered.adults[:1])
    ended, point = -9, 0
    with stopping(mailbox, "mailbox") as stopped_at:
        while ended == -9:
            point += 1
            room.forget()
            server.forget()
            files = dict.fromkeys(send(server, [family]), "read")
            files[f"{server.send(BROKEN)} BIRTHNOTIFICATION_1"] = "queued"
            ended = stopped_at(point)
            assert stopped_at(0) == 0, f"killed at point {point}"
            assert_all_once(room, server, [family], files)
    assert ended == 0
    assert point > 40


def test_killed_while_mesh_is_being_told_the_message_is_safe_and_comes_again(
    room: Room, mailbox: Post, server: Sandbox
) -> None:
    families = newcomers(1)
    sent = send(server, families)
    server.trouble("PUT", "/acknowledged", None)
    with subprocess.Popen(
        command(mailbox), env=dict(mailbox.environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while not server.never_answered():
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
    assert room.states() == {"received": 1}
    assert len(server.waiting()) == len(sent)
    (server.folder / "trouble").unlink()
    assert run(mailbox).returncode == 0
    assert_all_once(room, server, families, dict.fromkeys(sent, "read"))


def test_two_at_once_share_the_mailbox(room: Room, mailbox: Post, server: Sandbox) -> None:
    families = newcomers(8)
    sent = send(server, families)
    both = [
        subprocess.Popen(command(mailbox), env=dict(mailbox.environment), stdout=subprocess.DEVNULL)
        for _ in "ab"
    ]
    assert [process.wait() for process in both] == [0, 0]
    assert_all_once(room, server, families, dict.fromkeys(sent, "read"))


def test_what_had_been_fetched_when_the_server_failed_is_read_all_the_same(
    room: Room, mailbox: Post, server: Sandbox
) -> None:
    families = newcomers(1)
    sent = send(server, families)
    server.trouble("PUT", "/acknowledged", 500)
    done = run(mailbox, "--format", "json")
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert (told["read"], len(told["left"])) == (len(sent), len(sent))
    assert {one["why"] for one in told["left"]} == {"MESH answered 500 for it. It is tried again next time."}
    (server.folder / "trouble").unlink()
    done = run(mailbox, "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["repeated"]) == (0, len(sent))
    assert_all_once(room, server, families, dict.fromkeys(sent, "read"))


def test_a_server_that_fails_again_and_again_is_not_asked_for_the_rest(
    room: Room, mailbox: Post, server: Sandbox
) -> None:
    for number in range(12):
        server.send(b"%d" % number)
    server.trouble("GET", "/inbox/", 500)
    done = run(mailbox, "--format", "json")
    assert done.returncode == 3
    assert done.stderr.startswith("MESH failed 10 times in a row. The rest stays in the mailbox.")
    assert len(json.loads(done.stdout)["left"]) == 10
    assert len(server.waiting()) == 12
    assert room.states() == {}


def test_each_trouble_is_one_sentence_and_never_tells_a_secret(
    room: Room, mailbox: Post, server: Sandbox
) -> None:
    for wrong, said in (
        ({"KEPT_MESH_PASSWORD": "opensesame"}, "MESH does not let mailbox X26ABC2 in (403)."),
        ({"KEPT_MESH_SHARED_KEY": ""}, "Not set: KEPT_MESH_SHARED_KEY."),
        ({"KEPT_MESH_ADDRESS": "http://127.0.0.1:1"}, "MESH does not answer at http://127.0.0.1:1."),
    ):
        done = run(mailbox, **wrong)
        assert done.returncode == 3
        assert done.stderr.startswith(said)
        assert done.stderr.count("\n") == 1
        assert "opensesame" not in done.stdout + done.stderr


def test_without_a_token_nothing_is_fetched(mailbox: Post, server: Sandbox, tmp_path: Path) -> None:
    server.send(b"{}")
    done = run(replace(mailbox, token=tmp_path / "nowhere"))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("There is no token in")
    assert len(server.waiting()) == 1
