"""Decisions: questions that the facts answer, by criteria each under its clause."""

from __future__ import annotations

import attrs

from complaintflow.domain.types import FactType, OneOf, Simple, SomeOf
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import Expression
from complaintflow.policy.party import Party

__all__ = ["PICKS", "Criterion", "Decision"]

PICKS = ("highest", "first", "unique", "all", "flag")
"""How criteria that match make one answer; DMN calls it the hit policy."""


@attrs.frozen
class Criterion:
    """*when* holds, the decision answers *answers* (one code, or several for ``all``)."""

    answers: tuple[str, ...]
    when: Expression
    clauses: tuple[str, ...] = ()


@attrs.frozen
class Decision:
    """A grade (ordered), a flag, a route, an allowed disposition.

    Args:
        code: Its name in expressions.
        pick: ``highest`` (the most severe answer in *order* that matches), ``first`` (in the
            order of the criteria), ``unique`` (two different answers are undetermined),
            ``all`` (every answer that matches) or ``flag`` (yes or no).
        criteria: In the order of the policy.
        order: Answers from the most to the least severe; empty when not ordered.
        by: Who confirms, overrules with a reason, and answers when nothing fits.
        residual: The answer when every criterion is evaluated and none matches.
        undetermined: The answer while a criterion that could change it is not evaluated
            (the strict side); None leaves the decision undetermined.
    """

    code: str
    pick: str
    criteria: tuple[Criterion, ...]
    order: tuple[str, ...] = ()
    by: Party | Open | None = None
    residual: str | None = None
    undetermined: str | None = None
    clauses: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer that can come out, in order."""
        if self.order:
            return self.order
        seen = {a: None for criterion in self.criteria for a in criterion.answers}
        for extra in (self.residual, self.undetermined):
            if extra:
                seen[extra] = None
        return tuple(seen)

    @property
    def type(self) -> FactType:
        """What its answer is for expressions."""
        if self.pick == "flag":
            return Simple("yes/no")
        if self.pick == "all":
            return SomeOf(self.answers)
        return OneOf(self.answers, ordered=bool(self.order))
