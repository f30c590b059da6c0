"""Running what is wanted at the desk in units of work: all or nothing, lost races decided anew."""

from __future__ import annotations

import datetime as _dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

from complaintflow.desk.book import PolicyBook
from complaintflow.desk.book_links import check_links
from complaintflow.desk.migration import Migration, Move
from complaintflow.desk.opening import Opening
from complaintflow.desk.periods import Periods
from complaintflow.desk.programs import Programs
from complaintflow.desk.rollback import RehearsedError, RolledBackError
from complaintflow.desk.session import Session, Shelf
from complaintflow.desk.workload import check_strategies
from complaintflow.domain.domain import Domain
from complaintflow.engine.commands import Command, What
from complaintflow.engine.outcome import Accepted, Decision, Refused
from complaintflow.errors import RefusedError, StaleVersionError
from complaintflow.moments import Now, to_micros
from complaintflow.policy.digest import digest
from complaintflow.policy.policy import Policy
from complaintflow.policy.world import Directory, Strategy
from complaintflow.store.protocol import CaseStore, UnitOfWork

__all__ = ["Works", "or_raise"]

_TRIES = 8
_T = TypeVar("_T")


class _DryRunError(Exception):
    """Ends the unit of work of a dry run."""

    def __init__(self, report: Migration) -> None:
        super().__init__()
        self.report = report


class Works:
    """What a desk works with.

    Args:
        store: Where cases are kept.
        book: Under which policy a new case is opened.
        earlier: Policies under which cases still run.
        now: Gives the present, an aware datetime.
        directory: Who people are, if it matters.
        strategies: The host's own strategies by name.
        domain: With which policies that the store has kept are read.
    """

    def __init__(
        self,
        store: CaseStore,
        book: PolicyBook,
        earlier: Iterable[Policy],
        now: Now,
        directory: Directory | None,
        strategies: Mapping[str, Strategy],
        domain: Domain[Any] | None = None,
    ) -> None:
        self.store = store
        self._book = book
        policies = {policy.digest: policy for policy in (*book.policies, *earlier)}
        check_links(book, policies.values())
        self.programs = Programs(policies.values(), domain)
        self._periods = Periods(book, self.programs)
        check_strategies(policies.values(), strategies)
        self._now = now
        self._directory = directory
        self._strategies = strategies
        self._shelf = Shelf()

    def present(self) -> int:
        """The present, microseconds since 1970 UTC."""
        return to_micros(self._now(), "now()")

    def read(self, act: Callable[[Session], _T]) -> _T:
        """What *act* finds in a unit of work of its own."""
        with self.store.begin() as work:
            return act(self._session(work, self.present(), records=False))

    def rehearse(self, act: Callable[[Session], _T]) -> _T:
        """As `read`, for what may ask whose turn it is: the turn is given back."""
        try:
            with self.store.begin() as work:
                raise RehearsedError(act(self._session(work, self.present(), records=False)))
        except RehearsedError as tried:
            return cast(_T, tried.result)

    def unit(self, act: Callable[[Session], _T], now: int) -> _T:
        """Run *act* in a unit of work; a lost race is decided anew."""
        for attempt in range(1, _TRIES + 1):
            try:
                with self.store.begin() as work:
                    session = self._session(work, now)
                    result = act(session)
            except StaleVersionError:
                if attempt == _TRIES:
                    raise
            else:
                session.keep()
                return result
        raise AssertionError  # the loop returns or raises

    def run(
        self,
        number: str | None,
        what: What,
        by: str,
        role: str,
        at: _dt.datetime | None,
        command_id: str | None,
        opening: Opening | None = None,
    ) -> Decision:
        """Decide a command about one case and write what it leads to.

        Args:
            number: The case; None gives a new one the next number.
            what: What is wanted.
            by: The person.
            role: The role in which the person acts.
            at: When it happened; None is now.
            command_id: The same id and content give the first outcome again.
            opening: How a new case is opened; None for a case that exists.
        """
        now = self.present()
        occurred = now if at is None else to_micros(at, "at")
        command = Command(command_id or str(uuid.uuid4()), what, by, role, occurred)
        said = {"case": number or "", "what": what, "by": by, "role": role}
        choose = {"choose": opening.keys} if opening and opening.keys else {}
        fingerprint = digest({**said, **choose, "at": 0 if at is None else occurred})
        try:
            return self.unit(lambda s: s.run(number, command, fingerprint, opening), now)
        except RolledBackError as refusal:
            return refusal.refused

    def open_periods(self) -> tuple[Accepted, ...]:
        """Open the standing cases of periods that have begun."""
        now = self.present()
        if self._periods.are_open(now):
            return ()
        found = self.unit(self._periods.open, now)
        self._periods.opened(now)
        return tuple(found)

    def migrate(self, case: str, move: Move, *, dry_run: bool) -> Migration:
        """Move one case to another policy, or find out what that would change."""
        self.programs.add(move.to)
        now = self.present()

        def act(session: Session) -> Migration:
            report = session.migrate(case, move)
            if dry_run:
                raise _DryRunError(report)
            return report

        try:
            return self.unit(act, now)
        except _DryRunError as found:
            return found.report

    def _session(self, work: UnitOfWork, now: int, *, records: bool = True) -> Session:
        people, own = self._directory, self._strategies
        return Session(
            work, self._book, self.programs, self._shelf, people, own, now, records=records
        )


def or_raise(decision: Decision) -> Accepted:
    """What was accepted. Raises RefusedError."""
    if isinstance(decision, Refused):
        raise RefusedError(decision.text(), decision)
    return decision
