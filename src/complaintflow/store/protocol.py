"""What a store of cases promises: units of work, each all or nothing.

`complaintflow.testing.contracts.StoreContract` is this promise as tests; run it on a store
of your own. Instants are integers: microseconds since 1970 UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import attrs

from complaintflow.audit.chain import Anchor, Row
from complaintflow.audit.delivery import Delivery
from complaintflow.audit.events import Event
from complaintflow.audit.messages import Message

__all__ = ["LEASE", "CaseStatus", "CaseStore", "Outcome", "UnitOfWork"]

LEASE = 300_000_000
"""How long a claimed message stays with its worker: five minutes, in microseconds."""


@attrs.frozen
class CaseStatus:
    """What a store must know about a case without reading its events.

    Args:
        state: The workflow state.
        open: Whether anything may still be owed.
        received: When the complaint was received, microseconds since 1970 UTC.
        policy: Digest of the policy that the case is under.
        attention: The next instant at which a sweep must look at it; None: never.
        keys: Index entries (name, key) under which `UnitOfWork.find` finds the case.
    """

    state: str
    open: bool
    received: int
    policy: str = ""
    attention: int | None = None
    keys: frozenset[tuple[str, str]] = frozenset()


@attrs.frozen
class Outcome:
    """What a command led to, kept so that repeating it gives the same answer.

    Args:
        fingerprint: Digest of the command's content; another one under the same id is an error.
        case_id: The case that it was about.
        from_position: Position of its first event.
        to_position: Position of its last event; below *from_position* when there was none.
    """

    fingerprint: str
    case_id: str
    from_position: int
    to_position: int


class UnitOfWork(Protocol):
    """Reads and writes that happen together or not at all; reads see its own writes.

    It belongs to one thread, and is of no use after its ``with`` block.
    """

    # -- cases ---------------------------------------------------------------------------

    def load(self, case_id: str) -> tuple[Event, ...]:
        """Every event of a case, by position.

        Raises:
            UnknownCaseError: no case has that number.
            BrokenTrailError: a personal value is not the one that was sealed.
        """
        ...

    def append(
        self,
        case_id: str,
        events: Sequence[Event],
        *,
        expected_version: int,
        status: CaseStatus,
        personal: frozenset[str] = frozenset(),
    ) -> None:
        """Write *events* behind the *expected_version* events that the caller has read.

        Args:
            case_id: The case; it begins with ``expected_version=0``.
            events: Positions go on from *expected_version*; may be empty for a known case.
            expected_version: How many events the decision was based on.
            status: Replaces the status; its keys replace all earlier keys.
            personal: Names of facts whose values enter the trail as salted digests only.

        Raises:
            StaleVersionError: somebody else wrote first; load again and decide anew.
            UnknownCaseError: *expected_version* is above zero and there is no such case.
            InvalidValueError: positions leave a gap, or a new case has no event.
        """
        ...

    def status(self, case_id: str) -> CaseStatus:
        """The status as last written. Raises UnknownCaseError."""
        ...

    def version(self, case_id: str) -> int:
        """How many events the case has; 0 when there is no such case."""
        ...

    def trail(self, case_id: str) -> tuple[Row, ...]:
        """Canonical rows with their links, for `verify`. Raises UnknownCaseError."""
        ...

    def anchor(self, case_id: str) -> Anchor:
        """Length and last link as the store keeps them beside the trail. UnknownCaseError."""
        ...

    def erase(self, case_id: str, names: frozenset[str] | None = None) -> int:
        """Forget personal values for ever; the chain stays verifiable.

        Messages of the case lose them too, whether they were delivered or not. Index entries
        are what the caller made of values: write the status anew.

        Args:
            case_id: The case. Raises UnknownCaseError.
            names: Names of the facts; None: every personal value of the case.

        Returns:
            How many values were forgotten. They load as `Erased` from now on.
        """
        ...

    # -- questions about many cases ------------------------------------------------------

    def find(
        self,
        name: str,
        key: str,
        *,
        since: int | None = None,
        before: int | None = None,
        exclude: str = "",
    ) -> tuple[str, ...]:
        """Cases received in [since, before) with the index entry, by (received, id).

        The answer stays true until the unit of work ends: whoever writes such an entry waits.
        """
        ...

    def tally(self, name: str, keys: Sequence[str]) -> dict[str, int]:
        """How many cases have each of the index entries (*name*, key); those with none missing.

        Unlike with `find`, who writes such an entry does not wait: the answer may be old by the
        time the unit of work ends.
        """
        ...

    def due(self, now: int, limit: int) -> tuple[str, ...]:
        """At most *limit* cases with ``attention <= now``, oldest attention first, then id.

        Costs what is due, not what is open.
        """
        ...

    def cases(self, *, open: bool | None = None, state: str | None = None) -> Iterator[str]:  # noqa: A002
        """Numbers of cases by (received, id); None does not filter."""
        ...

    # -- commands ------------------------------------------------------------------------

    def outcome(self, command_id: str) -> Outcome | None:
        """What that command led to, if it was ever remembered."""
        ...

    def remember(self, command_id: str, outcome: Outcome) -> None:
        """Keep what a command led to.

        Raises:
            StaleVersionError: it was remembered already, perhaps a moment ago by another
                worker; start again and ask `outcome` first.
        """
        ...

    # -- outbox --------------------------------------------------------------------------

    def post(self, messages: Sequence[Message]) -> None:
        """Put messages into the outbox; a key that was posted before is not posted again."""
        ...

    def pending(self, now: int, limit: int, *, lease: int = LEASE) -> tuple[Delivery, ...]:
        """Claim at most *limit* messages ready at *now*, longest ready first, then by key.

        No other worker gets them until *lease* microseconds after *now*; one that is neither
        delivered nor failed by then is handed out again. So each message goes out at least
        once; receivers tell repetitions by its key.
        """
        ...

    def delivered(self, key: str) -> None:
        """The message went out; it is never handed out again. Raises UnknownMessageError."""
        ...

    def failed(self, key: str, error: str, retry_at: int | None) -> None:
        """The message did not go out; hand it out again at *retry_at*, or give up (None).

        A message that was delivered meanwhile stays delivered. Raises UnknownMessageError.
        """
        ...

    def dead(self) -> tuple[Delivery, ...]:
        """Messages that were given up, by (at, key)."""
        ...

    def resend(self, key: str) -> None:
        """Hand the message out again, whatever became of it, its attempts counted from 0.

        Raises UnknownMessageError.
        """
        ...

    # -- numbers and documents -----------------------------------------------------------

    def next_serial(self, series: str) -> int:
        """The next number of *series*, from 1, without gaps: a rollback gives it back."""
        ...

    def save_document(self, kind: str, digest: str, text: str) -> None:
        """Keep a policy or calendar for ever; saving the same again does nothing.

        Raises:
            StoreError: another text is kept under that kind and digest.
        """
        ...

    def document(self, kind: str, digest: str) -> str | None:
        """The text kept under that kind and digest, if any."""
        ...


class CaseStore(Protocol):
    """Where cases are kept."""

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work: committed when the block ends, rolled back when it raises.

        Raises:
            StoreError: this thread has one open already.
        """
        ...
