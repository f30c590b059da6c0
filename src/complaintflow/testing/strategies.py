"""Lets Hypothesis build this package's values: ``st.from_type(WorkingCalendar)``.

Hypothesis calls `register` by itself where complaintflow is installed.
"""

from __future__ import annotations

from complaintflow.testing import calendars, limits

__all__ = ["register"]


def register() -> None:
    """Register a strategy for each type that users may want from ``st.from_type``."""
    calendars.register()
    limits.register()
