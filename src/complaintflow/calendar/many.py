"""Due instants of many starts at once: the same answers as one by one."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from complaintflow.calendar.conventions import DEFAULT, Conventions
from complaintflow.calendar.due import due
from complaintflow.calendar.limits import Limit, WorkingTime
from complaintflow.calendar.outcome import beyond_coverage, due_us, outcome
from complaintflow.errors import BeyondCoverageError, InvalidValueError

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["due_many"]


def due_many(
    calendar: WorkingCalendar,
    starts: Any,
    limit: Limit | str,
    conventions: Conventions | None = None,
    *,
    beyond: Literal["ordinary weeks"] | None = None,
) -> Any:
    """The due instants of many starts.

    Args:
        calendar: The calendar.
        starts: Aware datetimes, ints (microseconds since 1970 UTC), or a NumPy array of
            int64 (microseconds) or datetime64 (UTC).
        limit: One limit for all, or its text.
        conventions: The choices for day-counted limits.
        beyond: ``"ordinary weeks"`` to count on beyond the coverage, else that is refused.

    Returns:
        For datetimes a list of `Due`; for ints a list of ints, None where a limit has no
        instant; for arrays an int64 or datetime64[us] array.

    Raises:
        BeyondCoverageError: an answer rests on a date that is not covered.
        NoInstantError: the limit is unset or given elsewhere.
        InvalidValueError: the starts are none of these, or an array would have to hold that
            a limit has no instant.
    """
    if isinstance(limit, str):
        limit = Limit.parse(limit)
    if beyond not in (None, "ordinary weeks"):
        raise InvalidValueError(f"beyond is None or 'ordinary weeks', got {beyond!r:.60}")
    if hasattr(starts, "dtype"):
        return _array(calendar, starts, limit, conventions, beyond)
    if not isinstance(starts, Sequence) or isinstance(starts, str):
        raise InvalidValueError(
            "starts must be a sequence of datetimes or ints, or a NumPy array, "
            f"got {type(starts).__name__}"
        )
    strict = beyond is None
    if starts and all(isinstance(start, _dt.datetime) for start in starts):
        return [due(calendar, start, limit, conventions, strict=strict) for start in starts]
    if not all(type(start) is int for start in starts):
        raise InvalidValueError("starts must be all aware datetimes or all ints (microseconds)")
    return _ints(calendar, starts, limit, conventions, strict=strict)


def _ints(
    calendar: WorkingCalendar,
    starts: Sequence[int],
    limit: Limit,
    conventions: Conventions | None,
    *,
    strict: bool,
) -> list[int | None]:
    if not strict or calendar.coverage is None:
        return [due_us(calendar, start, limit, conventions) for start in starts]
    chosen = conventions or DEFAULT
    found: list[int | None] = []
    for start in starts:
        one = outcome(calendar, start, limit, chosen, ())
        why = beyond_coverage(calendar, limit, chosen, one)
        if why is not None:
            raise BeyondCoverageError(
                f"a due instant rests on {why.date}, and holidays are known only from "
                f"{why.first} to {why.last}; say beyond='ordinary weeks' to count on",
                why.date,
                (why.first, why.last),
            )
        found.append(one.due)
    return found


def _array(
    calendar: WorkingCalendar,
    starts: Any,
    limit: Limit,
    conventions: Conventions | None,
    beyond: Literal["ordinary weeks"] | None,
) -> Any:
    import numpy as np

    if starts.dtype.kind == "M":
        micros = starts.astype("datetime64[us]").astype("int64")
    elif starts.dtype == np.int64:
        micros = starts
    else:
        raise InvalidValueError(
            f"an array of starts is int64 (microseconds) or datetime64, got {starts.dtype}"
        )
    if starts.dtype.kind == "M" and np.isnat(starts).any():
        raise InvalidValueError("an array of starts has no missing instants (NaT)")
    if isinstance(limit, WorkingTime):  # one bisection for all of them
        seconds = micros - micros % 1_000_000
        amount = _dt.timedelta(seconds=limit.seconds)
        result = calendar.add_many(seconds, amount, beyond=beyond)
        return result.astype("datetime64[us]") if starts.dtype.kind == "M" else result
    found = _ints(calendar, micros.ravel().tolist(), limit, conventions, strict=beyond is None)
    if None in found:
        raise InvalidValueError(f"an array cannot hold that '{limit}' has no instant")
    result = np.array(found, dtype="int64").reshape(starts.shape)
    return result.astype("datetime64[us]") if starts.dtype.kind == "M" else result
