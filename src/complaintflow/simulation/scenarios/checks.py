"""Whether what is expected came: of states, answers, facts, notices and refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from complaintflow.audit.events import Counted, Overruled, StepTaken, Summed, Told
from complaintflow.audit.signing import signatures
from complaintflow.domain.types import show
from complaintflow.engine.grading import Grading, evaluate
from complaintflow.engine.machine import NEW
from complaintflow.engine.turn import turn_of
from complaintflow.policy.expression import trace
from complaintflow.simulation.scenarios.duty_checks import DUTY_CHECKS
from complaintflow.simulation.scenarios.look import Look, Seen
from complaintflow.simulation.scenarios.scenario import Expectation
from complaintflow.simulation.scenarios.texts import LANGUAGES, Text, same, say

__all__ = ["check"]


def check(look: Look, expectation: Expectation) -> Seen:
    """Whether *expectation* holds of the case that *look* shows, and if not, why."""
    return _CHECKS[expectation.kind](look, expectation)


def _listed(words: Iterable[str]) -> Text:
    found = ", ".join(sorted(words))
    return same(found) if found else say("came nothing")


def _state(look: Look, wanted: Expectation) -> Seen:
    state = look.standing.case.state
    if state == wanted.wanted:
        return Seen(True, same(state))
    steps = [event for event in look.events if isinstance(event.body, StepTaken)]
    why = tuple(
        say("why step", at=look.at(event.occurred), step=event.body.step, role=event.role)
        for event in steps
        if isinstance(event.body, StepTaken)
    )
    return Seen(False, same(state) if state else say("came not opened"), why)


def _final(look: Look, wanted: Expectation) -> Seen:
    case = look.standing.case
    final = case.put_aside or case.state in look.program.policy.final
    came = {language: show(final, language) for language in LANGUAGES}
    return Seen(final == wanted.wanted, came)


def _number(look: Look, wanted: Expectation) -> Seen:
    """The number of the case, and those that it got on its way."""
    case = look.standing.case
    numbers = (case.id, *case.numbers.values())
    return Seen(wanted.wanted in numbers, same(", ".join(numbers)))


def _possible(look: Look, wanted: Expectation) -> Seen:
    possible = look.program.workflow.possible(look.standing.case.state or NEW)
    return Seen(frozenset(possible) == wanted.wanted, _listed(possible))


def _turn(look: Look, wanted: Expectation) -> Seen:
    roles = turn_of(look.view, look.now).roles
    return Seen(frozenset(roles) == wanted.wanted, _listed(roles))


# -- answers -----------------------------------------------------------------------------------


def _grading(look: Look, code: str) -> Grading:
    return evaluate(look.program.decisions[code], look.view)


def _why_answer(look: Look, code: str) -> tuple[Text, ...]:
    """Every criterion with its clauses, whether it matched, and the facts that it saw."""
    found: list[Text] = []
    for event in look.events:
        if isinstance(event.body, Overruled) and event.body.decision == code:
            answer = show(event.body.answer)
            found.append(
                say("why overruled", by=event.role, answer=answer, reason=event.body.reason)
            )
    view = look.view
    for criterion, value in _grading(look, code).results:
        head = say(
            "why criterion",
            answers=", ".join(criterion.answers),
            clauses=", ".join(criterion.clauses) or "-",
            outcome=say(f"why {str(value).lower()}"),
        )
        traced = trace(criterion.when, view)
        found.append(
            {
                language: "\n".join(
                    [
                        head[language],
                        *(f"  {line}" for line in traced.text(language).splitlines()),
                    ]
                )
                for language in LANGUAGES
            }
        )
    return tuple(found)


def _answer(look: Look, wanted: Expectation) -> Seen:
    answer = look.view[wanted.name]
    typed = frozenset(answer) if isinstance(answer, (tuple, frozenset)) else answer
    if answer is None:
        came = say("came undetermined")
    elif isinstance(typed, frozenset):
        came = _listed(typed)
    else:
        came = {language: show(answer, language) for language in LANGUAGES}
    passed = typed == wanted.wanted and type(typed) is type(wanted.wanted)
    return Seen(passed, came, () if passed else _why_answer(look, wanted.name))


def _approval(look: Look, wanted: Expectation) -> Seen:
    answer = str(look.view[wanted.name])
    return Seen(answer == wanted.wanted, same(answer))


def _undetermined(look: Look, wanted: Expectation) -> Seen:
    answer = look.view[wanted.name]
    if answer is None:
        return Seen(True, say("came undetermined"))
    came = {language: show(answer, language) for language in LANGUAGES}
    return Seen(False, came, _why_answer(look, wanted.name))


def _matched(look: Look, wanted: Expectation) -> Seen:
    found = _grading(look, wanted.name).matched
    passed = frozenset(found) == wanted.wanted
    return Seen(passed, _listed(found), () if passed else _why_answer(look, wanted.name))


def _not_evaluated(look: Look, wanted: Expectation) -> Seen:
    found = _grading(look, wanted.name).unknown
    passed = frozenset(found) == wanted.wanted
    return Seen(passed, _listed(found), () if passed else _why_answer(look, wanted.name))


# -- facts -------------------------------------------------------------------------------------


def _why_fact(look: Look, name: str) -> tuple[Text, ...]:
    known = look.standing.case.facts.get(name)
    if known is None:
        return ()
    return (say("why known", at=look.at(known.since), by=known.role or known.by),)


def _said(value: Any) -> Text:
    return {language: show(value, language) for language in LANGUAGES}


def _fact(look: Look, wanted: Expectation) -> Seen:
    value = look.view[wanted.name]
    passed = value is not None and value == wanted.wanted
    return Seen(passed, _said(value), () if passed else _why_fact(look, wanted.name))


def _unknown(look: Look, wanted: Expectation) -> Seen:
    value = look.view[wanted.name]
    return Seen(value is None, _said(value), _why_fact(look, wanted.name))


def _counted(look: Look, wanted: Expectation) -> Seen:
    cases: tuple[str, ...] = ()
    for event in look.events:
        if isinstance(event.body, (Counted, Summed)) and event.body.fact == wanted.name:
            cases = event.body.cases
    names = frozenset(look.names.get(case, case) for case in cases)
    return Seen(names == wanted.wanted, _listed(names))


def _signed(look: Look, wanted: Expectation) -> Seen:
    """The roles whose last signature of a step or approval stands."""
    last = {
        one.role: one.stands
        for one in signatures(look.standing.case.id, look.events)
        if one.what == wanted.name
    }
    roles = frozenset(role for role, stands in last.items() if stands)
    return Seen(roles == wanted.wanted, _listed(roles))


# -- notices -----------------------------------------------------------------------------------


def _notices(look: Look) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for event in look.fresh:
        if isinstance(event.body, Told):
            told = event.body
            found[told.tell] = found.get(told.tell, frozenset()) | frozenset(told.to)
    return found


def _told(look: Look, wanted: Expectation) -> Seen:
    notices = _notices(look)
    roles = notices.get(wanted.name)
    if roles is None:
        return Seen(False, say("came not told"), (say("why told", notices=_listed(notices)),))
    return Seen(wanted.wanted in (None, roles), _listed(roles))


def _told_only(look: Look, wanted: Expectation) -> Seen:
    notices = _notices(look)
    return Seen(frozenset(notices) == wanted.wanted, _listed(notices))


# -- links -------------------------------------------------------------------------------------


def _link(look: Look, wanted: Expectation) -> Seen:
    """What a link opened and what is closed of it, for one key or for all."""
    found = {
        key: opening
        for (code, key), opening in look.standing.case.links.items()
        if code == wanted.name and wanted.key in (None, key)
    }
    if wanted.kind == "not_opened":
        passed = not found
    elif wanted.kind == "opened":
        passed = bool(found)
    else:
        passed = bool(found) and all(one.closed_at is not None for one in found.values())
    if not found:
        return Seen(passed, say("came not opened yet"))
    still = [key or one.case or wanted.name for key, one in found.items() if one.closed_at is None]
    return Seen(passed, _listed(still) if still else say("came closed"))


def _related(look: Look, wanted: Expectation) -> Seen:
    found = frozenset(
        look.names.get(related.case, related.case)
        for related in look.standing.case.related
        if related.kind == wanted.name
    )
    return Seen(found == wanted.wanted, _listed(found))


def _people(look: Look, wanted: Expectation) -> Seen:
    person = look.standing.case.people.get(wanted.name, "")
    return Seen(person == wanted.wanted, same(person) if person else say("came nothing"))


_CHECKS: dict[str, Callable[[Look, Expectation], Seen]] = {
    "state": _state,
    "final": _final,
    "number": _number,
    "possible": _possible,
    "turn": _turn,
    "answer": _answer,
    "approval": _approval,
    "undetermined": _undetermined,
    "matched": _matched,
    "not_evaluated": _not_evaluated,
    "fact": _fact,
    "unknown": _unknown,
    "counted": _counted,
    "signed": _signed,
    "told": _told,
    "told_only": _told_only,
    **dict.fromkeys(("opened", "not_opened", "closed"), _link),
    "related": _related,
    "people": _people,
    **DUTY_CHECKS,
}
