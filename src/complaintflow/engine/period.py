"""Standing cases: what is owed once in a calendar period, and belongs to no complaint."""

from __future__ import annotations

import datetime as _dt

from complaintflow.audit.events import Opened, PeriodBegun
from complaintflow.engine.decide import finished
from complaintflow.engine.draft import SYSTEM, Draft
from complaintflow.engine.duties import states_of
from complaintflow.engine.outcome import Accepted
from complaintflow.engine.program import Program
from complaintflow.engine.standing import Standing, fold, view_of
from complaintflow.policy.policy import Policy
from complaintflow.policy.world import World

__all__ = ["begin_period", "first_day", "label_of", "number_of_period", "rests"]


def first_day(kind: str, day: _dt.date) -> _dt.date:
    """The first day of the week, month, quarter or year in which *day* lies."""
    if kind == "week":
        return day - _dt.timedelta(days=day.weekday())
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[kind]
    return _dt.date(day.year, month, 1)


def label_of(kind: str, day: _dt.date) -> str:
    """How people write the period in which *day* lies: ``2026-W11``, ``2026-03``, ``2026``."""
    if kind == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if kind == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return f"{day.year}-{day.month:02}" if kind == "month" else f"{day.year}"


def number_of_period(policy: Policy, label: str) -> str:
    """The number of the standing case of a period."""
    return f"{policy.id}/{label}"


def begin_period(
    program: Program, kind: str, day: _dt.date, world: World, now: int, occurred: int
) -> Accepted:
    """Open the standing case of a period.

    Args:
        program: The policy.
        kind: ``week``, ``month``, ``quarter`` or ``year``.
        day: A day of it.
        world: What may be asked.
        now: When it is recorded, microseconds since 1970 UTC.
        occurred: When the period begins.
    """
    policy = program.policy
    label = label_of(kind, day)
    draft = Draft(program, fold(program, number_of_period(policy, label), ()), world, now, "")
    opened = Opened(policy.id, policy.version, policy.digest)
    draft.add(opened, by=SYSTEM, role="", occurred=occurred)
    draft.add(PeriodBegun(kind, label), by=SYSTEM, role="", occurred=occurred)
    return finished(draft, occurred)


def rests(program: Program, standing: Standing) -> bool:
    """Whether a standing case has nothing left that anybody owes."""
    view = view_of(program, standing)
    return not any(
        state.is_owed or state.progress == "undecided"
        for duty in program.policy.duties
        for state in states_of(view, duty)
    )
