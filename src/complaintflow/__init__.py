"""Complaint procedures as data: grades, owners, deadlines, escalation, audit trail.

A company's written complaint procedure (客诉处理程序) becomes a typed, checked `Policy`; a `Desk`
runs cases under it inside the ERP, MES or helpdesk code that is already there.
`WorkingCalendar` and `Limit` stand alone.

Names are resolved when they are first used, so that importing the package costs little:
``from complaintflow import WorkingCalendar`` loads neither the engine nor a store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from complaintflow.audit.events import Event
    from complaintflow.audit.forecast import Forecast
    from complaintflow.audit.messages import Message
    from complaintflow.calendar import Due, WorkingCalendar
    from complaintflow.calendar.conventions import Conventions
    from complaintflow.calendar.limits import Limit
    from complaintflow.desk.book import PolicyBook
    from complaintflow.desk.book_entry import BookEntry
    from complaintflow.desk.desk import Desk
    from complaintflow.desk.people_file import load_people
    from complaintflow.desk.view import CaseView
    from complaintflow.domain.complaint import Complaint, Item
    from complaintflow.domain.domain import Domain
    from complaintflow.domain.loading import Loader
    from complaintflow.domain.values import Evidence, Money, Quantity, Ratio
    from complaintflow.engine.explain import Explanation
    from complaintflow.engine.outcome import Accepted, Refused
    from complaintflow.engine.owed import Owed
    from complaintflow.errors import (
        BeyondCoverageError,
        CalendarError,
        ComplaintFlowError,
        InvalidValueError,
        NaiveDatetimeError,
        NoInstantError,
        PolicyError,
        PolicyFileError,
        Problem,
        RefusedError,
        StoreError,
        UnknownCaseError,
    )
    from complaintflow.gallery import load_pack
    from complaintflow.moments import from_naive, instant
    from complaintflow.notify.courier import Courier
    from complaintflow.policy.person import Person
    from complaintflow.policy.policy import Policy
    from complaintflow.policy.world import Directory
    from complaintflow.policyfile import load_policy
    from complaintflow.store.memory import MemoryStore
    from complaintflow.store.protocol import CaseStore
    from complaintflow.store.sql import SqlStore

__version__ = "0.1.0"

_HOMES = {
    "Accepted": "engine.outcome",
    "BeyondCoverageError": "errors",
    "BookEntry": "desk.book_entry",
    "CalendarError": "errors",
    "CaseStore": "store.protocol",
    "CaseView": "desk.view",
    "Complaint": "domain.complaint",
    "ComplaintFlowError": "errors",
    "Conventions": "calendar.conventions",
    "Courier": "notify.courier",
    "Desk": "desk.desk",
    "Directory": "policy.world",
    "Domain": "domain.domain",
    "Due": "calendar",
    "Event": "audit.events",
    "Evidence": "domain.values",
    "Explanation": "engine.explain",
    "Forecast": "audit.forecast",
    "InvalidValueError": "errors",
    "Item": "domain.complaint",
    "Limit": "calendar.limits",
    "Loader": "domain.loading",
    "MemoryStore": "store.memory",
    "Message": "audit.messages",
    "Money": "domain.values",
    "NaiveDatetimeError": "errors",
    "NoInstantError": "errors",
    "Owed": "engine.owed",
    "Person": "policy.person",
    "Policy": "policy.policy",
    "PolicyBook": "desk.book",
    "PolicyError": "errors",
    "PolicyFileError": "errors",
    "Problem": "errors",
    "Quantity": "domain.values",
    "Ratio": "domain.values",
    "Refused": "engine.outcome",
    "RefusedError": "errors",
    "SqlStore": "store.sql",
    "StoreError": "errors",
    "UnknownCaseError": "errors",
    "WorkingCalendar": "calendar",
    "from_naive": "moments",
    "instant": "moments",
    "load_pack": "gallery",
    "load_people": "desk.people_file",
    "load_policy": "policyfile",
}

__all__ = [
    "Accepted",
    "BeyondCoverageError",
    "BookEntry",
    "CalendarError",
    "CaseStore",
    "CaseView",
    "Complaint",
    "ComplaintFlowError",
    "Conventions",
    "Courier",
    "Desk",
    "Directory",
    "Domain",
    "Due",
    "Event",
    "Evidence",
    "Explanation",
    "Forecast",
    "InvalidValueError",
    "Item",
    "Limit",
    "Loader",
    "MemoryStore",
    "Message",
    "Money",
    "NaiveDatetimeError",
    "NoInstantError",
    "Owed",
    "Person",
    "Policy",
    "PolicyBook",
    "PolicyError",
    "PolicyFileError",
    "Problem",
    "Quantity",
    "Ratio",
    "Refused",
    "RefusedError",
    "SqlStore",
    "StoreError",
    "UnknownCaseError",
    "WorkingCalendar",
    "from_naive",
    "instant",
    "load_pack",
    "load_people",
    "load_policy",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
