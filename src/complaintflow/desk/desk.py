"""The desk: the one door for hosts, and the only place with effects."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from complaintflow.audit.forecast import Forecast
from complaintflow.audit.outlook import Outlook
from complaintflow.desk.book import PolicyBook
from complaintflow.desk.counter import Counter
from complaintflow.desk.history import PERSON
from complaintflow.desk.migration import Migration, Move
from complaintflow.desk.session import Session
from complaintflow.desk.view import CaseView
from complaintflow.desk.works import Works
from complaintflow.domain.domain import Domain
from complaintflow.engine.commands import HandOver
from complaintflow.engine.explain import Explanation, explain
from complaintflow.engine.forecast import ahead_in, forecast
from complaintflow.engine.outcome import Accepted, Decision
from complaintflow.engine.owed import Owed, by_due
from complaintflow.errors import InvalidValueError
from complaintflow.moments import Now, from_micros, system_clock, to_micros
from complaintflow.policy.policy import Policy
from complaintflow.policy.world import Directory, Strategy
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore

__all__ = ["Desk"]


class Desk(Counter):
    """Commands in, events and messages out, each command in one transaction.

    Args:
        policy: The policy under which new cases are opened, or a book of several.
        store: Where cases are kept; by default a new `MemoryStore`.
        now: Gives the present, an aware datetime; by default the system clock.
        directory: Who people are; without one, the host checks who may act in which role.
        domain: What a complaint is for this host; needed to receive its own complaint class.
        earlier: Policies under which open cases still run, where the store has not kept them.
        strategies: Strategies of your own by name, for routes that say ``own <name>``.

    Raises:
        PolicyError: a route names a strategy that is not among *strategies*.
    """

    def __init__(
        self,
        policy: Policy | PolicyBook,
        *,
        store: CaseStore | None = None,
        now: Now = system_clock,
        directory: Directory | None = None,
        domain: Domain[Any] | None = None,
        earlier: Iterable[Policy] = (),
        strategies: Mapping[str, Strategy] | None = None,
    ) -> None:
        book = policy if isinstance(policy, PolicyBook) else PolicyBook.of(policy)
        self.store: CaseStore = store if store is not None else MemoryStore()
        own = dict(strategies or {})
        works = Works(self.store, book, earlier, now, directory, own, domain)
        super().__init__(book, domain, works)

    @property
    def policy(self) -> Policy:
        """The one policy of this desk. Raises InvalidValueError where its book has several."""
        if len(self.book.policies) != 1:
            raise InvalidValueError("this desk has several policies: ask desk.book.choose(at, ...)")
        return self.book.policies[0]

    def sweep(self, *, limit: int | None = None) -> tuple[Accepted, ...]:
        """Record every miss and rung that is ready by now, in all cases.

        Opens the standing case of a period that has begun, once, where the policy wants one.
        Costs what is due, not what is open. Safe to run late, twice and concurrently: a rung
        fires once.

        Args:
            limit: Look at no more than so many cases.
        """
        now = self._works.present()
        found: list[Accepted] = [*self._works.open_periods()]
        while limit is None or len(found) < limit:
            with self.store.begin() as work:
                waiting = work.due(now, 256 if limit is None else min(256, limit - len(found)))
            if not waiting:
                break
            found += [self._works.unit(partial(Session.sweep, case_id=one), now) for one in waiting]
        return tuple(found)

    def hand_over(
        self,
        leaving: str,
        successor: str,
        *,
        reason: str,
        by: str,
        role: str,
        cases: Iterable[str] | None = None,
        command_id: str | None = None,
    ) -> dict[str, Decision]:
        """Let *successor* have everything that *leaving* has in open cases.

        Costs what moves. Each case is a transaction of its own; with a *command_id* the same call
        goes on where an earlier one was interrupted, and gives each case's first outcome again.

        Args:
            leaving: The person who leaves, or is away for long.
            successor: Who has the cases from now on.
            reason: Why; on record in each case.
            by: The person who hands over.
            role: The role in which that person acts.
            cases: Only these; by default all in which *leaving* has something.
            command_id: Names the whole hand-over.

        Returns:
            For each case, by number, what happened, or why it was refused.
        """
        if cases is None:
            with self.store.begin() as work:
                cases = work.find(PERSON, leaving)
        what = HandOver(leaving, successor, reason)
        return {
            case: self._works.run(case, what, by, role, None, command_id and f"{command_id}:{case}")
            for case in cases
        }

    def migrate(
        self,
        cases: Iterable[str],
        *,
        to: Policy,
        how: str,
        reason: str,
        by: str,
        role: str,
        states: Mapping[str, str] | None = None,
        dry_run: bool = False,
        command_id: str | None = None,
    ) -> tuple[Migration, ...]:
        """Move running cases to another version of their policy, or say what that would change.

        Each case is a transaction of its own. What was missed and told stays; nobody is told of
        what lies behind.

        Args:
            cases: Numbers of the cases.
            to: The policy to which they move.
            how: ``from now``: what is running keeps its limit. ``recompute``: as if *to* had
                always held. ``keep``: they stay where they are, and the report says so.
            reason: Why; on record in each case.
            by: The person who decides it.
            role: The role in which that person acts.
            states: States of the old version, and what they are called in the new one.
            dry_run: Only report; nothing is written.
            command_id: Names the whole migration; repeated, it goes on where it was interrupted.

        Returns:
            For each case what moves and what cannot, with reasons.
        """
        move = Move(to, how, dict(states or {}), reason, by, role, command_id)
        return tuple(self._works.migrate(case, move, dry_run=dry_run) for case in cases)

    # -- queries -------------------------------------------------------------------------

    def case(self, number: str) -> CaseView:
        """A case as it stands now. Raises UnknownCaseError."""
        return self._works.read(lambda session: session.view(number))

    def cases(self, *, is_open: bool | None = None, state: str | None = None) -> Iterator[CaseView]:
        """Cases in the order of receipt."""
        with self.store.begin() as work:
            numbers = tuple(work.cases(open=is_open, state=state))
        for number in numbers:
            yield self.case(number)

    def owed(self, case: str | None = None, *, role: str | None = None) -> tuple[Owed, ...]:
        """The to-do list: of one case or of all open ones, of one role or of everybody."""
        views = [self.case(case)] if case is not None else self.cases(is_open=True)
        found = [o for view in views for o in view.owed if role is None or role in o.roles]
        return tuple(sorted(found, key=by_due))

    def explain(self, case: str) -> Explanation:
        """Why the case stands as it stands; ``.text("en")`` or ``.text("zh")`` for people."""
        view = self.case(case)
        return explain(view.program, view.standing, view.events)

    def forecast(self, case: str, until: _dt.datetime) -> Forecast:
        """What would fall due and be missed, and who would be told, if nothing more happened.

        ``.text("en")`` or ``.text("zh")`` is the table; `complaintflow.report.timeline` draws it.
        """
        end, now = to_micros(until, "until"), self._works.present()

        def foresee(session: Session) -> Forecast:
            _, program, standing = session.load(case)
            return forecast(program, standing, session.world(program), now, end)

        return self._works.rehearse(foresee)

    def outlook(self, until: _dt.datetime) -> Outlook:
        """What falls due over all open cases by *until*: how many, when, for whom."""
        end, now = to_micros(until, "until"), self._works.present()
        views = tuple(self.cases(is_open=True))
        rows = [row for v in views for row in ahead_in(v.program, v.standing, now, end)]
        tz = self.book.policies[0].calendar.tz
        by_time = tuple(sorted(rows, key=lambda row: (row.at, row.case)))
        return Outlook(from_micros(now, tz), from_micros(end, tz), by_time)
