"""Files of every kind in the folder where messages arrive: none is lost, none is written over, none stops the rest."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests import cast
from tests.rooms.intake.intake_room import Room
from tests.rooms.intake.messages import as_file, well_formed
from tests.rooms.intake.running import Post, Told, told_here

BIRTH, CONTACTS = as_file(well_formed("CH005")), as_file(well_formed("CH023"))


def run(post: Post, *options: str) -> Told:
    return told_here(*post.command(*options)[1:])


def answer(post: Post) -> dict[str, object]:
    done = run(post, "--format", "json")
    return {**json.loads(done.answer), "exit": done.code}


# What it says


def test_the_answer_for_programs_names_every_file_and_what_became_of_it(room: Room, post: Post) -> None:
    post.deliver({"1.json": BIRTH, "2.json": CONTACTS, "3.json": BIRTH, "4.json": b"{"})
    done = post.run("--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "read": 2,
        "queued": 1,
        "repeated": 1,
        "files": [
            {"file": "3.json", "state": "repeated", "reasons": []},
            {"file": "1.json", "state": "read", "reasons": []},
            {"file": "2.json", "state": "read", "reasons": []},
            {"file": "4.json", "state": "queued", "reasons": ["not-json"]},
        ],
        "left": [],
    }


def test_the_answer_for_people_counts_and_names_only_what_somebody_must_look_at(post: Post) -> None:
    post.deliver({"1.json": BIRTH, "2.json": b"{"})
    done = run(post)
    assert (done.code, done.errors) == (0, "")
    assert done.answer.splitlines() == [
        "2.json waits for a person: not-json",
        "1 read into the record, 1 waiting, 0 repeated.",
    ]


def test_an_empty_folder_is_no_trouble(post: Post) -> None:
    assert answer(post) == {"read": 0, "queued": 0, "repeated": 0, "files": [], "left": [], "exit": 0}


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("folder", "There is no folder"),
        ("token", "There is no token"),
        ("right token", "The token is not one of a process of this database"),
        ("token of a process", "The token is not one of a process of this database"),
        ("readable token", "The token is not one of a process of this database"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(post: Post, missing: str, sentence: str) -> None:
    post.deliver({"1.json": BIRTH})
    if missing == "token":
        post.token.unlink()
    elif missing == "folder":
        post.folder.rename(post.folder.with_name("elsewhere"))
    else:
        token = {"right token": "process:x", "token of a process": cast.token_of("hannah")}.get(
            missing, "\udcff\0"
        )
        post.token.write_bytes(os.fsencode(token))
    done = run(post)
    assert (done.code, done.answer) == (3, "")
    assert done.errors.startswith(sentence)
    assert missing == "folder" or post.waiting() == {"1.json"}


def test_a_process_that_may_not_read_messages_is_told_so_by_the_notice(room: Room, post: Post) -> None:
    room.superuser.execute("update staff_process set role = 'rights-officer' where name = 'intake'")
    post.deliver({"1.json": b"{"})
    try:
        done = run(post)
    finally:
        room.superuser.execute("update staff_process set role = 'intake' where name = 'intake'")
    assert (done.code, done.answer) == (4, "")
    assert "Traceback" not in done.errors
    assert answer(post)["queued"] == 1


# Which files are taken


def test_a_file_that_is_still_being_written_is_left_alone(post: Post) -> None:
    post.deliver({".1.json.part": BIRTH[:500], "2.json": CONTACTS})
    assert answer(post)["read"] == 1
    assert post.waiting() == {".1.json.part"}
    (post.folder / ".1.json.part").write_bytes(BIRTH)
    (post.folder / ".1.json.part").rename(post.folder / "1.json")
    assert answer(post)["read"] == 1


def test_folders_and_links_are_left_alone(post: Post, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(BIRTH)
    (post.folder / "link.json").symlink_to(tmp_path / "secret")
    (post.folder / "gone.json").symlink_to(tmp_path / "nowhere")
    (post.folder / "folder.json").mkdir()
    os.mkfifo(post.folder / "pipe.json")
    assert answer(post)["files"] == []
    assert {file.name for file in post.folder.iterdir()} == {
        "link.json",
        "gone.json",
        "folder.json",
        "pipe.json",
        "taken",
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"Saoirse \xc5\x9eahin.json", "Saoirse Şahin.json"),
        (b"a\nb\x1b[31mred.json", "a\\nb\\x1b[31mred.json"),
        (b"latin-\xe9.json", "latin-\\xe9.json"),
        ("right-to-left \u202e nosj.json".encode(), "right-to-left \\u202e nosj.json"),
        (b"[bold]; rm -rf $HOME 'x' %s {0}.json", "[bold]; rm -rf $HOME 'x' %s {0}.json"),
        (b"n" * 250, "n" * 250),
        (b"-v", "-v"),
        (b"no ending", "no ending"),
    ],
    ids=["letters", "control", "not utf-8", "right to left", "markup", "250 bytes", "option", "no ending"],
)
def test_a_file_may_be_called_anything(post: Post, name: bytes, shown: str) -> None:
    folder = os.fsencode(post.folder)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(b"{")
    assert answer(post)["files"] == [{"file": shown, "state": "queued", "reasons": ["not-json"]}]
    assert os.listdir(os.path.join(folder, b"taken")) == [name]


def test_a_file_that_is_too_large_stays_and_the_others_are_taken(room: Room, post: Post) -> None:
    with (post.folder / "1-large.json").open("wb") as large:
        large.truncate(30_000_000)
    post.deliver({"2.json": BIRTH})
    done = run(post, "--format", "json")
    assert done.code == 1
    said = json.loads(done.answer)
    assert (said["read"], said["left"]) == (
        1,
        [{"file": "1-large.json", "why": "It is larger than 20,000,000 bytes. Ask the sender what it is."}],
    )
    assert post.waiting() == {"1-large.json"}
    assert room.states() == {"read": 1}


def test_a_second_file_of_one_name_is_not_written_over_the_first(post: Post) -> None:
    for content in (BIRTH, CONTACTS, b"{"):
        post.deliver({"message.json": content})
        assert answer(post)["exit"] == 0
    taken = post.folder / "taken"
    assert {file.relative_to(taken).as_posix(): file.read_bytes() for file in taken.rglob("*.json")} == {
        "message.json": BIRTH,
        "2/message.json": CONTACTS,
        "3/message.json": b"{",
    }


def test_a_file_that_cannot_be_moved_is_read_once_and_told_every_time(post: Post) -> None:
    post.deliver({"message.json": BIRTH})
    answer(post)
    (post.folder / "taken" / "2").write_text("in the way")
    post.deliver({"message.json": CONTACTS, "other.json": b"{"})
    first, second = answer(post), answer(post)
    assert (first["read"], first["queued"], first["exit"]) == (1, 1, 1)
    assert (second["read"], second["queued"], second["exit"]) == (0, 0, 1)
    for said in (first, second):
        ((left,),) = (said["left"],)  # type: ignore[misc]
        assert left["file"] == "message.json"  # type: ignore[index]
        assert "See whose file it is" in left["why"]  # type: ignore[index]
    assert post.waiting() == {"message.json"}


@pytest.mark.parametrize("where", ["of the kernel", "with a file in the way"])
def test_a_folder_that_cannot_be_written_is_told_before_anything_is_taken(
    room: Room, post: Post, where: str
) -> None:
    if where == "of the kernel":
        post = replace(post, folder=Path("/proc"))
    else:
        post.deliver({"1.json": BIRTH, "taken": b""})
    done = run(post)
    assert (done.code, done.answer) == (3, "")
    assert done.errors.startswith("Nothing was taken in: there is no folder")
    assert room.states() == {}


# A fault of the program


def test_a_message_that_the_program_fails_on_is_kept_and_does_not_stop_the_rest(
    room: Room, post: Post
) -> None:
    room.superuser.execute("revoke insert on record_email from kept_intake")
    post.deliver({"1.json": CONTACTS, "2.json": b"{"})
    try:
        done = run(post, "--format", "json")
    finally:
        room.superuser.execute("grant insert on record_email to kept_intake")
    said = json.loads(done.answer)
    assert (done.code, said["read"], said["queued"]) == (1, 0, 1)
    ((left,),) = (said["left"],)
    assert left["file"] == "1.json"
    assert left["why"].startswith("Kept itself failed (ProgrammingError, actions.py:")
    assert room.held() == []
    assert answer(post)["read"] == 1
