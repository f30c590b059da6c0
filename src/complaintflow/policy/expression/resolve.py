"""Names looked up and types checked, before anything is evaluated.

What passes here never fails on a type afterwards. Every problem is reported, not only the
first, with its column and what would have worked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import Literal as OneWord

import attrs

from complaintflow.domain.types import FactType, MoneyOf, OneOf, Simple, SomeOf
from complaintflow.errors import ExpressionError, did_you_mean
from complaintflow.policy.expression.comparing import (
    calculation_problem,
    condition_problem,
    equality_problem,
    order_problem,
)
from complaintflow.policy.expression.kinds import (
    NUMBER,
    RATIO,
    ROLE,
    YES_NO,
    arith_kind,
    fits,
    guess_arith,
    is_condition,
    literal_kind,
    minus_kind,
    orderable,
)
from complaintflow.policy.expression.lookup import Lookup, Typed
from complaintflow.policy.expression.nodes import (
    ORDERINGS,
    And,
    Arith,
    Call,
    Choice,
    Compare,
    Expression,
    Function,
    In,
    Is,
    Listing,
    Literal,
    Member,
    Minus,
    Name,
    Not,
    Or,
)
from complaintflow.policy.expression.parse import MAX_DEPTH, parse
from complaintflow.policy.expression.text import text
from complaintflow.policy.expression.walk import depth, walk

__all__ = ["Expected", "resolve"]

Expected = FactType | OneWord["condition", "value", "moment"]
"""What an expression shall give: a type; ``condition`` (yes/no); ``moment`` (a condition or an
instant); ``value`` (anything)."""

_BUILT_IN = ("known", "filled", "max", "min")


def resolve(
    expression: Expression,
    scope: Mapping[str, FactType],
    *,
    functions: Mapping[str, Function] | None = None,
    forms: Collection[str] = (),
    roles: Collection[str] | None = None,
    expect: Expected = "condition",
) -> tuple[Expression, FactType | None]:
    """Check *expression* against the names it may use.

    Args:
        expression: From `parse`, `substitute` or the operators of `facts`.
        scope: Every usable name with its type; steps and duties are ``yes/no``.
        functions: The host's own functions.
        forms: What `filled` may name.
        roles: The declared roles; without them any code may stand beside a ``role``.
        expect: What it shall give.

    Returns:
        The expression with types in its names and members in place of codes, and its own type;
        the type is None only where an open choice hides it.

    Raises:
        ExpressionError: with every problem.
    """
    source = _source(expression)
    if source is None:  # built in Python: give it a text, so that there are columns
        expression = parse(text(expression))
        source = text(expression)
    checker = _Checker(scope, tuple(forms), roles, functions or {})
    found: Expression = expression
    kind: FactType | None = None
    if depth(expression) > MAX_DEPTH:
        checker.complain(expression, f"with its choices it nests deeper than {MAX_DEPTH} levels")
    else:
        found, kind = checker.expected(expression, expect)
    if checker.problems:
        problems = tuple(sorted(checker.problems, key=lambda problem: problem.column or 0))
        first = problems[0]
        raise ExpressionError(first.message, source, first.column or 1, first.suggestion, problems)
    return found, kind


def _source(expression: Expression) -> str | None:
    """The text that every node says it comes from, if there is one."""
    source = expression.at.text if expression.at else None
    for node in walk(expression):
        if node.at is None or node.at.text != source:
            return None
    return source


@attrs.define
class _Checker(Lookup):
    functions: Mapping[str, Function]

    # -- what is expected ------------------------------------------------------------------

    def expected(self, node: Expression, expect: Expected) -> Typed:
        match expect:
            case "condition":
                return self.condition(node), YES_NO
            case "value":
                return self.value(node)
            case "moment":
                found, kind = self.value(node)
                if kind is not None and not is_condition(kind) and kind != Simple("instant"):
                    self.complain(node, f"expected a condition or an instant, got {kind}")
                return found, kind
            case _:
                return self.fitting(node, expect), expect

    def condition(self, node: Expression) -> Expression:
        """*node*, which must be true, false or unknown."""
        found, kind = self.value(node)
        if kind is not None and not is_condition(kind):
            self.complain(node, condition_problem(text(node), kind))
        return found

    def fitting(self, node: Expression, wanted: FactType) -> Expression:
        """*node*, which must give a value of the type *wanted*."""
        if isinstance(wanted, SomeOf) and isinstance(node, Listing):
            one = OneOf(wanted.members)
            return attrs.evolve(node, items=[self.fitting(item, one) for item in node.items])
        found, kind = self.beside(node, wanted)
        if kind is not None and not fits(kind, wanted):
            hint = ""
            if wanted == RATIO and kind == NUMBER:
                hint = "; a ratio is written as 2.5 %"
            elif isinstance(wanted, MoneyOf) and kind == NUMBER:
                hint = f"; money is written as 5000 {wanted.currency}"
            self.complain(node, f"expected {wanted}, got {kind}{hint}")
        return found

    # -- values ----------------------------------------------------------------------------

    def value(self, node: Expression) -> Typed:  # noqa: C901 -- one case a node
        match node:
            case Literal(value):
                return node, literal_kind(value)
            case Member(code):
                return self.name(Name(code, at=node.at))
            case Name():
                return self.name(node)
            case Choice():
                return node, None
            case Not(operand):
                return attrs.evolve(node, operand=self.condition(operand)), YES_NO
            case And(parts) | Or(parts):
                return attrs.evolve(node, parts=[self.condition(part) for part in parts]), YES_NO
            case Compare():
                return self.compare(node), YES_NO
            case Is():
                return self.is_(node), YES_NO
            case In():
                return self.in_(node), YES_NO
            case Call():
                return self.call(node)
            case Arith(operator, left, right):
                return self.arith(node, operator, left, right)
            case Minus(operand):
                inner, kind = self.value(operand)
                if kind is not None and minus_kind(kind) is None:
                    self.complain(node, f"a {kind} has no minus")
                return attrs.evolve(node, operand=inner), minus_kind(kind)
            case Listing():
                self.complain(node, "a list in parentheses stands only on the right of 'in'")
                return node, None

    def arith(self, node: Arith, operator: str, left: Expression, right: Expression) -> Typed:
        one, first = self.value(left)
        other, second = self.value(right)
        if first is not None and second is not None and not arith_kind(operator, first, second):
            self.complain(node, calculation_problem(operator, first, second))
        return (
            attrs.evolve(node, left=one, right=other),
            guess_arith(operator, first, second),
        )

    def call(self, node: Call) -> Typed:
        function, given = node.function, node.arguments
        body = self.functions.get(function)
        if function in ("known", "filled"):
            return self.asked(node), YES_NO
        if function in ("max", "min"):
            return self.extreme(node)
        if body is None:
            known = (*_BUILT_IN, *self.functions, "not")
            self.complain(
                node, f"no function is called {function!r}", did_you_mean(function, known)
            )
            for part in given:
                self.value(part)
            return node, None
        if len(given) != len(body.takes):
            takes = ", ".join(str(kind) for kind in body.takes) or "nothing"
            self.complain(
                node,
                f"{function} takes {len(body.takes)} value(s) ({takes}), got {len(given)}",
            )
            return node, body.gives
        arguments = [
            self.fitting(part, wanted) for part, wanted in zip(given, body.takes, strict=True)
        ]
        return attrs.evolve(node, arguments=arguments, body=body), body.gives

    def asked(self, node: Call) -> Expression:
        """``known(x)`` and ``filled(form)``."""
        known = node.function == "known"
        example = "known(claim)" if known else "filled(report)"
        if len(node.arguments) != 1 or not isinstance(node.arguments[0], Name):
            self.complain(node, f"{node.function} takes one name, as in {example}")
            return node
        inside = node.arguments[0]
        if known:
            return attrs.evolve(node, arguments=[self.name(inside)[0]])
        if inside.path not in self.forms:
            meant = did_you_mean(inside.path, self.forms)
            self.complain(inside, f"no form is called {inside.path!r}", meant)
        return attrs.evolve(node, arguments=[attrs.evolve(inside, kind=None)])

    def extreme(self, node: Call) -> Typed:
        """``max(a, b)`` and ``min(a, b)``."""
        typed = [self.value(part) for part in node.arguments]
        kind = next((found for _, found in typed if found is not None), None)
        if len(typed) < 2:
            self.complain(node, f"{node.function} takes two values or more, got {len(typed)}")
        for part, found in typed:
            if found is not None and (found != kind or not orderable(found)):
                message = f"{node.function} compares values of one type that has an order, got "
                self.complain(part, message + " and ".join(sorted({str(found), str(kind)})))
        return attrs.evolve(node, arguments=[part for part, _ in typed]), kind

    # -- comparisons -----------------------------------------------------------------------

    def beside(self, node: Expression, other: FactType | None) -> Typed:
        """*node* as it reads beside a value of the type *other*."""
        if isinstance(node, Member):
            node = Name(node.code, at=node.at)
        return self.member(node, other) if isinstance(node, Name) else self.value(node)

    def peers(self, operands: Iterable[Expression]) -> list[Typed]:
        """Operands of one comparison; the later a code stands, the sooner it is a member."""
        nodes = [
            Name(node.code, at=node.at) if isinstance(node, Member) else node for node in operands
        ]
        found: dict[int, Typed] = {
            index: self.value(node)
            for index, node in enumerate(nodes)
            if not isinstance(node, Name)
        }
        for index in reversed(range(len(nodes))):
            node = nodes[index]
            if not isinstance(node, Name):
                continue
            others = [
                kind
                for place, other in enumerate(nodes)
                if place != index
                and not (place in found and isinstance(found[place][0], Member))
                and (kind := self._peek(other, found.get(place))) is not None
            ]
            codes = [kind for kind in others if isinstance(kind, (OneOf, SomeOf)) or kind == ROLE]
            having = [kind for kind in codes if kind == ROLE or node.path in kind.members]  # type: ignore[union-attr]
            likely = [*having, *codes, *others, None]
            found[index] = self.beside(node, likely[0])
        return [found[index] for index in range(len(nodes))]

    def _peek(self, node: Expression, found: Typed | None) -> FactType | None:
        if found is not None:
            return found[1]
        return self.scope.get(node.path) if isinstance(node, Name) else None

    def equal(self, left: Typed, right: Typed) -> None:
        if left[1] is None or right[1] is None:
            return
        message = equality_problem(left[0], left[1], right[0], right[1])
        if message:
            self.complain(right[0], *message)

    def compare(self, node: Compare) -> Expression:
        typed = self.peers(node.operands)
        pairs = pairwise(typed)
        for operator, (left, right) in zip(node.operators, pairs, strict=True):
            if left[1] is None or right[1] is None:
                continue
            if operator not in ORDERINGS:
                self.equal(left, right)
                continue
            message = order_problem(left[0], left[1], right[0], right[1])
            if message:
                self.complain(right[0], *message)
        return attrs.evolve(node, operands=[part for part, _ in typed])

    def is_(self, node: Is) -> Expression:
        left, right = self.peers((node.left, node.right))
        self.equal(left, right)
        return attrs.evolve(node, left=left[0], right=right[0])

    def in_(self, node: In) -> Expression:
        if isinstance(node.options, Listing):
            return self._in_listing(node, node.options)
        options, several = self.value(node.options)
        assert isinstance(options, (Name, Choice, Call))
        if several is not None and not isinstance(several, SomeOf):
            self.complain(
                node.options,
                f"expected a list or a 'some of' after 'in', {text(node.options)} is {several}",
                f"{text(node.item)} {'is not' if node.negated else 'is'} {text(node.options)}",
            )
            return node
        item, one = self.beside(node.item, several)
        if several is not None and one is not None:
            message = equality_problem(item, one, options, OneOf(several.members))
            if message:
                self.complain(item, *message)
        return attrs.evolve(node, item=item, options=options)

    def _in_listing(self, node: In, options: Listing) -> Expression:
        item, kind = self.value(node.item) if self._stands(node.item) else (node.item, None)
        if isinstance(kind, SomeOf):
            word = "not in" if node.negated else "in"
            parts = [f"{text(one)} {word} {text(node.item)}" for one in options.items]
            self.complain(
                node.item,
                f"{text(node.item)} can have several members; ask for each",
                (" and " if node.negated else " or ").join(parts),
            )
            return node
        if not self._stands(node.item):  # a code among names: (quality in (subject, cause))
            kinds = [self._peek(one, None) for one in options.items]
            item, kind = self.beside(
                node.item, next((found for found in kinds if found is not None), None)
            )
        items = [self.beside(one, kind) for one in options.items]
        for one in items:
            self.equal((item, kind), one)
        listing = attrs.evolve(options, items=[one for one, _ in items])
        return attrs.evolve(node, item=item, options=listing)

    def _stands(self, node: Expression) -> bool:
        """Whether *node* means something by itself."""
        code = node.code if isinstance(node, Member) else getattr(node, "path", None)
        return code is None or code in self.scope
