"""One unit of work at the desk: load, decide, write, all or nothing."""

from __future__ import annotations

import datetime as _dt
from collections import OrderedDict
from collections.abc import Mapping

from complaintflow.audit.events import Event
from complaintflow.calendar.civil import day_start
from complaintflow.desk.book import PolicyBook
from complaintflow.desk.following import follow, split
from complaintflow.desk.history import NUMBER, StoreHistory, index_keys
from complaintflow.desk.migration import Migration, Move, report_of
from complaintflow.desk.numbering import StoreSerials, next_number
from complaintflow.desk.opening import Opening
from complaintflow.desk.programs import Programs
from complaintflow.desk.rollback import RolledBackError
from complaintflow.desk.view import CaseView
from complaintflow.desk.workload import StoreWorkload, route_keys
from complaintflow.engine.commands import Command, Merge, Split
from complaintflow.engine.decide import decide, sweep
from complaintflow.engine.migrating import migrate
from complaintflow.engine.outcome import Accepted, Decision, Refused
from complaintflow.engine.period import begin_period, first_day, label_of, number_of_period, rests
from complaintflow.engine.program import Program
from complaintflow.engine.relating import against_merge
from complaintflow.engine.standing import Standing, fold
from complaintflow.errors import (
    CommandReusedError,
    InvalidValueError,
)
from complaintflow.moments import from_micros, zone
from complaintflow.policy.link import Link
from complaintflow.policy.world import Directory, Strategy, World
from complaintflow.store.protocol import CaseStatus, Outcome, UnitOfWork

__all__ = ["Session", "Shelf"]

Kept = tuple[tuple[Event, ...], Standing]


class Shelf:
    """Cases that were folded lately, so that they need not be folded again."""

    def __init__(self, room: int = 4_096) -> None:
        self._room = room
        self._cases: OrderedDict[str, Kept] = OrderedDict()

    def get(self, case_id: str, version: int) -> Kept | None:
        """The case, if it is there with just so many events."""
        found = self._cases.get(case_id)
        return found if found is not None and len(found[0]) == version else None

    def put(self, cases: Mapping[str, Kept]) -> None:
        """Keep what a unit of work read or wrote and committed."""
        for case_id, kept in cases.items():
            self._cases[case_id] = kept
            self._cases.move_to_end(case_id)
        while len(self._cases) > self._room:
            self._cases.popitem(last=False)


