"""A policy made ready to run: closures, the shared machine, what depends on what.

A program is a pure function of its policy, made once for each policy version and shared by
all cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from complaintflow.audit.case import Case
from complaintflow.audit.vault import Erased
from complaintflow.engine.approvals import approval_state, party_answer
from complaintflow.engine.duties import lacking_asks
from complaintflow.engine.duty_readers import readers_of
from complaintflow.engine.grading import CompiledDecision, evaluate
from complaintflow.engine.keyed import entering, for_key, is_key, over
from complaintflow.engine.machine import Workflow
from complaintflow.engine.of_case import readers_of_case
from complaintflow.engine.reach import Reach
from complaintflow.engine.track import Moment, Track, moment_of, read_leaf
from complaintflow.engine.view import View
from complaintflow.policy.approval import Approval
from complaintflow.policy.choice import Choice, Open
from complaintflow.policy.decision import Decision
from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import Expression, names, text
from complaintflow.policy.expression import compile as compiled
from complaintflow.policy.fact import Ask, Fact, Form
from complaintflow.policy.keys import followed_by, known_keys
from complaintflow.policy.personal import personal_in
from complaintflow.policy.policy import Policy
from complaintflow.policy.scope import CASE, HANDED_OVER, PERIODS
from complaintflow.policy.step import Step

__all__ = ["CompiledAsk", "Guard", "Program"]

Closure = Callable[[Mapping[str, Any]], Any]
Reader = Callable[[View], Any]
CompiledAsk = tuple[Ask, Closure | None]


@attrs.frozen
class Guard:
    """A guard with its clause, its expression for the reason, and its closure."""

    clause: str
    condition: Expression
    holds: Closure


@attrs.frozen
class CompiledStep:
    """A step with its closures."""

    step: Step
    needs: tuple[Guard, ...]
    should: tuple[Guard, ...]
    asks: tuple[CompiledAsk, ...]
    branches: tuple[tuple[Closure | None, str | Open], ...]


class Program:
    """A policy, compiled.

    Args:
        policy: A policy without problems (see `complaintflow.policy.validate`).

    `opening` are the steps by which people open a case; those that links take are left out.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.roles = frozenset(role.code for role in policy.roles)
        self.as_role = {code: (code,) for code in self.roles}
        self.above = {role.code: role.above for role in policy.roles if role.above is not None}
        self.routes = {route.code: route for route in policy.routes}
        self.outside = frozenset(role.code for role in policy.roles if role.outside)
        self.choices: dict[str, Choice] = {c.code: c for c in policy.choices}
        self.facts: dict[str, Fact] = {fact.code: fact for fact in policy.facts}
        self.forms: dict[str, Form] = {form.code: form for form in policy.forms}
        self.duties: dict[str, Duty] = {duty.code: duty for duty in policy.duties}
        self.actions = {action.code: action for action in policy.actions}
        self.approvals = {approval.code: approval for approval in policy.approvals}
        self.apart = policy.apart
        self.permissions = {one.code: one for one in policy.permissions}
        self.tells = {tell.code: tell for tell in policy.tells}
        self.workflow = Workflow(policy.steps, policy.states, policy.final)
        linked = {link.step for link in policy.links if link.policy is None}
        opening = tuple(step.code for step in policy.steps if step.opens)
        self.opening = tuple(code for code in opening if code not in linked) or opening
        self.form_asks = {form.code: self._asks(form.fields) for form in policy.forms}
        self.steps = {step.code: self._step(step) for step in policy.steps}
        self.decisions = {
            decision.code: CompiledDecision(
                decision, tuple((c, compiled(c.when)) for c in decision.criteria)
            )
            for decision in policy.decisions
        }
        self.asks = {
            duty.code: self._asks(duty.asks) + (self.form_asks[duty.form] if duty.form else ())
            for duty in policy.duties
        }
        self.whens = {
            d.code: compiled(d.when) if d.when is not None else None for d in policy.duties
        }
        self.counts: dict[str, Fact] = {f.code: f for f in policy.facts if f.count is not None}
        self.wheres = {
            code: compiled(fact.count.where) if fact.count and fact.count.where else None
            for code, fact in self.counts.items()
        }
        self.readers = self._readers()
        self._depends: dict[str, frozenset[str]] = {}
        self._pulses = frozenset({*self.steps, *self.duties, *self.actions, HANDED_OVER})
        self.moments: list[Moment] = []
        self._index: dict[Expression, int] = {}
        self.starts: dict[str, int | None] = {
            d.code: None if isinstance(d.starts, Open) or followed_by(d) else self._moment(d.starts)
            for d in policy.duties
        }
        self.keyed = {
            d.code: {key: self._moment(for_key(d.starts, d, key)) for key in known_keys(policy, d)}
            for d in policy.duties
            if not isinstance(d.starts, Open) and followed_by(d)
        }
        self.entries = {
            d.code: {key: self._moment(is_key(d.code, key)) for key in entering(policy, d)}
            for d in policy.duties
        }
        followed = {
            (before, over(before, key))
            for duty in policy.duties
            for before in followed_by(duty)
            for key in known_keys(policy, duty)
        }
        self.begins: tuple[tuple[int, str], ...] = (
            *((moment, code) for code, moment in self.starts.items() if moment is not None),
            *((moment, code) for code, keys in self.keyed.items() for moment in keys.values()),
        )
        """The moments that begin a round, each with its duty."""
        self.renewed = tuple(
            (moment, part)
            for moment, code in self.begins
            for before, part in sorted(followed)
            if before == code
        )
        """The same, each with the parts of the duty that others follow by key."""
        self.ends = {d.code: self._moment(d.ends) for d in policy.duties if d.ends is not None}
        self.asked = {a.code: self._moment(a.starts) for a in policy.approvals}
        self.resets = {
            a.code: self._moment(a.resets) for a in policy.approvals if a.resets is not None
        }
        self.opens = {link.code: self._moment(link.starts) for link in policy.links}
        self.opened_if = {
            link.code: compiled(link.when) if link.when is not None else None
            for link in policy.links
        }
        opens = {step.code for step in policy.steps if step.opens}
        self.numbering = {
            record.code: (record.number, self._moment(record.numbered))
            for record in policy.records
            if record.number and record.numbered is not None and text(record.numbered) not in opens
        }
        self.hears = {tell.code: self._moment(tell.on) for tell in policy.tells}
        self.pauses = {
            d.code: self._moment(d.target.pauses)
            for d in policy.duties
            if d.target is not None and d.target.pauses is not None
        }
        extended = {
            d.code: d.target.extended
            for d in policy.duties
            if d.target is not None and d.target.extended is not None
        }
        self.extends = {code: self._moment(one.on) for code, one in extended.items()}
        self.extends_from = {
            code: self._moment(one.start) for code, one in extended.items() if one.start is not None
        }
        entered = (moment for keys in self.entries.values() for moment in keys.values())
        self.spanning = frozenset((*self.pauses.values(), *entered))
        """The moments of which the spans are kept in which they hold."""
        self.touched: dict[str, tuple[int, ...]] = {}
        for index, moment in enumerate(self.moments):
            for name in moment.depends:
                self.touched[name] = (*self.touched.get(name, ()), index)
        named = frozenset().union(*(names(m.expression) for m in self.moments))
        self.periods = tuple(p for p in PERIODS if f"{CASE}.{p}" in named)
        self.watched = tuple(code for code in self.duties if code in named)
        self.watches: dict[str, tuple[str, ...]] = {}
        for code in self.watched:
            for name in self.depends(code):
                self.watches[name] = (*self.watches.get(name, ()), code)
        self.timed = {duty.code: duty for duty in policy.duties if duty.target is not None}
        self.limited = {duty.code: self._limited(duty) for duty in self.timed.values()}
        self.decided_by: dict[str, tuple[str, ...]] = {}
        for code in self.decisions:
            for name in self.depends(code):
                self.decided_by[name] = (*self.decided_by.get(name, ()), code)
        self.personal = personal_in(policy)
        self.outset = self._outset()
        """For each moment what its leaves give before the first step, and whether it holds."""
        self.reach = Reach.of(self)

    # -- compiling -----------------------------------------------------------------------

    def _asks(self, asks: tuple[Ask, ...]) -> tuple[CompiledAsk, ...]:
        return tuple((a, compiled(a.when) if a.when is not None else None) for a in asks)

    def _step(self, step: Step) -> CompiledStep:
        return CompiledStep(
            step,
            tuple(Guard(n.clause, n.condition, compiled(n.condition)) for n in step.needs),
            tuple(Guard(n.clause, n.condition, compiled(n.condition)) for n in step.should),
            self._asks(step.asks) + (self.form_asks[step.form] if step.form else ()),
            tuple((compiled(b.when) if b.when is not None else None, b.to) for b in step.to),
        )

    def _moment(self, expression: Expression) -> int:
        if expression not in self._index:
            depends = frozenset().union(*(self.depends(name) for name in names(expression)))
            self._index[expression] = len(self.moments)
            self.moments.append(
                moment_of(expression, compiled, self._pulses, depends, self._factual)
            )
        return self._index[expression]

    def _factual(self, leaf: Expression) -> bool:
        acted = self._pulses | self.approvals.keys() | readers_of_case(self.policy).keys()
        return all(self.depends(name).isdisjoint(acted) for name in names(leaf))

    def _limited(self, duty: Duty) -> tuple[str, ...]:
        """The decisions on which the demand for a duty and its limit depend."""
        found = set(names(duty.when)) if duty.when is not None else set()
        if duty.target is not None and duty.target.per:
            found.add(duty.target.per)
        return tuple(sorted(found & set(self.decisions)))

    def _outset(self) -> tuple[tuple[tuple[bool | None, ...], bool | None], ...]:
        """What rests on facts alone is not judged before the opening step has told them."""
        view = View(self, Case(""), Track())
        found = []
        for moment in self.moments:
            readings = tuple(
                (None, 0, False)
                if leaf.factual
                else read_leaf(leaf, view, (None, 0), 0, frozenset())
                for leaf in moment.leaves
            )
            truth = moment.combine(readings)[0]
            found.append((tuple(value for value, _, _ in readings), truth))
        return tuple(found)

    # -- reading -------------------------------------------------------------------------

    def _readers(self) -> dict[str, Reader]:
        readers: dict[str, Reader] = {}
        for fact in self.policy.facts:
            readers[fact.code] = compiled(fact.formula) if fact.formula else _given(fact.code)
        for form, asks in self.form_asks.items():
            readers[f"filled({form})"] = _filled(asks)
        if self.policy.states:
            readers["state"] = _state
        for step in self.steps:
            readers[step] = _happened(step)
        readers.update(readers_of(self.policy))
        for decision in self.policy.decisions:
            readers[decision.code] = _answer(decision)
            for answer in decision.answers:
                readers[f"{decision.code}.{answer}"] = _matches(decision, answer)
        for action in self.policy.actions:
            readers[action.code] = _closed(action.code, action.verified_by is not None)
            readers[f"{action.code}.missed"] = lambda view: False
        for approval in self.policy.approvals:
            readers[approval.code] = _approval(approval)
            for party in approval.by.names:
                readers[f"{approval.code}.{party}"] = _party(approval, party)
        readers.update(readers_of_case(self.policy))
        return readers

    # -- depending -----------------------------------------------------------------------

    def depends(self, name: str) -> frozenset[str]:
        """The names of given facts, steps, acts and answers on which *name* depends."""
        found = self._depends.get(name)
        if found is None:
            self._depends[name] = frozenset({name})  # a name never depends on itself anew
            found = frozenset({name}).union(*(self.depends(n) for n in self._direct(name)))
            self._depends[name] = found
        return found

    def _direct(self, name: str) -> frozenset[str]:
        base = name.partition(".")[0]
        if name.startswith("filled("):
            form = self.forms[name[len("filled(") : -1]]
            return self._named(form.fields)
        if base in self.decisions:
            decision = self.decisions[base].decision
            return frozenset().union(*(names(c.when) for c in decision.criteria))
        if base in self.approvals:
            approval = self.approvals[base]
            reset = names(approval.resets) if approval.resets is not None else frozenset()
            parties = frozenset(n for n in approval.by.names if n in self.readers)
            return names(approval.starts) | reset | parties | {base}
        if base in self.duties:
            found = self._of_duty(self.duties[base]) | {base}
            target = self.duties[base].target
            if target is not None and target.extended is not None:
                found |= names(target.extended.on)
            return found
        fact = self.facts.get(name)
        return names(fact.formula) if fact is not None and fact.formula else frozenset()

    def is_final(self, case: Case) -> bool:
        """Whether the case is closed, void, or merged into another."""
        return case.state in self.policy.final or case.put_aside

    def _named(self, asks: tuple[Ask, ...]) -> frozenset[str]:
        found = {name for ask in asks for name in ask.names}
        return frozenset(found).union(*(names(a.when) for a in asks if a.when is not None))

    def _of_duty(self, duty: Duty) -> frozenset[str]:
        found = self._named(duty.asks)
        for expression in (duty.starts, duty.when, duty.ends):
            if expression is not None and not isinstance(expression, Open):
                found |= names(expression)
        if duty.form:
            found |= self._named(self.forms[duty.form].fields)
        parties = [
            p for p in (duty.owner, duty.jointly) if p is not None and not isinstance(p, Open)
        ]
        found |= {n for p in parties for n in p.names if n in self.readers}
        return found | ({duty.each} if isinstance(duty.each, str) else frozenset())


