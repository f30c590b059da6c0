"""Working time: calendars, limits and due instants.

This part stands alone: it knows nothing of complaints. Names resolve when they are first
used, so that importing a calendar imports neither NumPy nor any other optional part.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from complaintflow.calendar.conventions import (
        BUNDLES,
        DEFAULT,
        EU_1182_71,
        PRC_CIVIL_CODE,
        Conventions,
    )
    from complaintflow.calendar.day import Day, DayKind
    from complaintflow.calendar.due import Due, Moved, Reprojection, due_many, due_us, reproject
    from complaintflow.calendar.limits import (
        CalendarDays,
        CustomersDate,
        Disagreeing,
        Elapsed,
        EventOrder,
        FixedPoint,
        Limit,
        Months,
        Promise,
        Recurring,
        Referenced,
        SameDay,
        Unset,
        WordOnly,
        WorkingDays,
        WorkingTime,
    )
    from complaintflow.calendar.outcome import Left
    from complaintflow.calendar.pausing import Projection, lag, lead, point_at_share, project
    from complaintflow.calendar.picture import week_view
    from complaintflow.calendar.recurring import Period, next_period, period_due_us
    from complaintflow.calendar.working import WorkingCalendar

__all__ = [
    "BUNDLES",
    "DEFAULT",
    "EU_1182_71",
    "PRC_CIVIL_CODE",
    "CalendarDays",
    "Conventions",
    "CustomersDate",
    "Day",
    "DayKind",
    "Disagreeing",
    "Due",
    "Elapsed",
    "EventOrder",
    "FixedPoint",
    "Left",
    "Limit",
    "Months",
    "Moved",
    "Period",
    "Projection",
    "Promise",
    "Recurring",
    "Referenced",
    "Reprojection",
    "SameDay",
    "Unset",
    "WordOnly",
    "WorkingCalendar",
    "WorkingDays",
    "WorkingTime",
    "due_many",
    "due_us",
    "lag",
    "lead",
    "next_period",
    "period_due_us",
    "point_at_share",
    "project",
    "reproject",
    "week_view",
]

_HOME = {
    "Day": "day",
    "DayKind": "day",
    "WorkingCalendar": "working",
    "Conventions": "conventions",
    "DEFAULT": "conventions",
    "PRC_CIVIL_CODE": "conventions",
    "EU_1182_71": "conventions",
    "BUNDLES": "conventions",
    "Due": "due",
    "Moved": "due",
    "Reprojection": "due",
    "due_many": "due",
    "due_us": "due",
    "reproject": "due",
    "CalendarDays": "limits",
    "CustomersDate": "limits",
    "Disagreeing": "limits",
    "Elapsed": "limits",
    "EventOrder": "limits",
    "FixedPoint": "limits",
    "Limit": "limits",
    "Months": "limits",
    "Promise": "limits",
    "Recurring": "limits",
    "Referenced": "limits",
    "SameDay": "limits",
    "Unset": "limits",
    "WordOnly": "limits",
    "WorkingDays": "limits",
    "WorkingTime": "limits",
    "Left": "outcome",
    "Projection": "pausing",
    "lag": "pausing",
    "lead": "pausing",
    "point_at_share": "pausing",
    "project": "pausing",
    "Period": "recurring",
    "next_period": "recurring",
    "period_due_us": "recurring",
    "week_view": "picture",
}


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
