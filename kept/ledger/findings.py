"""What verifying says is wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed, in a sentence."""

    kind: str
    words: str
    entry: int | None = None
    seal: int | None = None
