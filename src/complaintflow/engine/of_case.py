"""What expressions read of the case as a whole: its links, its period, whether it changed hands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from complaintflow.engine.links import is_closed
from complaintflow.policy.policy import Policy
from complaintflow.policy.scope import CASE, HANDED_OVER, PERIODS

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["readers_of_case"]


def readers_of_case(policy: Policy) -> dict[str, Callable[[View], Any]]:
    """A reader for each link and for each member of ``case``."""
    return {
        HANDED_OVER: lambda view: view.case.handed_over > 0,
        **{f"{CASE}.{period}": _within(period) for period in PERIODS},
        **{link.code: _all_closed(link.code) for link in policy.links},
    }


def _within(kind: str) -> Callable[[View], Any]:
    return lambda view: view.case.period is not None and view.case.period.kind == kind


def _all_closed(link: str) -> Callable[[View], Any]:
    return lambda view: is_closed(view, link)
