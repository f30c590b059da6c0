"""Case numbers: a pattern, a period, a serial without gaps."""

from __future__ import annotations

import re

import attrs
from pendulum import DateTime, Timezone

from complaintflow.errors import InvalidValueError
from complaintflow.moments import from_micros
from complaintflow.policy.expression import text
from complaintflow.policy.policy import Policy
from complaintflow.store.protocol import UnitOfWork

__all__ = ["StoreSerials", "next_number"]

DEFAULT = "{YYYY}-{serial:04}"
_SERIAL = re.compile(r"\{serial(?::0(\d))?\}")
_PERIODS = {"{YYYY}": "%Y", "{YY}": "%y", "{MM}": "%m", "{DD}": "%d"}


def next_number(policy: Policy, work: UnitOfWork, at: DateTime) -> str:
    """The next number of the policy's pattern; the serial begins anew with each period.

    Policies with the same pattern share its serials: a number names one case of the store.

    Raises:
        InvalidValueError: the serial has outgrown its width, so numbers would no longer sort.
    """
    opens = {step.code for step in policy.steps if step.opens}
    patterns = (
        record.number
        for record in policy.records
        if record.number and (record.numbered is None or text(record.numbered) in opens)
    )
    return number_of(next(patterns, DEFAULT), work, at)


@attrs.frozen
class StoreSerials:
    """Numbers that cases get on their way, from the store.

    Args:
        work: The unit of work in which they are recorded.
        zone: Whose day decides on the period.
    """

    work: UnitOfWork
    zone: Timezone

    def next(self, pattern: str, at: int) -> str:
        """The next number of *pattern* at an instant, microseconds since 1970 UTC."""
        return number_of(pattern, self.work, from_micros(at, self.zone))


def number_of(pattern: str, work: UnitOfWork, at: DateTime) -> str:
    """The next number of *pattern*.

    Raises:
        InvalidValueError: it has no serial, or the serial has outgrown its width.
    """
    for place, form in _PERIODS.items():
        pattern = pattern.replace(place, at.strftime(form))
    width = _SERIAL.search(pattern)
    if width is None:
        raise InvalidValueError(
            f"a number's pattern has a serial such as '{{serial:04}}', got {pattern!r}"
        )
    serial = work.next_serial(pattern)
    digits = int(width[1] or 1)
    if width[1] and len(str(serial)) > digits:
        raise InvalidValueError(f"serial {serial} is wider than the {digits} digits of {pattern!r}")
    return _SERIAL.sub(f"{serial:0{digits}}", pattern)
