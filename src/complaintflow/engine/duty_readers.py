"""What expressions read of duties: that nothing is owed, a miss, a rejection, one key's part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from complaintflow.audit.life import Ruled
from complaintflow.engine.duties import keys_of, states_of
from complaintflow.engine.extending import grants_of
from complaintflow.engine.keyed import entering, is_key, over
from complaintflow.engine.view import View
from complaintflow.policy.duty import Duty
from complaintflow.policy.keys import followed_by, known_keys
from complaintflow.policy.policy import Policy

__all__ = ["readers_of"]

Reader: TypeAlias = Callable[[View], Any]


def readers_of(policy: Policy) -> Iterator[tuple[str, Reader]]:
    """The name and the reader of everything that is read of the duties of *policy*."""
    duties = {duty.code: duty for duty in policy.duties}
    for duty in policy.duties:
        yield duty.code, _owes_nothing(duty)
        yield f"{duty.code}.missed", _missed(duty)
        yield f"{duty.code}.rejection", _rejection(duty)
        yield f"{duty.code}.waived", _waived(duty)
        if duty.target is not None and duty.target.extended is not None:
            yield f"{duty.code}.extended", _extended(duty)
        for code in followed_by(duty):
            for key in known_keys(policy, duty):
                yield over(code, key), _over(duties[code], key)
        for key in entering(policy, duty):
            yield is_key(duty.code, key).path, _is_key(duty, key)


def _owes_nothing(duty: Duty) -> Reader:
    def read(view: View) -> bool | None:
        states = {state.progress for state in states_of(view, duty)}
        if "owed" in states or ("waiting" in states and len(states) > 1):  # some are still to begin
            return False
        return None if "undecided" in states else True

    return read


def _missed(duty: Duty) -> Reader:
    def read(view: View) -> bool:
        late = False
        for state in states_of(view, duty):
            due = view.case.missed.get((duty.code, state.key, state.round))
            answered = due is not None and state.done_at is not None and state.done_at <= due
            late = late or (due is not None and not answered)
        return late

    return read


def _rejection(duty: Duty) -> Reader:
    """Pending while one of its keys waits for a ruling, else what was ruled last."""

    def read(view: View) -> str:
        states = states_of(view, duty)
        if any(state.is_disputed for state in states):
            return "pending"
        ruled = [state.lived.ruling for state in states if state.lived.ruling is not None]
        last = max(ruled, key=lambda ruling: ruling.position, default=None)
        if last is None or not isinstance(last.body, Ruled):
            return "none"
        return "yes" if last.body.upheld else "no"

    return read


def _waived(duty: Duty) -> Reader:
    return lambda view: any(state.progress == "waived" for state in states_of(view, duty))


def _extended(duty: Duty) -> Reader:
    return lambda view: len(grants_of(view, duty))


def _over(duty: Duty, key: str) -> Reader:
    def read(view: View) -> bool:
        return any(
            state.key == key and state.progress in ("done", "waived")
            for state in states_of(view, duty)
        )

    return read


def _is_key(duty: Duty, key: str) -> Reader:
    return lambda view: key in (keys_of(view, duty) or ())
