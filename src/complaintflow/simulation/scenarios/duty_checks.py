"""Whether what is expected of duties came: due instants, who owes what, misses, rungs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from complaintflow.audit.events import RungReached
from complaintflow.calendar.due import due
from complaintflow.engine.clocks import Clock
from complaintflow.engine.duties import DutyState, lacking_of
from complaintflow.engine.owed import Owed, owed_in
from complaintflow.engine.relay import projected_in
from complaintflow.moments import from_micros
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import text
from complaintflow.simulation.scenarios.look import Look, Seen
from complaintflow.simulation.scenarios.scenario import DueAs, Expectation
from complaintflow.simulation.scenarios.texts import Text, joined, same, say

__all__ = ["DUTY_CHECKS"]

_SECOND = 1_000_000


def _named(state: DutyState, said: Text, several: bool) -> Text:
    if not several:
        return said
    return joined([same(f"{state.duty.code}.{state.key}:"), said], " ")


def _of_each(
    look: Look, wanted: Expectation, judge: Callable[[DutyState], tuple[bool, Text]]
) -> Seen:
    """Whether it is so for the key, or for every key, that the expectation names."""
    states = look.states(wanted.name, wanted.key)
    found = [(state, *judge(state)) for state in states]
    none_is_enough = wanted.kind.startswith("not_")
    passed = (bool(found) or none_is_enough) and all(good for _, good, _ in found)
    came = [_named(state, said, len(found) > 1) for state, _, said in found]
    why = (
        []
        if passed
        else [line for state, good, _ in found if not good for line in _why(look, state)]
    )
    return Seen(passed, joined(came) if came else say("came nothing"), tuple(why))


def _why(look: Look, state: DutyState) -> Sequence[Text]:
    """How a duty came to stand as it does."""
    duty = state.duty
    found: list[Text] = []
    if state.started is None:
        when = str(duty.starts) if isinstance(duty.starts, Open) else text(duty.starts)
        return [say("why not started", when=when)]
    found.append(say("why started", at=look.at(state.started), round=state.round))
    if state.progress in ("not asked", "undecided") and duty.when is not None:
        found.append(say("why not asked", when=text(duty.when)))
    if lacking := lacking_of(look.view, state):
        found.append(say("why lacking", names=", ".join(lacking)))
    clock = look.clock(state)
    if clock is not None:
        found += _why_due(look, clock)
    return found


def _why_due(look: Look, clock: Clock) -> list[Text]:
    """How the due instant was counted."""
    zone = clock.calendar.tz
    if clock.limit is None or clock.start is None:
        return [say("why due", at=look.at(clock.due))] if clock.due is not None else []
    pauses = [
        (from_micros(begin, zone), None if end is None else from_micros(end, zone))
        for begin, end in clock.pauses
    ]
    counted = due(
        clock.calendar, from_micros(clock.start, zone), clock.limit, clock.conventions, pauses
    )
    return [{"en": counted.explain("en"), "zh": counted.explain("zh")}]


def _progress(look: Look, state: DutyState, owed: tuple[Owed, ...]) -> Text:
    match state.progress:
        case "owed":
            return say("came owed", roles=", ".join(_roles(state, owed)) or "-")
        case "done":
            return say("came done", at=look.at(state.done_at or 0))
        case progress:
            return say(f"came {progress}")


def _roles(state: DutyState, owed: tuple[Owed, ...]) -> tuple[str, ...]:
    for one in owed:
        if (one.duty, one.key) == (state.duty.code, state.key):
            return one.roles
    return ()


def _action(look: Look, wanted: Expectation) -> Seen:
    """Whether an action, or its verification, is owed; without a number, whether any is."""
    found = [
        one
        for one in owed_in(look.view, look.now)
        if one.duty == wanted.name and wanted.key in (None, one.key)
    ]
    said = joined([say("came owed", roles=", ".join(one.roles)) for one in found])
    came = said if found else say("came nothing")
    if wanted.kind == "not_owed":
        return Seen(not found, came)
    good = all(wanted.wanted in (None, frozenset(one.roles)) for one in found)
    return Seen(bool(found) and good, came)


def _owed(look: Look, wanted: Expectation) -> Seen:
    if wanted.name not in look.program.duties:
        return _action(look, wanted)
    listed = owed_in(look.view, look.now)

    def judge(state: DutyState) -> tuple[bool, Text]:
        roles = frozenset(_roles(state, listed))
        good = state.is_owed and wanted.wanted in (None, roles)
        return good, _progress(look, state, listed)

    return _of_each(look, wanted, judge)


def _not_owed(look: Look, wanted: Expectation) -> Seen:
    if wanted.name not in look.program.duties:
        return _action(look, wanted)
    listed = owed_in(look.view, look.now)
    return _of_each(look, wanted, lambda state: (not state.is_owed, _progress(look, state, listed)))


def _owed_only(look: Look, wanted: Expectation) -> Seen:
    """A duty named without a key stands for all its keys."""
    listed = owed_in(look.view, look.now)
    found = {f"{one.duty}.{one.key}" if one.key else one.duty for one in listed}
    covered = {name.partition(".")[0] for name in found} & wanted.wanted
    short = {
        name.partition(".")[0] if name.partition(".")[0] in covered else name for name in found
    }
    came = ", ".join(sorted(found))
    return Seen(short == wanted.wanted, same(came) if came else say("came nothing"))


def _lacking(look: Look, wanted: Expectation) -> Seen:
    def judge(state: DutyState) -> tuple[bool, Text]:
        lacking = lacking_of(look.view, state)
        names = frozenset(part for lack in lacking for part in lack.split(" | "))
        said = ", ".join(sorted(names))
        return names == wanted.wanted, same(said) if said else say("came nothing")

    return _of_each(look, wanted, judge)


def _done(look: Look, wanted: Expectation) -> Seen:
    listed = owed_in(look.view, look.now)

    def judge(state: DutyState) -> tuple[bool, Text]:
        good = state.progress == "done" and wanted.wanted in (None, state.done_at)
        return good, _progress(look, state, listed)

    return _of_each(look, wanted, judge)


def _not_done(look: Look, wanted: Expectation) -> Seen:
    listed = owed_in(look.view, look.now)
    return _of_each(
        look, wanted, lambda state: (state.progress != "done", _progress(look, state, listed))
    )


def _disputed(look: Look, wanted: Expectation) -> Seen:
    """Whether a rejection waits for its ruling."""
    disputed = wanted.kind == "disputed"

    def judge(state: DutyState) -> tuple[bool, Text]:
        said = say("came disputed" if state.is_disputed else "came not disputed")
        return state.is_disputed is disputed, said

    return _of_each(look, wanted, judge)


def _let_go(look: Look, wanted: Expectation) -> Seen:
    """Whether it was waived, or its rejection upheld without another owner."""
    listed = owed_in(look.view, look.now)

    def judge(state: DutyState) -> tuple[bool, Text]:
        return state.progress == wanted.kind, _progress(look, state, listed)

    return _of_each(look, wanted, judge)


# -- time --------------------------------------------------------------------------------------


def _described(look: Look, state: DutyState) -> tuple[DueAs, Text]:
    """The due instant, or the words for why there is none."""
    if state.progress not in ("owed", "done"):
        word = {"waiting": "not started"}.get(state.progress, state.progress)
        return DueAs(word=word), say(f"came {state.progress}")
    clock = look.clock(state)
    if clock is None:
        return DueAs(word="no limit", sort="no limit"), same("no limit")
    if clock.due is None:
        word = "paused" if clock.paused else clock.sort
        return DueAs(word=word, sort=clock.sort), same(word)
    return DueAs(clock.due, sort=clock.sort), same(f"{look.at(clock.due)} ({clock.sort})")


def _due(look: Look, wanted: Expectation) -> Seen:
    asked: DueAs = wanted.wanted

    def judge(state: DutyState) -> tuple[bool, Text]:
        found, said = _described(look, state)
        if asked.at is None:
            none = found.at is None and bool(found.sort)
            return found.word == asked.word or (asked.word == "no instant" and none), said
        return found.at == asked.at and asked.sort in ("", found.sort), said

    return _of_each(look, wanted, judge)


def _late_by(look: Look, state: DutyState) -> int | None:
    """By how much a duty that is still owed is late, microseconds; None when it is not."""
    clock = look.clock(state)
    if clock is None or clock.due is None or not state.is_owed:
        return None
    late = (look.now // _SECOND - clock.due // _SECOND) * _SECOND
    return late if late > 0 else None


def _overdue_text(late: int | None) -> Text:
    if late is None:
        return say("came not overdue")
    return say("came overdue", seconds=late // _SECOND)


def _overdue(look: Look, wanted: Expectation) -> Seen:
    def judge(state: DutyState) -> tuple[bool, Text]:
        late = _late_by(look, state)
        return late is not None and wanted.wanted in (None, late), _overdue_text(late)

    return _of_each(look, wanted, judge)


def _not_overdue(look: Look, wanted: Expectation) -> Seen:
    def judge(state: DutyState) -> tuple[bool, Text]:
        late = _late_by(look, state)
        return late is None, _overdue_text(late)

    return _of_each(look, wanted, judge)


def _is_missed(look: Look, state: DutyState) -> bool:
    """As the expression ``duty.missed`` sees it, for one key."""
    missed = look.standing.case.missed.get((state.duty.code, state.key, state.round))
    if missed is None:
        return False
    return state.done_at is None or state.done_at // _SECOND * _SECOND > missed


def _missed(look: Look, wanted: Expectation) -> Seen:
    def judge(state: DutyState) -> tuple[bool, Text]:
        missed = _is_missed(look, state)
        return missed, say("came missed" if missed else "came not missed")

    return _of_each(look, wanted, judge)


def _not_missed(look: Look, wanted: Expectation) -> Seen:
    def judge(state: DutyState) -> tuple[bool, Text]:
        missed = _is_missed(look, state)
        return not missed, say("came missed" if missed else "came not missed")

    return _of_each(look, wanted, judge)


def _timely(look: Look, wanted: Expectation) -> Seen:
    in_time = wanted.kind == "in_time"

    def judge(state: DutyState) -> tuple[bool, Text]:
        clock = look.clock(state)
        found = clock.in_time(look.now) if clock is not None else None
        if found is None:
            return False, say("came no instant")
        return found is in_time, say("came in time" if found else "came late")

    return _of_each(look, wanted, judge)


def _rounds(look: Look, wanted: Expectation) -> Seen:
    return _of_each(
        look, wanted, lambda state: (state.round == wanted.wanted, same(str(state.round)))
    )


def _rungs(look: Look, wanted: Expectation) -> Seen:
    (code, key, rung), firings = wanted.wanted
    (state, *_) = look.states(code, key)
    found = sorted(
        (event.body.repetition, event.occurred, frozenset(event.body.to), event.body.too_late)
        for event in look.events
        if isinstance(event.body, RungReached)
        and (event.body.duty, event.body.rung, event.body.round) == (code, rung, state.round)
        and key in (None, event.body.key)
    )
    passed = len(found) == len(firings) and all(
        at == one.at and one.to in (None, to) and too_late == one.too_late
        for (_, at, to, too_late), one in zip(found, firings, strict=True)
    )
    said = [
        f"{look.at(at)} to {', '.join(sorted(to))}{', too late' if too_late else ''}"
        for _, at, to, too_late in found
    ]
    came = same("; ".join(said)) if said else say("came not yet")
    return Seen(passed, came, () if passed else tuple(_why(look, state)))


def _projected(look: Look, wanted: Expectation) -> Seen:
    due = {clock.identity[:2]: clock.due for clock in projected_in(look.view, look.now)}

    def judge(state: DutyState) -> tuple[bool, Text]:
        found = due.get((state.duty.code, state.key))
        if found is None:
            return False, say("came no instant")
        return found == wanted.wanted, same(look.at(found))

    return _of_each(look, wanted, judge)


DUTY_CHECKS: dict[str, Callable[[Look, Expectation], Seen]] = {
    "due": _due,
    "owed": _owed,
    "not_owed": _not_owed,
    "owed_only": _owed_only,
    "lacking": _lacking,
    "done": _done,
    "not_done": _not_done,
    "disputed": _disputed,
    "not_disputed": _disputed,
    "waived": _let_go,
    "rejected": _let_go,
    "overdue": _overdue,
    "not_overdue": _not_overdue,
    "missed": _missed,
    "not_missed": _not_missed,
    "in_time": _timely,
    "late": _timely,
    "rounds": _rounds,
    "rungs": _rungs,
    "projected": _projected,
}
"""The checks of the kinds that are about duties."""
