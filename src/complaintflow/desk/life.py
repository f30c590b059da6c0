"""The desk's commands about the life of a duty."""

from __future__ import annotations

import datetime as _dt

from complaintflow.desk.works import Works, or_raise
from complaintflow.engine.commands import PassOn, Reject, Rule, Waive
from complaintflow.engine.outcome import Accepted

__all__ = ["LifeCommands"]


class LifeCommands:
    """Rejecting a duty and ruling on that, passing it on, waiving it.

    Each takes the *case*'s number, the code of the *duty*, the *key* where several owe it, and
    the *reason*; *by* whom, in which *role*, *at* which time (by default now) and the
    *command_id* are as in `Desk.do`. Each raises RefusedError.
    """

    _works: Works

    def reject(
        self,
        case: str,
        duty: str,
        *,
        reason: str,
        by: str,
        role: str,
        key: str = "",
        at: _dt.datetime | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """The owner of a duty rejects it. It stays owed, and its clock runs, until a ruling."""
        return or_raise(self._works.run(case, Reject(duty, reason, key), by, role, at, command_id))

    def rule(
        self,
        case: str,
        duty: str,
        *,
        upheld: bool,
        reason: str,
        by: str,
        role: str,
        to: str = "",
        key: str = "",
        at: _dt.datetime | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """Uphold a rejection or refuse it.

        Once upheld, the role *to* owes the duty, with the due time that it has; without one
        nothing more is owed of it.
        """
        what = Rule(duty, upheld, reason, to, key)
        return or_raise(self._works.run(case, what, by, role, at, command_id))

    def pass_on(
        self,
        case: str,
        duty: str,
        to: str,
        *,
        reason: str,
        by: str,
        role: str,
        key: str = "",
        at: _dt.datetime | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """The role *to* owes a duty from now on, with the start and due time that it has."""
        return or_raise(
            self._works.run(case, PassOn(duty, to, reason, key), by, role, at, command_id)
        )

    def waive(
        self,
        case: str,
        duty: str,
        *,
        reason: str,
        by: str,
        role: str,
        key: str = "",
        at: _dt.datetime | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """Nothing more is owed of a duty, for that key in this round."""
        return or_raise(self._works.run(case, Waive(duty, reason, key), by, role, at, command_id))
