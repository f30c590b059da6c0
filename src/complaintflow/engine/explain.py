"""The whole explanation of a case: what happened, how it is judged, what is timed and why."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from complaintflow.audit.events import Event
from complaintflow.engine.clocks import Clock, clocks_of
from complaintflow.engine.custody import Custody, custody_in
from complaintflow.engine.grading import Grading, evaluate
from complaintflow.engine.program import Program
from complaintflow.engine.standing import Standing, view_of
from complaintflow.engine.story import Line, Teller, keyed, story_of
from complaintflow.engine.view import View
from complaintflow.moments import from_micros
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import names, text

__all__ = ["Explanation", "explain"]


@attrs.frozen
class Explanation:
    """Why a case stands as it stands; data first, `text` for people.

    Args:
        story: Every event, told.
        gradings: Every decision by its criteria, as the facts are now.
        clocks: Every clock of a duty that has begun.
        custody: Who had each duty that came to another owner.
    """

    program: Program
    standing: Standing
    story: tuple[Line, ...]
    gradings: tuple[Grading, ...]
    clocks: tuple[Clock, ...]
    custody: tuple[Custody, ...] = ()

    def text(self, language: str = "en") -> str:
        """All of it in ``en`` or ``zh``."""
        t = Teller(self.program.policy, language)
        view = view_of(self.program, self.standing)
        lines = [t.say("story"), *(f"  {line.text(language)}" for line in self.story)]
        lines += ["", t.say("decisions")]
        for grading in self.gradings:
            lines += _judged(t, view, grading)
        lines += ["", t.say("clocks")]
        for clock in self.clocks:
            lines += _timed(t, clock)
        if self.custody:
            lines += ["", t.say("custody"), *(f"  {_had(t, held)}" for held in self.custody)]
        return "\n".join(lines)


def explain(program: Program, standing: Standing, events: Iterable[Event]) -> Explanation:
    """Explain a case from its events."""
    view = view_of(program, standing)
    gradings = tuple(evaluate(compiled, view) for compiled in program.decisions.values())
    story = story_of(program.policy, events)
    return Explanation(program, standing, story, gradings, clocks_of(view), custody_in(view))


def _had(t: Teller, held: Custody) -> str:
    return t.say(
        "had",
        duty=keyed(t, held.duty, held.key),
        roles=t.names(held.roles),
        since=t.at(held.since),
        until=t.say("clock-now") if held.until is None else t.at(held.until),
        why=t.say("why", why=held.why) if held.why else "",
    )


def _judged(t: Teller, view: View, grading: Grading) -> list[str]:
    ruling = view.case.overruled.get(grading.decision)
    decision = t.name(grading.decision)
    if ruling is not None:
        answer = t.value(ruling.answer, grading.decision)
        lines = [f"  {t.say('ruled', decision=decision, answer=answer, reason=ruling.reason)}"]
    else:
        answer = t.value(grading.answer, grading.decision)
        lines = [f"  {t.say('answer', decision=decision, answer=answer)}"]
    results = {True: "matched", False: "not-matched", None: "not-evaluated"}
    for criterion, value in grading.results:
        seen = {name: view[name] for name in sorted(names(criterion.when))}
        lines.append(
            "    "
            + t.say(
                "criterion",
                clause=", ".join(criterion.clauses),
                condition=text(criterion.when),
                result=t.say(results[value]),
                facts=t.facts(seen),
            )
        )
    return lines


def _timed(t: Teller, clock: Clock) -> list[str]:
    duty = clock.state.duty
    head = t.say(
        "clock",
        duty=keyed(t, duty.code, clock.state.key),
        clause=", ".join(duty.clauses),
        round=clock.state.round,
        start=t.at(clock.start or 0),
        outcome=_outcome(t, clock),
    )
    if clock.limit is None or clock.due is None or clock.start is None:
        return [f"  {head}"]
    due = clock.calendar.due(
        from_micros(clock.start, clock.calendar.tz),
        clock.limit,
        conventions=clock.conventions,
        pauses=[
            (
                from_micros(begin, clock.calendar.tz),
                None if end is None else from_micros(end, clock.calendar.tz),
            )
            for begin, end in clock.pauses
        ],
    )
    why = due.explain("zh" if t.language == "zh" else "en").splitlines()
    return [f"  {head}", *(f"    {line}" for line in why)]


def _outcome(t: Teller, clock: Clock) -> str:
    if clock.due is not None:
        due = t.at(clock.due)
        if clock.state.done_at is None:
            return t.say("clock-due", due=due)
        return t.say("clock-done", due=due, done=t.at(clock.state.done_at))
    if clock.paused:
        return t.say("clock-paused")
    target = clock.state.duty.target
    if target is not None and isinstance(target.within, Open):
        return t.say("clock-open", choice=t.name(target.within.choice))
    return t.say("clock-none", sort=clock.sort)
