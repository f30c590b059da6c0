"""What moving a case to another version of its policy changes in it, as data and in words."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from pendulum import DateTime

from complaintflow.audit.vault import Erased
from complaintflow.domain.types import show
from complaintflow.engine.clocks import clocks_of
from complaintflow.engine.commands import Command, Migrate
from complaintflow.engine.duties import states_of
from complaintflow.engine.outcome import Accepted, Decision, Refused
from complaintflow.engine.program import Program
from complaintflow.engine.reasons import Reason
from complaintflow.engine.standing import Standing, view_of
from complaintflow.moments import from_micros
from complaintflow.policy.digest import digest
from complaintflow.policy.policy import Policy

__all__ = ["TEXTS", "AnswerMoved", "DutyMoved", "Migration", "Move", "report_of"]

TEXTS: dict[str, dict[str, str]] = {
    "moves": {"en": "{case}: {old} -> {new}", "zh": "{case}：{old} → {new}"},
    "keeps": {"en": "{case}: stays with version {old}", "zh": "{case}：保留 {old} 版"},
    "refused": {
        "en": "{case}: cannot move to version {new}",
        "zh": "{case}：不能转入 {new} 版",
    },
    "state": {"en": "state {old} becomes {new}", "zh": "状态由 {old} 变为 {new}"},
    "answer": {"en": "{name} was {old}, is {new}", "zh": "{name}由 {old} 变为 {new}"},
    "due": {"en": "{name} was due {old}, is due {new}", "zh": "{name}的期限由 {old} 改为 {new}"},
    "owed": {"en": "{name} is owed now, due {new}", "zh": "新增待办 {name}，期限 {new}"},
    "owed no more": {
        "en": "{name} is owed no more (was due {old})",
        "zh": "不再要求 {name}（原期限 {old}）",
    },
    "left": {
        "en": "kept on record, unknown to the new version: {names}",
        "zh": "仅保留在记录中，新版未使用：{names}",
    },
    "none": {"en": "no instant", "zh": "无时刻"},
    "undetermined": {"en": "undetermined", "zh": "未定"},
}


@attrs.frozen
class DutyMoved:
    """A duty that is owed otherwise.

    Args:
        duty: Its code; *key* and *round* as ever.
        was_owed: Whether it was owed under the old version.
        is_owed: Whether it is under the new one.
        old_due: When it was due; None without an instant.
        new_due: When it is due now.
    """

    duty: str
    key: str
    round: int
    was_owed: bool
    is_owed: bool
    old_due: DateTime | None
    new_due: DateTime | None


@attrs.frozen
class AnswerMoved:
    """A decision whose answer is another one."""

    decision: str
    old: Any
    new: Any


@attrs.frozen
class Migration:
    """What becomes of one case.

    Args:
        case: Its number.
        old_version: The version under which it ran.
        new_version: The version to which it was to move.
        how: ``keep``, ``from now`` or ``recompute``.
        reasons: Why it cannot move; empty where it can.
        old_state: Where it was.
        new_state: Where it is.
        duties: Duties that are owed otherwise, what falls due first comes first.
        answers: Decisions whose answer is another one.
        left: Facts on record that the new version does not know.
    """

    case: str
    old_version: str
    new_version: str
    how: str
    reasons: tuple[Reason, ...] = ()
    old_state: str = ""
    new_state: str = ""
    duties: tuple[DutyMoved, ...] = ()
    answers: tuple[AnswerMoved, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether the case moved, or would."""
        return self.how != "keep" and not self.reasons

    def text(self, language: str = "en") -> str:
        """A line for the case and one for each change, in ``en`` or ``zh``."""
        return "\n".join(self._lines("zh" if language == "zh" else "en"))

    def _lines(self, language: str) -> Iterator[str]:
        def say(key: str, **values: object) -> str:
            return TEXTS[key][language].format(**values)

        def at(due: DateTime | None) -> str:
            return say("none") if due is None else due.format("YYYY-MM-DD HH:mm:ss")

        def value(answer: Any) -> str:
            return say("undetermined") if answer is None else show(answer, language)

        head = "keeps" if self.how == "keep" else "refused" if self.reasons else "moves"
        yield say(head, case=self.case, old=self.old_version, new=self.new_version)
        for reason in self.reasons:
            yield f"  {reason.text(language)}"
        if self.old_state != self.new_state:
            yield f"  {say('state', old=self.old_state, new=self.new_state)}"
        for answer in self.answers:
            said = say("answer", name=answer.decision, old=value(answer.old), new=value(answer.new))
            yield f"  {said}"
        for duty in self.duties:
            kind = "due" if duty.was_owed and duty.is_owed else "owed"
            kind = kind if duty.is_owed else "owed no more"
            name = f"{duty.duty}.{duty.key}" if duty.key else duty.duty
            yield f"  {say(kind, name=name, old=at(duty.old_due), new=at(duty.new_due))}"
        if self.left:
            yield f"  {say('left', names=', '.join(self.left))}"


