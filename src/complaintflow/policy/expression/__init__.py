"""Conditions, moments and formulas: typed nodes with one text, checked, compiled, explained."""

from complaintflow.policy.expression.build import Facts, Term, fact
from complaintflow.policy.expression.compiled import (
    Compiled,
    View,
    compile,  # noqa: A004 -- its name
)
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
from complaintflow.policy.expression.trace import (
    Trace,
    Traces,
    missing,
    trace,
    trace_all,
    tracer,
)
from complaintflow.policy.expression.walk import (
    choices,
    leaves,
    names,
    positive_names,
    substitute,
)
from complaintflow.policy.expression.words import words

__all__ = [
    "MAX_DEPTH",
    "MAX_LENGTH",
    "And",
    "Arith",
    "Call",
    "Choice",
    "Compare",
    "Compiled",
    "Expected",
    "Expression",
    "Facts",
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
    "Term",
    "Trace",
    "Traces",
    "Value",
    "View",
    "choices",
    "compile",
    "fact",
    "leaves",
    "missing",
    "names",
    "parse",
    "positive_names",
    "resolve",
    "substitute",
    "text",
    "trace",
    "trace_all",
    "tracer",
    "words",
]
