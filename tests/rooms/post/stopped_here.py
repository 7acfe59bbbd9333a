"""A program that prepares letters, and is killed wherever it happens to be."""

import sys
from pathlib import Path
from uuid import UUID

from kept.post.outbox import Outbox

if __name__ == "__main__":
    outbox = Outbox(Path(sys.argv[1]))
    for number in range(1, 1_000_000):
        letter = UUID(int=number)
        outbox.prepare(letter, f"{number} ".encode() * 20_000, kind="txt")
        sys.stdout.write(f"{letter}\n")
        sys.stdout.flush()
        outbox.release(letter)