@attrs.frozen
class Move:
    """A move that is wanted of several cases; see `Desk.migrate`."""

    to: Policy
    how: str
    states: Mapping[str, str]
    reason: str
    by: str
    role: str
    command_id: str | None = None

    def command(self, case: str, now: int) -> Command:
        """The command for one case."""
        own = f"{self.command_id}:{case}" if self.command_id else str(uuid.uuid4())
        what = Migrate(self.to.digest, self.how, self.states, self.reason)
        return Command(own, what, self.by, self.role, now)

    def fingerprint(self, case: str) -> str:
        """Digest of what is wanted of a case."""
        what = Migrate(self.to.digest, self.how, self.states, self.reason)
        return digest({"case": case, "what": what, "by": self.by, "role": self.role})


def report_of(
    old: Program, new: Program, how: str, before: Standing, decision: Decision | None
) -> Migration:
    """What the move of a case changed.

    Args:
        old: The policy under which it ran.
        new: The policy to which it moved.
        how: How.
        before: The case before.
        decision: What came of the move; None where the case stays.
    """
    case = before.case
    head = (case.id, old.policy.version, new.policy.version, how)
    if isinstance(decision, Refused):
        return Migration(*head, decision.reasons, case.state, case.state)
    if decision is None:
        return Migration(*head, (), case.state, case.state)
    return Migration(
        *head,
        (),
        case.state,
        decision.case.state,
        tuple(_duties(old, new, before, decision)),
        tuple(_answers(old, new, before, decision)),
        tuple(
            name
            for name, known in sorted(case.facts.items())
            if name not in new.facts and not isinstance(known.value, Erased)
        ),
    )


_Owed = dict[tuple[str, str, int], DateTime | None]


def _owed(program: Program, standing: Standing) -> _Owed:
    view = view_of(program, standing)
    found: _Owed = {
        (state.duty.code, state.key, state.round): None
        for duty in program.policy.duties
        for state in states_of(view, duty)
        if state.is_owed
    }
    for clock in clocks_of(view, ("owed",)):
        if clock.due is not None:
            found[clock.identity] = from_micros(clock.due, program.policy.calendar.tz)
    return found


def _duties(
    old: Program, new: Program, before: Standing, accepted: Accepted
) -> Iterator[DutyMoved]:
    was, now = _owed(old, before), _owed(new, accepted.standing)
    changed = [
        DutyMoved(*which, which in was, which in now, was.get(which), now.get(which))
        for which in {**was, **now}
        if (which in was) is not (which in now) or was.get(which) != now.get(which)
    ]
    yield from sorted(changed, key=lambda one: (one.new_due is None, str(one.new_due), one.duty))


def _answers(
    old: Program, new: Program, before: Standing, accepted: Accepted
) -> Iterator[AnswerMoved]:
    was, now = view_of(old, before), view_of(new, accepted.standing)
    for code in {**old.decisions, **new.decisions}:
        first = was[code] if code in old.decisions else None
        last = now[code] if code in new.decisions else None
        if first != last:
            yield AnswerMoved(code, first, last)
