"""Files that arrive in a folder, and where they go once they are taken in.

A sender writes under a hidden name and renames, so that a file is seen whole or not at all. A file leaves the
folder only when the database holds it: where the work is cut off in between, the next run takes it again and
finds it there. A file is never written over by another of its name.
"""

import os
from collections.abc import Callable
from itertools import chain, count
from pathlib import Path

LARGEST_BYTES = 20_000_000


class LeftAlone(Exception):
    """The file stays where it is; the message says why, and what to do."""


def arrived(folder: Path) -> list[Path]:
    """The files of a folder by name: nothing hidden, no folder, and no link, which could lead anywhere."""
    with os.scandir(folder) as found:
        return sorted(
            Path(one.path)
            for one in found
            if not one.name.startswith(".") and one.is_file(follow_symlinks=False)
        )


def shown(file: Path) -> str:
    """The name as it can be stored and printed anywhere: what is no letter or sign is spelt out."""
    return printable(os.fsencode(file.name).decode("utf-8", "backslashreplace"))


def printable(name: str) -> str:
    """A name that somebody else gave, with whatever is no letter or sign spelt out."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in name)


def hand_over(file: Path, *, taken: Path, take: Callable[..., bool]) -> bool | None:
    """Give the content of a file to `take`, then move it to the folder `taken`; what `take` answered.

    None where the file is gone: another process was quicker. Raises LeftAlone.
    """
    try:
        content, stamp = _read(file)
        answer = take(content=content)
        moved = _put_away(file, taken)
        if _stamp(moved) != stamp:  # another file came under this name while the first was read
            take(content=_read(moved)[0])
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LeftAlone(f"It cannot be read or moved ({error.strerror}). See whose file it is.") from error
    return answer


def _read(file: Path) -> tuple[bytes, tuple[int, ...]]:
    with file.open("rb") as opened:
        if os.fstat(opened.fileno()).st_size > LARGEST_BYTES:
            raise LeftAlone(f"It is larger than {LARGEST_BYTES:,} bytes. Ask the sender what it is.")
        return opened.read(), _stamp(opened.fileno())


def _stamp(file: Path | int) -> tuple[int, ...]:
    """What tells this file, as it stands, from any other and from itself once it is written to."""
    found = os.stat(file)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _put_away(file: Path, taken: Path) -> Path:
    """Move a file to `taken`, or to the first of the folders 2, 3 and so on in it that has none of its name."""
    folders = chain([taken], (taken / str(number) for number in count(2)))
    place = next(folder / file.name for folder in folders if not (folder / file.name).exists())
    place.parent.mkdir(exist_ok=True)
    return file.rename(place)
