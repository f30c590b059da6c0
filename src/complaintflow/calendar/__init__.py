"""Working time: calendars, limits and due instants.

This part stands alone: it knows nothing of complaints. Names resolve when they are first
used, so that importing a calendar imports neither NumPy nor any other optional part.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from complaintflow.calendar.day import Day, DayKind
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["Day", "DayKind", "WorkingCalendar"]

_HOME = {"Day": "day", "DayKind": "day", "WorkingCalendar": "working"}


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