def _given(code: str) -> Reader:
    def read(view: View) -> Any:
        known = view.case.facts.get(code)
        return None if known is None or isinstance(known.value, Erased) else known.value

    return read


def _filled(asks: tuple[CompiledAsk, ...]) -> Reader:
    return lambda view: not lacking_asks(view, asks)


def _state(view: View) -> str | None:
    return view.case.state or None


def _happened(step: str) -> Reader:
    return lambda view: step in view.case.steps


def _approval(approval: Approval) -> Reader:
    return lambda view: approval_state(view, approval).answer


def _party(approval: Approval, party: str) -> Reader:
    return lambda view: party_answer(view, approval, party)


def _answer(decision: Decision) -> Reader:
    def read(view: View) -> Any:
        ruling = view.case.overruled.get(decision.code)
        if ruling is not None:
            return ruling.answer
        return evaluate(view.program.decisions[decision.code], view).answer

    return read


def _matches(decision: Decision, answer: str) -> Reader:
    return lambda view: view.program.decisions[decision.code].matches(answer, view)


def _closed(action: str, verified: bool) -> Reader:
    def read(view: View) -> bool:
        raised = [key for code, key in view.case.raised if code == action]
        done = {act.key for act in view.case.acts.get(action, ())}
        checked = {act.key for act in view.case.acts.get(f"verify {action}", ())}
        return bool(raised) and all(k in done and (k in checked or not verified) for k in raised)

    return read
