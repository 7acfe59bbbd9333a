"""Handing a file over while others write to the same folder, or take from it."""

from pathlib import Path

import pytest

from kept.intake.arrivals import hand_over


class Sender:
    """Takes what it is handed, and puts another file in its place while the first is being taken."""

    def __init__(self, file: Path, *, then: bytes | None) -> None:
        self.file, self.then, self.received = file, then, list[bytes]()

    def take(self, *, content: bytes) -> bool:
        self.received.append(content)
        if self.then is not None:
            beside = self.file.with_name(".part")
            beside.write_bytes(self.then)
            beside.rename(self.file)
            self.then = None
        return True


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "taken").mkdir()
    (tmp_path / "message.json").write_bytes(b"first")
    return tmp_path / "message.json"


def test_a_file_that_comes_under_the_same_name_meanwhile_is_taken_too(file: Path) -> None:
    sender = Sender(file, then=b"second")
    assert hand_over(file, taken=file.parent / "taken", take=sender.take) is True
    assert sender.received == [b"first", b"second"]
    assert not file.exists()


def test_what_is_added_to_a_file_meanwhile_is_taken_too(file: Path) -> None:
    sender = Sender(file, then=None)

    def take(*, content: bytes) -> bool:
        if not sender.received:
            with file.open("ab") as writing:
                writing.write(b" and more")
        return sender.take(content=content)

    hand_over(file, taken=file.parent / "taken", take=take)
    assert sender.received == [b"first", b"first and more"]


def test_a_file_that_another_process_took_is_nobodys_trouble(file: Path) -> None:
    sender = Sender(file, then=None)
    assert hand_over(file.with_name("gone.json"), taken=file.parent / "taken", take=sender.take) is None
    assert sender.received == []


def test_a_file_that_is_taken_and_not_moved_is_still_there(file: Path) -> None:
    """Killed between the two: the next run finds it in the folder, and in the database."""
    sender = Sender(file, then=None)

    def take(*, content: bytes) -> bool:
        sender.take(content=content)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hand_over(file, taken=file.parent / "taken", take=take)
    assert file.read_bytes() == b"first"
