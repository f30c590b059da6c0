"""Why a condition came out as it did: every part with its value and the facts it used."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from complaintflow.policy.expression.compiled import View
from complaintflow.policy.expression.compiled import compile as compiled
from complaintflow.policy.expression.nodes import (
    And,
    Call,
    Choice,
    Compare,
    Expression,
    In,
    Is,
    Listing,
    Literal,
    Member,
    Name,
    Not,
    Or,
)
from complaintflow.policy.expression.walk import children, ordered_names, walk
from complaintflow.policy.expression.words import Wording

__all__ = ["Trace", "Traces", "missing", "trace", "trace_all", "tracer"]


@attrs.frozen
class Trace:
    """What a condition gave, and what it was looked at with.

    Expressions are pure, so the facts say everything: parts are worked out from them when
    somebody asks, and taking a trace costs little more than evaluating.

    Args:
        expression: The condition, resolved.
        value: True, False or None for "not evaluated"; for a formula its value.
        values: What the names held, in the order of `names`; None is unknown.
    """

    expression: Expression
    value: Any
    values: tuple[Any, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the condition asks for, in the order of its text."""
        return ordered_names(self.expression)

    @property
    def facts(self) -> Mapping[str, Any]:
        """What each name held."""
        return dict(zip(self.names, self.values, strict=True))

    @property
    def parts(self) -> tuple[Trace, ...]:
        """The traces of what ``and``, ``or`` or ``not`` joins; none below a comparison."""
        if not isinstance(self.expression, (And, Or, Not)):
            return ()
        facts = self.facts
        return tuple(trace(part, facts) for part in children(self.expression))

    @property
    def outcome(self) -> str:
        """``met``, ``not met`` or ``not evaluated``."""
        if self.value is None:
            return "not evaluated"
        return "met" if self.value else "not met"

    @property
    def missing(self) -> tuple[str, ...]:
        """What keeps it from being evaluated: names, and open choices as ``$name``.

        Where every name is known and still there is no answer (pieces against kilograms, a
        division by zero), all names of that part.
        """
        if self.value is not None:
            return ()
        if isinstance(self.expression, (And, Or, Not)):
            found = [name for part in self.parts for name in part.missing]
        else:
            found = [name for name, value in self.facts.items() if value is None]
            found += [f"${node.name}" for node in walk(self.expression) if isinstance(node, Choice)]
        return tuple(dict.fromkeys(found or self.names))

    def text(self, language: str = "en", labels: Mapping[str, str] | None = None) -> str:
        """One line for each part, the joining ones above what they join.

        Args:
            language: ``en`` or ``zh``.
            labels: As for `words`.
        """
        return "\n".join(_lines(self, Wording(language, labels or {}), 0))


def tracer(expression: Expression) -> Callable[[View], Trace]:
    """`trace` for one expression and many views: compiled once.

    Raises:
        InvalidValueError: *expression* did not go through `resolve`.
    """
    evaluate, names = compiled(expression), ordered_names(expression)
    if len(names) == 1:
        (name,) = names
        return lambda view: Trace(expression, evaluate(view), (view[name],))
    if not names:
        return lambda view: Trace(expression, evaluate(view), ())
    values = operator.itemgetter(*names)
    return lambda view: Trace(expression, evaluate(view), values(view))


@attrs.frozen
class Traces:
    """The traces of several conditions over the same facts: the criteria of one decision.

    Args:
        expressions: The conditions, resolved.
        outcomes: What each gave, in the same order.
        names: Every name that one of them asks for, each once.
        values: What each name held.
    """

    expressions: tuple[Expression, ...]
    outcomes: tuple[Any, ...]
    names: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def facts(self) -> Mapping[str, Any]:
        """What each name held."""
        return dict(zip(self.names, self.values, strict=True))

    def __len__(self) -> int:
        return len(self.expressions)

    def __iter__(self) -> Iterator[Trace]:
        facts = self.facts
        for expression, value in zip(self.expressions, self.outcomes, strict=True):
            yield Trace(expression, value, tuple(facts[name] for name in ordered_names(expression)))

    def __getitem__(self, index: int) -> Trace:
        return tuple(self)[index]


