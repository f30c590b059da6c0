"""Conditions, moments and formulas: typed nodes with one text, checked, compiled, explained."""

from complaintflow.policy.expression.compiled import compile  # noqa: A004 -- its name
from complaintflow.policy.expression.nodes import (
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
    Place,
    Value,
)
from complaintflow.policy.expression.parse import MAX_DEPTH, MAX_LENGTH, parse
from complaintflow.policy.expression.resolve import Expected, resolve
from complaintflow.policy.expression.text import text
from complaintflow.policy.expression.walk import (
    choices,
    leaves,
    names,
    positive_names,
    substitute,
)

__all__ = [
    "MAX_DEPTH",
    "MAX_LENGTH",
    "And",
    "Arith",
    "Call",
    "Choice",
    "Compare",
    "Expected",
    "Expression",
    "Function",
    "In",
    "Is",
    "Listing",
    "Literal",
    "Member",
    "Minus",
    "Name",
    "Not",
    "Or",
    "Place",
    "Value",
    "choices",
    "compile",
    "leaves",
    "names",
    "parse",
    "positive_names",
    "resolve",
    "substitute",
    "text",
]
