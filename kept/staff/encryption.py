"""What nobody may read in the database or in a copy of it: second factors, and what a session holds.

The key comes from the setting SECOND_FACTOR_KEY. Several secrets may stand there, separated by commas, the
newest first: what was encrypted with an older one can still be read.
"""

import base64
import hashlib
from enum import StrEnum
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Use(StrEnum):
    """What a text is encrypted for: one that was made for the one use is no good for the other."""

    SECOND_FACTOR = "second factor"
    SESSION = "session"


class Unreadable(Exception):
    """The text was not encrypted for this use with any of the keys that the settings hold."""


def encrypt(text: str, *, use: Use) -> str:
    return _cipher(settings.SECOND_FACTOR_KEY, use).encrypt(text.encode()).decode()


def decrypt(text: str, *, use: Use) -> str:
    """Raises `Unreadable` when the text was changed, was never encrypted, or the key is gone."""
    try:
        return _cipher(settings.SECOND_FACTOR_KEY, use).decrypt(text.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


@cache
def _cipher(key: str, use: Use) -> MultiFernet:
    return MultiFernet([Fernet(_derived(secret.strip(), use)) for secret in key.split(",")])


def _derived(secret: str, use: Use) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"kept {use}: {secret}".encode()).digest())
