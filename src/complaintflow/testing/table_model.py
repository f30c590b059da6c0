"""A case under a policy of `lived`, kept in plain tables: what the engine is held against.

It shares nothing with the engine but the policy's value: conditions are read by the naive
interpreter, due instants by the naive oracle, and everything else is a list that grows. It knows
no late entries: whatever happens is recorded at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaintflow.calendar.limits import Limit
from complaintflow.policy.approval import Approval
from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import And, Expression, Name, Or
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy
from complaintflow.policy.step import Step
from complaintflow.testing.due_oracle import naive_due
from complaintflow.testing.expression_oracle import interpret

__all__ = ["TableModel"]


class TableModel:
    """One case. Instants are microseconds since 1970 UTC."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.state = ""
        self.facts: dict[str, Any] = {fact.code: None for fact in policy.facts}
        self.line = 0
        self.taken: dict[str, int] = {}
        self.rounds: dict[str, list[tuple[int, int]]] = {d.code: [] for d in policy.duties}
        self.held: dict[str, bool] = {}
        self.acts: dict[str, list[tuple[int, int]]] = {d.code: [] for d in policy.duties}
        self.waived: set[tuple[str, int]] = set()
        self.asked: dict[str, int] = {}
        self.votes: dict[str, list[tuple[int, str, bool]]] = {a.code: [] for a in policy.approvals}
        self.waits: list[tuple[int, int | None]] = []
        self.graded: tuple[Any, int] = (None, 0)

    # -- reading -------------------------------------------------------------------------

    def grade(self, facts: Mapping[str, Any]) -> str | None:
        """The most severe grade that matches; None where a more severe one cannot be told."""
        (decision,) = self.policy.decisions
        for answer in decision.order:
            found = [interpret(c.when, facts) for c in decision.criteria if answer in c.answers]
            if True in found:
                return answer
            if None in found:
                return None
        return decision.residual

    def view(self, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Every name that a condition may use."""
        facts = {**self.facts, **(more or {})}
        view: dict[str, Any] = {**facts, "grade": self.grade(facts), "state": self.state}
        view |= {step.code: step.code in self.taken for step in self.policy.steps}
        view |= {a.code: self.answer(a) for a in self.policy.approvals}
        for duty in self.policy.duties:
            view[duty.code] = {"owed": False, "undecided": None}.get(
                self.progress(duty, view), True
            )
        return view

    def progress(self, duty: Duty, view: Mapping[str, Any]) -> str:
        """``waiting``, ``not asked``, ``undecided``, ``owed``, ``waived`` or ``done``."""
        rounds = self.rounds[duty.code]
        if not rounds:
            return "waiting"
        if duty.when is not None and (asked := interpret(duty.when, view)) is not True:
            return "undecided" if asked is None else "not asked"
        if self.done_at(duty) is not None:
            return "done"
        return "waived" if (duty.code, len(rounds)) in self.waived else "owed"

    def done_at(self, duty: Duty) -> int | None:
        """When it was done in this round; what was done before it was ever owed counts."""
        rounds = self.rounds[duty.code]
        begun = rounds[-1][0] if len(rounds) > 1 else -1
        return next((at for line, at in self.acts[duty.code] if line > begun), None)

    def due(self, duty: Duty) -> int | None:
        """When it falls due, None where there is no instant."""
        target = duty.target
        if target is None:
            return None
        grade = self.grade(self.facts)
        within = target.within
        limit = within.get(grade or "") if isinstance(within, Mapping) else within
        if not isinstance(limit, Limit):
            return None
        start = self.rounds[duty.code][-1][1]
        if target.regrade == "regrade" and (target.per or self._graded(duty)):
            start = max(start, self.graded[1])
        conventions = target.conventions or self.policy.conventions
        until = self.done_at(duty)
        stops = [] if target.pauses is None else self._stops(start, until)
        return naive_due(self.policy.calendar, start, limit, conventions, stops)

    def _graded(self, duty: Duty) -> bool:
        from complaintflow.policy.expression import names

        return duty.when is not None and "grade" in names(duty.when)

    def _stops(self, start: int, until: int | None) -> list[tuple[int, int | None]]:
        found: list[tuple[int, int | None]] = []
        for begin, end in self.waits:
            if (end is not None and end <= start) or (until is not None and begin >= until):
                continue
            begin = max(begin, start)
            if end is not None and end == begin:
                continue
            if found and found[-1][1] == begin:
                begin = found.pop()[0]
            found.append((begin, end))
        return found

    def answer(self, approval: Approval) -> str:
        """``none``, ``pending``, ``yes`` or ``no``."""
        if approval.code not in self.asked:
            return "none"
        latest = self._latest(approval)
        if _enough(approval.by, {role for role, said in latest.items() if said}):
            return "yes"
        refused = {role for role, said in latest.items() if not said}
        willing = set(approval.by.names) - refused
        return "no" if refused and not _enough(approval.by, willing) else "pending"

    def turn(self, approval: Approval) -> tuple[str, ...]:
        """The roles that may answer now."""
        if self.answer(approval) != "pending":
            return ()
        left = tuple(role for role in approval.by.names if role not in self._latest(approval))
        return left[:1] if approval.by.how == "then" else left

    def _latest(self, approval: Approval) -> dict[str, bool]:
        since = self.asked[approval.code]
        return {role: said for line, role, said in self.votes[approval.code] if line > since}

    # -- what may be done ----------------------------------------------------------------

    def target_of(self, step: Step, role: str, given: Mapping[str, Any]) -> str | None:
        """The state after *step*, None where it is refused."""
        final = self.state in self.policy.final
        if step.source != ("any",) and self.state not in step.source:
            return None
        if step.source == ("any",) and final:
            return None
        if isinstance(step.by, Open) or role not in step.by.names:
            return None
        view = self.view(given)
        if any(all(view[name] is None for name in ask.names) for ask in step.asks):
            return None
        if any(interpret(need.condition, view) is not True for need in step.needs):
            return None
        for branch in step.to:
            found = True if branch.when is None else interpret(branch.when, view)
            if found is None:
                return None
            if found:
                return str(branch.to)
        return None if step.to else self.state

    def may_act(self, duty: Duty, role: str) -> bool:
        """Whether *role* may do *duty* now."""
        if not isinstance(duty.owner, Party) or role not in duty.owner.names:
            return False
        progress = self.progress(duty, self.view())
        if progress in ("done", "waived"):
            return False
        return progress == "owed" or self.state not in self.policy.final

    # -- what happens --------------------------------------------------------------------

    def happen(self, at: int, *, step: str = "", to: str = "", facts: Mapping[str, Any]) -> None:
        """A step is taken, or facts are noted; then everything that follows from it."""
        self.line += 1
        opening = not self.state
        self.facts |= facts
        if step:
            self.state = to
            self.taken[step] = self.taken.get(step, 0) + 1
        self._follow(at, step, opening=opening)

    def act(self, duty: str, at: int) -> None:
        """A duty is done."""
        self.line += 1
        self.acts[duty].append((self.line, at))
        self._follow(at, "", opening=False)

    def vote(self, approval: str, role: str, said: bool, at: int) -> None:
        """One party answers."""
        self.line += 1
        self.votes[approval].append((self.line, role, said))
        self._follow(at, "", opening=False)

    def waive(self, duty: str, at: int) -> None:
        """Nothing more is owed of a duty in this round."""
        self.line += 1
        self.waived.add((duty, len(self.rounds[duty])))
        self._follow(at, "", opening=False)

    def _follow(self, at: int, step: str, *, opening: bool) -> None:
        grade = self.grade(self.facts)
        if grade != self.graded[0]:
            self.graded = (grade, at)
        waiting = self.facts["waiting"] is True
        if waiting and not (self.waits and self.waits[-1][1] is None):
            self.waits.append((at, None))
        elif not waiting and self.waits and self.waits[-1][1] is None:
            self.waits[-1] = (self.waits[-1][0], at)
        view = self.view()
        for duty in self.policy.duties:
            if not isinstance(duty.starts, Open) and self._turns(
                duty.code, duty.starts, step, view
            ):
                self.rounds[duty.code].append((self.line, at))
        for approval in self.policy.approvals:
            if self._turns(approval.code, approval.starts, step, view):
                self.asked[approval.code] = self.line

    def _turns(self, code: str, starts: Expression, step: str, view: Mapping[str, Any]) -> bool:
        holds = interpret(starts, view) is True
        before = self.held.get(code, False)
        self.held[code] = holds
        return holds and (not before or (bool(step) and step in _named(starts)))


def _named(node: Expression) -> set[str]:
    match node:
        case Name(path):
            return {path}
        case And(parts) | Or(parts):
            return set[str]().union(*map(_named, parts))
    return set()


def _enough(party: Party, roles: set[str]) -> bool:
    count = len(roles & set(party.names))
    least = {"or": 1, "one": 1, "of": party.enough}.get(party.how, len(party.names))
    return count >= least
