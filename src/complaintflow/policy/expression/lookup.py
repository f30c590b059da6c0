"""What a name means: a fact or decision, or a member of the type it stands beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs

from complaintflow.domain.types import FactType, OneOf, SomeOf
from complaintflow.errors import Problem, did_you_mean
from complaintflow.policy.expression.kinds import ROLE, TEXT, YES_NO, is_condition
from complaintflow.policy.expression.nodes import Expression, Literal, Member, Name

__all__ = ["Lookup", "Typed"]

Typed = tuple[Expression, FactType | None]
"""A resolved node with its type; None where an open choice or a problem hides it."""


@attrs.define
class Lookup:
    """The names that one expression may use, and what was wrong so far."""

    scope: Mapping[str, FactType]
    forms: tuple[str, ...]
    roles: Collection[str] | None
    problems: list[Problem] = attrs.field(factory=list, kw_only=True)

    def complain(self, node: Expression, message: str, meant: str | None = None) -> None:
        """Keep a problem at the place of *node*."""
        column = node.at.column if node.at else 1
        self.problems.append(Problem(message, column=column, suggestion=meant))

    def name(self, node: Name) -> Typed:
        """*node* with its type, or a problem that says what it might have been."""
        kind = self.scope.get(node.path)
        if kind is not None:
            return attrs.evolve(node, kind=kind), kind
        owners = [
            name
            for name, owner in self.scope.items()
            if isinstance(owner, (OneOf, SomeOf)) and node.path in owner.members
        ]
        if node.path in self.forms:
            self.complain(node, f"{node.path} is a form, not a condition", f"filled({node.path})")
        elif owners:
            owner = owners[0]
            some = isinstance(self.scope[owner], SomeOf)
            meant = f"{node.path} in {owner}" if some else f"{owner} is {node.path}"
            self.complain(node, f"{node.path} is a member of {owner} and stands beside it", meant)
        elif node.path in ("yes", "no"):
            meant = "true" if node.path == "yes" else "false"
            self.complain(node, f"{node.path!r} stands only beside a name that has it", meant)
        else:
            self.complain(
                node, f"nothing is called {node.path!r}", did_you_mean(node.path, self.scope)
            )
        return attrs.evolve(node, kind=None), None

    def _is_role(self, node: Name) -> bool:
        if self.roles is not None:
            return node.path in self.roles
        return "." not in node.path and node.path not in self.scope

    def member(self, node: Name, other: FactType | None) -> Typed:
        """*node* beside a value of the type *other*: first a member of it, then a name."""
        if isinstance(other, (OneOf, SomeOf)):
            if node.path in other.members:
                one = other if isinstance(other, OneOf) else OneOf(other.members)
                return Member(node.path, one, at=node.at), one
            if node.path not in self.scope:
                self.complain(
                    node,
                    f"expected one of {', '.join(other.members)}, got {node.path!r}",
                    did_you_mean(node.path, [*other.members, *self.scope]),
                )
                return node, None
        if other == ROLE and self._is_role(node):
            return Member(node.path, ROLE, at=node.at), ROLE
        if is_condition(other) and node.path in ("yes", "no") and node.path not in self.scope:
            return Literal(node.path == "yes", at=node.at), YES_NO
        if other == ROLE and node.path not in self.scope:
            known = [*(self.roles or ()), *self.scope]
            self.complain(node, f"no role is called {node.path!r}", did_you_mean(node.path, known))
            return node, None
        if other == TEXT and node.path not in self.scope:
            self.complain(
                node,
                f"nothing is called {node.path!r}; a text stands in quotes",
                did_you_mean(node.path, self.scope) or f"'{node.path}'",
            )
            return node, None
        return self.name(node)
