"""The keys that seal the ledger. The private half is in one file, where the sealer runs, and nowhere else."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from kept.ledger.heads import stamp


class KeyTrouble(Exception):
    """The sealing key is not there, or is not the one; its words say what to do."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key, from when it sealed, and the word of the key before it (none for the first, or a lost one)."""

    id: str
    public: bytes
    from_at: datetime
    before: str = ""
    signature: bytes = b""

    def text(self) -> bytes:
        """What the key before it signs."""
        return (
            f"kept ledger key\nid {self.id}\npublic {self.public.hex()}\nfrom {stamp(self.from_at)}\n"
            f"before {self.before}\n"
        ).encode()

    def signed(self, text: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "public": self.public.hex(),
            "from": stamp(self.from_at),
            "before": self.before,
            "signature": self.signature.hex(),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "PublicKey":
        """Raises KeyError, TypeError or ValueError where it is not a key."""
        public = bytes.fromhex(told["public"])
        if told["id"] != id_of(public):
            raise ValueError("the id is not that of the key")
        return cls(
            told["id"], public, datetime.fromisoformat(told["from"]), str(told.get("before", "")),
            bytes.fromhex(told.get("signature", "")),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signer:
    """The private half, as it is in memory of the sealer, and the file that it is from."""

    private: Ed25519PrivateKey
    file: Path | None = None

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def id(self) -> str:
        return id_of(self.public)

    def sign(self, text: bytes) -> bytes:
        return self.private.sign(text)


def id_of(public: bytes) -> str:
    return sha256(public).hexdigest()[:16]


def new_signer() -> Signer:
    return Signer(Ed25519PrivateKey.generate())


def read_signer(file: Path) -> Signer:
    """The key in a file. Raises KeyTrouble."""
    try:
        found = load_pem_private_key(file.read_bytes(), password=None)
    except FileNotFoundError:
        raise KeyTrouble(
            f"There is no sealing key in {file}. Put it there, or name its file in KEPT_SEALING_KEY. If it is "
            "lost, say so, and a new one is made: kept ledger key replace"
        ) from None
    except (OSError, ValueError) as error:
        raise KeyTrouble(f"The sealing key in {file} cannot be read: {error}") from error
    if not isinstance(found, Ed25519PrivateKey):
        raise KeyTrouble(f"The key in {file} is not an Ed25519 key.")
    return Signer(found, file)


def write_signer(file: Path, signer: Signer) -> None:
    """Write a key, private from the first byte. Raises FileExistsError rather than write over one."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = signer.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with _written(file, content) as beside:
        os.link(beside, file)


def write_over(file: Path, content: bytes) -> None:
    """Put a file in the place of the one that is there, if there is one."""
    with _written(file, content) as beside:
        beside.replace(file)


@contextmanager
def _written(file: Path, content: bytes) -> Iterator[Path]:
    """All of a file, on the disk, beside its place: whoever is killed meanwhile leaves what was there."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    try:
        yield beside
    finally:
        beside.unlink(missing_ok=True)
