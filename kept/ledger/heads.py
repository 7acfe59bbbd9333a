"""A head: what the tree was at one moment, signed, and linked to the head before it. Pure: no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

NO_HEAD = bytes(32)


@dataclass(frozen=True, slots=True)
class Head:
    """One signed head. `caught_up` says that nothing waited for a seal any more when it was signed."""

    number: int
    size: int
    root: bytes
    sealed_at: datetime
    caught_up: bool
    key: str
    previous: bytes
    signature: bytes = b""

    def text(self) -> bytes:
        """The very bytes that are signed."""
        return (
            f"kept ledger head\nnumber {self.number}\nsize {self.size}\nroot {self.root.hex()}\n"
            f"sealed at {stamp(self.sealed_at)}\ncaught up {'yes' if self.caught_up else 'no'}\n"
            f"key {self.key}\nbefore {self.previous.hex()}\n"
        ).encode()

    def hash(self) -> bytes:
        """By which the next head names this one: of its text and its signature."""
        return sha256(self.text() + b"signature " + self.signature.hex().encode() + b"\n").digest()

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "size": self.size,
            "root": self.root.hex(),
            "sealed_at": stamp(self.sealed_at),
            "caught_up": self.caught_up,
            "key": self.key,
            "before": self.previous.hex(),
            "signature": self.signature.hex(),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Head":
        """Raises KeyError, TypeError or ValueError where it is not a head."""
        return cls(
            number=int(told["number"]),
            size=int(told["size"]),
            root=bytes.fromhex(told["root"]),
            sealed_at=datetime.fromisoformat(told["sealed_at"]),
            caught_up=bool(told["caught_up"]),
            key=str(told["key"]),
            previous=bytes.fromhex(told["before"]),
            signature=bytes.fromhex(told["signature"]),
        )


def stamp(at: datetime) -> str:
    """A moment, the same way for ever."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
