"""An outlook: what falls due over many cases, counted for those who plan the week."""

from __future__ import annotations

import datetime as _dt
from collections import Counter

import attrs
from pendulum import DateTime

from complaintflow.audit.forecast import Foreseen, say, stamp

__all__ = ["Outlook"]


@attrs.frozen
class Outlook:
    """What falls due over all open cases until an instant.

    Args:
        rows: Each target that falls due or would, in the order of time; those that are overdue
            already come first.
    """

    now: DateTime
    until: DateTime
    rows: tuple[Foreseen, ...]

    @property
    def overdue(self) -> tuple[Foreseen, ...]:
        """What should have been done by now."""
        return tuple(row for row in self.rows if row.at < self.now)

    @property
    def ahead(self) -> tuple[Foreseen, ...]:
        """What is still in time."""
        return tuple(row for row in self.rows if row.at >= self.now)

    @property
    def by_day(self) -> dict[_dt.date, int]:
        """How many are due on each day ahead, in the order of days."""
        return dict(Counter(row.at.date() for row in self.ahead))

    @property
    def by_week(self) -> dict[str, int]:
        """How many are due in each ISO week ahead, such as ``2026-W11``."""
        weeks = (row.at.isocalendar() for row in self.ahead)
        return dict(Counter(f"{year}-W{week:02}" for year, week, _ in weeks))

    @property
    def by_role(self) -> dict[str, int]:
        """How many each role owes, overdue ones included; the most loaded first."""
        return dict(Counter(role.code for row in self.rows for role in row.roles).most_common())

    @property
    def by_person(self) -> dict[str, int]:
        """How many each person owes, as far as a person was chosen; the most loaded first."""
        people = (
            row.people[role.code] for row in self.rows for role in row.roles
            if role.code in row.people
        )  # fmt: skip
        return dict(Counter(people).most_common())

    def text(self, language: str = "en") -> str:
        """Counts by week, then every row.

        Raises:
            InvalidValueError: there is no such language.
        """
        cases = len({row.case for row in self.ahead})
        values = {"count": len(self.ahead), "cases": cases, "overdue": len(self.overdue)}
        lines = [say("outlook", language, until=stamp(self.until), **values)]
        lines += [f"{say('week', language, week=week)}: {n}" for week, n in self.by_week.items()]
        lines += [f"{row.case}  {row.text(language)}" for row in self.rows]
        return "\n".join(lines)
