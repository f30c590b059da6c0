"""Personal values beside the trail: the trail holds a salted digest, the vault the value.

Erasing an entry of the vault leaves the trail as it was, so its chain still verifies.
The salt keeps a short value (a phone number) from being guessed from its digest.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any, TypeAlias

import attrs

__all__ = ["Erased", "Kept", "Vault", "digest", "new_salt"]


@attrs.frozen
class Erased:
    """In place of a personal value that was erased; *digest* is what the trail holds."""

    digest: str

    def __str__(self) -> str:
        return "[erased]"


@attrs.frozen
class Kept:
    """A personal value and the salt of its digest."""

    value: Any
    salt: str


Vault: TypeAlias = Mapping[str, Kept]
"""Path inside an event's body, such as ``facts.phone``, to what is kept there."""


def new_salt() -> str:
    """128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def digest(salt: str, canonical: str) -> str:
    """SHA-256 of *salt*, a line feed and the *canonical* text of a value, in hexadecimal."""
    return hashlib.sha256(f"{salt}\n{canonical}".encode()).hexdigest()
