"""The whole explanation of a case: what happened, how it is judged, what is timed and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from complaintflow.audit.events import Event
from complaintflow.engine.clocks import Clock, clocks_of
from complaintflow.engine.custody import Custody, custody_in
from complaintflow.engine.explain_clocks import ahead, timed
from complaintflow.engine.grading import Grading, evaluate
from complaintflow.engine.program import Program
from complaintflow.engine.relay import projected_in
from complaintflow.engine.standing import Standing, view_of
from complaintflow.engine.story import Line, Teller, keyed, story_of
from complaintflow.engine.superseded import Superseded, superseded_in
from complaintflow.engine.view import View
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
        superseded: For each clock that moved, by duty, key and round: what it said before.
        ahead: Clocks of duties that wait for one before them, with projected instants.
    """

    program: Program
    standing: Standing
    story: tuple[Line, ...]
    gradings: tuple[Grading, ...]
    clocks: tuple[Clock, ...]
    custody: tuple[Custody, ...] = ()
    superseded: Mapping[tuple[str, str, int], tuple[Superseded, ...]] = attrs.Factory(dict)
    ahead: tuple[Clock, ...] = ()

    def text(self, language: str = "en") -> str:
        """All of it in ``en`` or ``zh``."""
        t = Teller(self.program.policy, language)
        view = view_of(self.program, self.standing)
        lines = [t.say("story"), *(f"  {line.text(language)}" for line in self.story)]
        lines += ["", t.say("decisions")]
        for grading in self.gradings:
            lines += _judged(t, view, grading)
        lines += ["", t.say("clocks")]
        told = {line.position: line for line in self.story}
        for clock in self.clocks:
            lines += timed(t, clock, self.superseded.get(clock.identity, ()), told)
        lines += [ahead(t, clock) for clock in self.ahead]
        if self.custody:
            lines += ["", t.say("custody"), *(f"  {_had(t, held)}" for held in self.custody)]
        return "\n".join(lines)


def explain(program: Program, standing: Standing, events: Iterable[Event]) -> Explanation:
    """Explain a case from its events."""
    events = tuple(events)
    view = view_of(program, standing)
    gradings = tuple(evaluate(compiled, view) for compiled in program.decisions.values())
    return Explanation(
        program,
        standing,
        story_of(program.policy, events),
        gradings,
        clocks_of(view),
        custody_in(view),
        superseded_in(program, standing.case.id, events),
        projected_in(view, standing.case.recorded),
    )


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