def trace_all(expressions: Iterable[Expression]) -> Callable[[View], Traces]:
    """`tracer` for several conditions that are looked at together; it costs less than one each.

    Raises:
        InvalidValueError: one of *expressions* did not go through `resolve`.
    """
    conditions = tuple(expressions)
    evaluate = tuple(compiled(expression) for expression in conditions)
    names = tuple(
        dict.fromkeys(name for expression in conditions for name in ordered_names(expression))
    )
    if len(names) > 1:
        values: Callable[[View], tuple[Any, ...]] = operator.itemgetter(*names)
    else:

        def values(view: View) -> tuple[Any, ...]:
            return tuple(view[name] for name in names)

    def traced(view: View) -> Traces:
        outcomes = tuple([condition(view) for condition in evaluate])
        return Traces(conditions, outcomes, names, values(view))

    return traced


def trace(expression: Expression, view: View) -> Trace:
    """Evaluate *expression* and keep why.

    Raises:
        InvalidValueError: *expression* did not go through `resolve`.
    """
    return tracer(expression)(view)


def missing(expression: Expression, view: View) -> tuple[str, ...]:
    """The facts whose being unknown keeps *expression* from being evaluated; see `Trace`."""
    return trace(expression, view).missing


def _lines(found: Trace, wording: Wording, level: int) -> list[str]:
    match found.expression:
        case And():
            head = wording.say("all of")
        case Or():
            head = wording.say("any of")
        case Not():
            head = wording.say("opposite of")
        case _:
            head = _leaf(found, wording)
    line = "  " * level + wording.say("outcome", head, wording.say(found.outcome))
    return [line, *(text for part in found.parts for text in _lines(part, wording, level + 1))]


def _leaf(found: Trace, wording: Wording) -> str:
    match found.expression:
        case Name() as name:
            return _fact(name, found.value, wording)
        case Call("known", (Name() as name,)):
            return _fact(name, found.facts[name.path], wording)
        case Is() | In() | Compare() as comparison:
            asked = _wanted(comparison, wording)
            if asked is not None:
                subject = asked[0]
                value = found.facts[subject.path]
                return wording.say("with", _fact(subject, value, wording), asked[1])
    said = wording.of(found.expression)
    kinds = {node.path: node for node in walk(found.expression) if isinstance(node, Name)}
    facts = [
        _fact(kinds[name], value, wording) for name, value in found.facts.items() if name in kinds
    ]
    return wording.say("where", said, wording.list(facts)) if facts else said


def _wanted(node: Is | In | Compare, wording: Wording) -> tuple[Name, str] | None:
    """The one fact that *node* asks about, and what it wants of it."""
    match node:
        case Is(Name() as name, Member() | Literal() as other, negated):
            return name, wording.say("wanted not" if negated else "wanted", wording.of(other, name))
        case Is(Member() | Literal() as other, Name() as name, negated):
            return name, wording.say("wanted not" if negated else "wanted", wording.of(other, name))
        case In(Name() as name, Listing(items) as listed, negated):
            if all(isinstance(item, (Literal, Member)) for item in items):
                key = "wanted not in" if negated else "wanted in"
                return name, wording.say(key, wording.of(listed, name))
        case In(Member(code), Name() as name, negated):
            key = "wanted not" if negated else "wanted"
            return name, wording.say(key, wording.code(code, name))
        case Compare(operands, operators):
            names = [part for part in operands if isinstance(part, Name)]
            rest = [part for part in operands if isinstance(part, (Literal, Member))]
            asked = wording.asked(node)
            if len(names) == 1 and len(rest) == len(operators) and asked is not None:
                subject, relation = asked
                if isinstance(subject, Name):
                    equal = operators == ("==",)
                    return subject, wording.say("wanted", relation) if equal else relation
    return None


def _fact(name: Name, value: Any, wording: Wording) -> str:
    label = wording.label(name.path)
    if value is None:
        return wording.say("unknown fact", label)
    return wording.say("fact", label, wording.value(value, name))
