"""The summary of a ledger: counts and on-time rates by grade and department."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import attrs

from complaintflow.report.ledger import LedgerRow, Outcome, TargetOutcome

__all__ = ["Group", "Summary", "Tally", "percent", "summarise"]


@attrs.frozen
class Tally:
    """How often a target stood how.

    Every target that was owed is counted, so that nothing looks better than it is: what is
    overdue and still open counts against the rate, what is not due yet counts as in time.
    """

    on_time: int = 0
    late: int = 0
    running: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        """All targets of this kind."""
        return self.on_time + self.late + self.running + self.overdue

    @property
    def rate(self) -> Fraction | None:
        """The share that is not late: done in time or not due yet; None of nothing."""
        return Fraction(self.on_time + self.running, self.total) if self.total else None

    def plus(self, outcome: Outcome) -> Tally:
        """This tally and one target more."""
        name = outcome.replace(" ", "_")
        return attrs.evolve(self, **{name: getattr(self, name) + 1})


@attrs.frozen
class Group:
    """The cases of one grade and department.

    Args:
        grade: A grade's code; None are cases that have none.
        department: A department's code; None are cases that nobody is responsible for.
        cases: How many.
        open: How many of them are open.
        targets: Duty to how its targets stand.
    """

    grade: str | None
    department: str | None
    cases: int
    open: int
    targets: Mapping[str, Tally]


@attrs.frozen
class Summary:
    """Groups in the order of *grades* and departments, and the whole.

    A case with two departments is in two groups; the whole counts it once.
    """

    groups: tuple[Group, ...]
    whole: Group
    duties: tuple[str, ...]


def summarise(
    rows: Iterable[LedgerRow], grades: Iterable[str] = (), duties: Iterable[str] = ()
) -> Summary:
    """Count *rows* by grade and department.

    Args:
        rows: The ledger.
        grades: Grades from the most to the least severe; others follow in their own order.
        duties: Duties in the order in which they are shown; others follow in their own order.
    """
    rows = tuple(rows)
    order = {grade: index for index, grade in enumerate(grades)}
    members: dict[tuple[str | None, str | None], list[LedgerRow]] = {}
    for row in rows:
        for department in row.departments or (None,):
            members.setdefault((row.grade, department), []).append(row)

    def place(key: tuple[str | None, str | None]) -> tuple[int, str, bool, str]:
        grade, department = key
        rank = order.get(grade, len(order)) if grade is not None else len(order) + 1
        return rank, grade or "", department is None, department or ""

    ranks = {duty: index for index, duty in enumerate(duties)}
    groups = tuple(_group(*key, members[key], ranks) for key in sorted(members, key=place))
    whole = _group(None, None, rows, ranks)
    return Summary(groups, whole, tuple(whole.targets))


def _group(
    grade: str | None, department: str | None, rows: Sequence[LedgerRow], ranks: Mapping[str, int]
) -> Group:
    targets: dict[str, Tally] = {}
    for row in rows:
        for target in row.targets:
            targets[target.duty] = _add(targets.get(target.duty), target)
    order = sorted(targets, key=lambda duty: (ranks.get(duty, len(ranks)), duty))
    shown = {duty: targets[duty] for duty in order}
    return Group(grade, department, len(rows), sum(row.open for row in rows), shown)


def _add(tally: Tally | None, target: TargetOutcome) -> Tally:
    return (tally or Tally()).plus(target.outcome)


def percent(rate: Fraction | None) -> str:
    """``93.3 %``, rounded half up to one decimal; empty for None."""
    if rate is None:
        return ""
    tenths = (rate * 1000 + Fraction(1, 2)) // 1
    return f"{tenths // 10}.{tenths % 10} %"
