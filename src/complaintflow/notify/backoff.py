"""When a message that did not go out is tried again, and when it is given up."""

from __future__ import annotations

import hashlib
from typing import Final

import attrs

from complaintflow.errors import InvalidValueError

__all__ = ["Backoff"]

_SECOND: Final = 1_000_000


def _positive(_: object, attribute: attrs.Attribute[int], value: int) -> None:
    if type(value) is not int or value < 1:
        raise InvalidValueError(f"{attribute.name} is a whole number from 1, got {value!r}")


@attrs.frozen
class Backoff:
    """Waits that double, each shortened by up to a half so that not all come back at once.

    How much is taken off follows from the message's key and the attempt, not from chance: the
    same failure is always tried again at the same instant, and different messages spread out.

    Args:
        first: The longest wait after the first attempt, seconds.
        longest: No wait is longer, seconds; also bounds what a receiver may ask for.
        attempts: After so many the message is given up: it becomes a dead letter. The defaults
            try for about two days.
    """

    first: int = attrs.field(default=60, validator=_positive)
    longest: int = attrs.field(default=4 * 3600, validator=_positive)
    attempts: int = attrs.field(default=20, validator=_positive)

    def wait(self, key: str, attempt: int, asked: int | None = None) -> int:
        """How long after the failed *attempt* (from 1) the next one comes, in microseconds.

        Between a half and the whole of ``min(first * 2 ** (attempt - 1), longest)``; longer
        where the receiver *asked* for so many seconds, but never longer than ``longest``.
        """
        doublings = min(attempt - 1, self.longest.bit_length())
        most = min(self.first << doublings, self.longest) * _SECOND
        drawn = hashlib.sha256(f"{attempt}:{key}".encode("utf-8", "surrogatepass")).digest()
        taken = most // 2 * int.from_bytes(drawn[:8], "big") >> 64
        return max(most - taken, min(asked or 0, self.longest) * _SECOND)

    def retry_at(self, key: str, attempt: int, now: int, asked: int | None = None) -> int | None:
        """When to try again, microseconds since 1970 UTC; None: the *attempt* was the last."""
        return None if attempt >= self.attempts else now + self.wait(key, attempt, asked)
