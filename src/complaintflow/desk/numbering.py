"""Case numbers: a pattern, a period, a serial without gaps."""

from __future__ import annotations

import re

from pendulum import DateTime

from complaintflow.errors import InvalidValueError
from complaintflow.policy.policy import Policy
from complaintflow.store.protocol import UnitOfWork

__all__ = ["next_number"]

DEFAULT = "{YYYY}-{serial:04}"
_SERIAL = re.compile(r"\{serial(?::0(\d))?\}")
_PERIODS = {"{YYYY}": "%Y", "{YY}": "%y", "{MM}": "%m", "{DD}": "%d"}


def next_number(policy: Policy, work: UnitOfWork, at: DateTime) -> str:
    """The next number of the policy's pattern; the serial begins anew with each period.

    Policies with the same pattern share its serials: a number names one case of the store.

    Raises:
        InvalidValueError: the serial has outgrown its width, so numbers would no longer sort.
    """
    pattern = next((r.number for r in policy.records if r.number), DEFAULT)
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
