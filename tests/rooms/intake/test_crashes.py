"""Killed at any point, intake loses nothing, reads nothing twice and leaves nothing half-done."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.rooms.intake.intake_room import Room, newcomers
from tests.rooms.intake.messages import FIXTURES, as_file, well_formed
from tests.rooms.intake.running import NOW, Post, assert_all_once, files_about
from tests.rooms.intake.told import observation, quantity, told

ROOT = Path(__file__).parents[3]


@contextmanager
def stopping(post: Post, place: str = "") -> Iterator[Callable[[int], int]]:
    """The work in a process of its own, as often as asked, killed at the point that is named."""
    place = place or str(post.folder)
    command = [sys.executable, "-m", "tests.rooms.intake.stopping", place, str(post.token), NOW]
    with subprocess.Popen(
        command,
        env=dict(post.environment),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def run(point: int) -> int:
            assert process.stdin
            assert process.stdout
            process.stdin.write(f"{point}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield run
        assert process.stdin
        process.stdin.close()


def test_killed_at_every_point_it_goes_on_where_it_was(room: Room, post: Post) -> None:
    """A baby without a number in two messages, and one that waits: killed once at each point of the work."""
    (unnumbered,) = [one for one in newcomers(10) if not one.children[0].number]
    family = replace(unnumbered, adults=unnumbered.adults[:1])
    waiting = {"9.json": (FIXTURES / "CH005-not-json.json").read_bytes()}
    ended, point = -9, 0
    with stopping(post) as run:
        while ended == -9:
            point += 1
            room.forget()
            post.empty()
            post.deliver({**files_about([family]), **waiting})
            ended = run(point)
            assert run(0) == 0, f"killed at point {point}"
            assert_all_once(room, post, [family], waiting)
    assert ended == 0
    assert point > 30


def test_killed_at_every_point_what_is_told_and_corrected_is_there_once(room: Room, post: Post) -> None:
    """A birth, what was measured then, and a newer version of that: whole, or not there yet."""
    measured = told(
        "CH018", observation("27113001", quantity(3.5, "kg")), observation("363812007", quantity(34, "cm"))
    )
    newer = told("CH018", observation("27113001", quantity(3.4, "kg")), version=2, change="update")
    files = {
        f"{place}.json": as_file(one) for place, one in enumerate((well_formed("CH005"), measured, newer))
    }
    held = "select kind, value, until_on is null from record_measurement where person_id > %s order by id"
    ended, point = -9, 0
    with stopping(post) as run:
        while ended == -9:
            point += 1
            room.forget()
            post.empty()
            post.deliver(files)
            ended = run(point)
            assert len(room.told(held, room.before)) in (0, 2, 3), "all of a message, or nothing"
            assert run(0) == 0, f"killed at point {point}"
            assert room.told(held, room.before) == [
                ("weight", 3500, False),
                ("head-circumference", 340, False),
                ("weight", 3400, True),
            ]
            assert room.states() == {"read": 3}
    assert ended == 0
    assert point > 20


def killed_after(post: Post, room: Room, milliseconds: int) -> int:
    """Start the command, let it work for so long from the moment it begins, and kill it."""
    before = len(post.waiting())
    with post.start() as process:
        done = "select count(*) from intake_bundle where state <> 'received'"
        begun = room.one(done)
        while process.poll() is None and len(post.waiting()) == before and room.one(done) == begun:
            time.sleep(0.005)
        time.sleep(milliseconds / 1000)
        process.kill()
        return process.wait()


def test_the_command_killed_again_and_again_comes_to_the_same_end(room: Room, post: Post) -> None:
    families = newcomers(24)
    waiting = {"9.json": (FIXTURES / "CH005-not-json.json").read_bytes()}
    post.deliver({**files_about(families), **waiting})
    ended = [killed_after(post, room, milliseconds) for milliseconds in (0, 100, 300)]
    assert ended.count(-9) >= 2, "it was too quick to be killed"
    post.told()
    assert_all_once(room, post, families, waiting)


def test_two_at_once_on_one_folder_share_the_work(room: Room, post: Post) -> None:
    families = newcomers(24)
    waiting = {"9.json": (FIXTURES / "CH005-not-json.json").read_bytes()}
    post.deliver({**files_about(families), **waiting})
    both = [post.start(), post.start()]
    assert [process.wait() for process in both] == [0, 0]
    assert_all_once(room, post, families, waiting)