class Session:
    """What the desk does within one unit of work.

    Args:
        work: The unit of work.
        book: Which policy a case is opened under.
        programs: Compiled policies.
        shelf: Cases folded lately; it learns from this session when `keep` is called.
        directory: Who people are, if it matters.
        strategies: The host's own strategies by name.
        now: The present, microseconds since 1970 UTC.
        records: Whether what is decided is written; else no number is given away.
    """

    def __init__(
        self,
        work: UnitOfWork,
        book: PolicyBook,
        programs: Programs,
        shelf: Shelf,
        directory: Directory | None,
        strategies: Mapping[str, Strategy],
        now: int,
        *,
        records: bool = True,
    ) -> None:
        self.work = work
        self._book = book
        self._programs = programs
        self._shelf = shelf
        self._directory = directory
        self._strategies = strategies
        self.now = now
        self._records = records
        self._seen: dict[str, Kept] = {}
        self._saved: set[str] = set()

    def keep(self) -> None:
        """Put what was read and written on the shelf; only after the commit."""
        self._shelf.put(self._seen)
        self._programs.kept(self._saved)

    def load(self, case_id: str) -> tuple[tuple[Event, ...], Program, Standing]:
        """A case with its events, its program and how it stands. Raises UnknownCaseError.

        A number that the case got on its way names it as well.
        """
        found = self._seen.get(case_id)
        if found is None:
            version = self.work.version(case_id)
            found = self._shelf.get(case_id, version)
            if not version and len(numbered := self.work.find(NUMBER, case_id)) == 1:
                return self.load(numbered[0])
        if found is not None:
            return found[0], self._program(found[0]), found[1]
        events = self.work.load(case_id)
        program = self._program(events)
        standing = fold(program, case_id, events)
        self._seen[case_id] = (events, standing)
        return events, program, standing

    def view(self, case_id: str) -> CaseView:
        """A case for reading. Raises UnknownCaseError."""
        events, program, standing = self.load(case_id)
        return CaseView(program, events, standing, self.now)

    def world(self, program: Program) -> World:
        """What a decision under *program* may ask."""
        history = StoreHistory(self.work, program, lambda case_id: self.load(case_id)[1:], self.now)
        serials = StoreSerials(self.work, program.policy.calendar.tz) if self._records else None
        workload = StoreWorkload(self.work, program, lambda case_id: self.load(case_id)[2])
        return World(history, self._directory, serials, workload, self._strategies)

    def run(
        self, number: str | None, command: Command, fingerprint: str, opening: Opening | None
    ) -> Accepted:
        """Decide a command and write what it led to.

        Args:
            number: The case; None gives a new one the next number of the pattern.
            command: What is wanted.
            fingerprint: Digest of its content: one id with another content is an error.
            opening: How a new case is opened; None for a case that exists.

        Raises:
            RolledBackError: the command is refused.
            CommandReusedError: the id was used for something else.
            UnknownCaseError: there is no such case.
            PolicyError: no policy holds for the new case.
        """
        before = self.work.outcome(command.id)
        if before is not None:
            return self._again(command, fingerprint, before)
        if opening is None:
            if not number:
                raise InvalidValueError("say which case: its number")
            events, program, standing = self.load(number)
        else:
            policy = opening.policy(command)
            program = self._programs.add(policy)
            command = opening.fitted(command, policy)
            at = from_micros(command.occurred, policy.calendar.tz)
            number = number or next_number(policy, self.work, at)
            events, standing = self._blank(program, number)
        if isinstance(command.what, Merge):
            self._mergeable(standing, command.what.into)
        decision = decide(program, standing, command, self.world(program), self.now)
        if isinstance(decision, Refused):
            raise RolledBackError(decision)
        self.write(program, events, decision)
        follow(self, program, standing, decision)
        if isinstance(command.what, Split):
            split(self, program, command, decision, len(command.what.parts))
        last = decision.case.version
        first = last - len(decision.events) + 1
        self.work.remember(command.id, Outcome(fingerprint, decision.case.id, first, last))
        return decision

    def migrate(self, case_id: str, move: Move) -> Migration:
        """Move a case to another policy and say what that changed. Raises as `run` does."""
        events, old, before = self.load(case_id)
        new = self._programs.add(move.to)
        if move.how == "keep":
            return report_of(old, new, move.how, before, None)
        command = move.command(case_id, self.now)
        fingerprint = move.fingerprint(case_id)
        known = self.work.outcome(command.id)
        if known is not None:
            decision: Decision = self._again(command, fingerprint, known)
            events = events[: known.from_position - 1]
            old = self._program(events)
            return report_of(old, new, move.how, fold(old, case_id, events), decision)
        decision = migrate(old, new, events, before, command, self.world(new), self.now)
        if isinstance(decision, Accepted):
            self.write(new, events, decision)
            follow(self, new, before, decision)
            last = decision.case.version
            first = last - len(decision.events) + 1
            self.work.remember(command.id, Outcome(fingerprint, case_id, first, last))
        return report_of(old, new, move.how, before, decision)

    def begin(self, program: Program, kind: str, day: _dt.date) -> Accepted | None:
        """Open the standing case of the period in which *day* lies, unless it is there."""
        number = number_of_period(program.policy, label_of(kind, day))
        if self.work.version(number):
            return None
        occurred = day_start(program.policy.calendar.tz.name, first_day(kind, day))
        accepted = begin_period(program, kind, day, self.world(program), self.now, occurred)
        self.write(program, (), accepted)
        follow(self, program, self.blank(program, number), accepted)
        return accepted

    def sweep(self, case_id: str) -> Accepted:
        """Record every miss and rung of the case that is ready by now."""
        events, program, standing = self.load(case_id)
        accepted = sweep(program, standing, self.world(program), self.now)
        self.write(program, events, accepted)
        follow(self, program, standing, accepted)
        return accepted

    def _mergeable(self, standing: Standing, into: str) -> None:
        _, program, survivor = self.load(into)
        reasons = against_merge(standing, program, survivor)
        if reasons and not standing.case.put_aside:
            raise RolledBackError(Refused(reasons))

    def linked_program(self, program: Program, link: Link, at: int) -> Program:
        """The program of a case that *link* opens at an instant. Raises PolicyError."""
        if link.policy is None:
            return program
        policy = self._book.version(link.policy, from_micros(at, zone("UTC")))
        return self._programs.add(policy)

    def blank(self, program: Program, case_id: str) -> Standing:
        """A case of which nothing is known yet."""
        return fold(program, case_id, ())

    def _blank(self, program: Program, case_id: str) -> Kept:
        """A case to be opened; one that exists is found out by the decision."""
        if self.work.version(case_id):
            events, _, standing = self.load(case_id)
            return events, standing
        return (), self.blank(program, case_id)

    def _again(self, command: Command, fingerprint: str, before: Outcome) -> Accepted:
        if before.fingerprint != fingerprint:
            raise CommandReusedError(
                f"the command id {command.id!r} was used for another command on case "
                f"{before.case_id!r}; give every command an id of its own",
                command.id,
            )
        events = self.work.load(before.case_id)[: before.to_position]
        standing = fold(self._program(events), before.case_id, events)
        return Accepted(events[before.from_position - 1 :], standing)

    def write(self, program: Program, events: tuple[Event, ...], accepted: Accepted) -> None:
        """Write what was accepted behind the *events* that the decision was based on."""
        if not events or events[-1].policy != program.policy.digest:
            saved = self._programs.keep(program, self.work)
            self._saved.update(() if saved is None else (saved,))
        case = accepted.case
        status = CaseStatus(
            state=case.state,
            open=not (
                program.is_final(case)
                or (case.period is not None and rests(program, accepted.standing))
            ),
            received=case.received,
            policy=case.policy,
            attention=accepted.standing.attention,
            keys=index_keys(program, accepted.standing).union(
                route_keys(program, accepted.standing)
            ),
        )
        self.work.append(
            case.id,
            accepted.events,
            expected_version=len(events),
            status=status,
            personal=program.personal,
        )
        self.work.post(accepted.messages)
        self._seen[case.id] = ((*events, *accepted.events), accepted.standing)

    def _program(self, events: tuple[Event, ...]) -> Program:
        return self._programs.get(events[-1].policy, self.work)
