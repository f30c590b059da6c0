"""Readers of single values: text, codes, clauses, parties, expressions, limits, asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from complaintflow.calendar.limits import Limit
from complaintflow.domain.types import is_code
from complaintflow.errors import InvalidValueError, TextError, did_you_mean
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import (
    Choice,
    Expression,
    Listing,
    Literal,
    choices,
    parse,
    substitute,
)
from complaintflow.policy.fact import Ask
from complaintflow.policy.party import Party, parse_party, parse_recipients
from complaintflow.policy.route import Strategy, parse_strategies
from complaintflow.policyfile.places import Path
from complaintflow.policyfile.reading import Node

__all__ = [
    "asks",
    "clause_ids",
    "code_list",
    "condition",
    "count",
    "expression",
    "flag",
    "limit",
    "one_of",
    "party",
    "recipients",
    "strategies",
    "text",
    "texts",
]

_IF = re.compile(r"\s+if\s+")


def text(node: Node) -> str | None:
    """Any text."""
    if isinstance(node.value, str):
        return node.value
    node.expected("text")
    return None


def texts(node: Node) -> tuple[str, ...] | None:
    """A list of texts, or one."""
    if isinstance(node.value, str):
        return (node.value,)
    if isinstance(node.value, list) and all(isinstance(part, str) for part in node.value):
        return tuple(node.value)
    node.expected("a list of texts")
    return None


def flag(node: Node) -> bool | None:
    """True or false."""
    if isinstance(node.value, bool):
        return node.value
    node.expected("true or false")
    return None


def count(node: Node) -> int | None:
    """A whole number from 1."""
    value = node.value
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    node.expected("a whole number from 1")
    return None


def one_of(node: Node, *words: str) -> str | None:
    """One of a few words."""
    if node.value in words:
        return str(node.value)
    meant = did_you_mean(node.value, words) if isinstance(node.value, str) else None
    node.complain(f"expected one of {', '.join(words)}, got {node.value!r:.60}", suggestion=meant)
    return None


def _textual(node: Node, what: str) -> str | None:
    if isinstance(node.value, str) and node.value.strip():
        return node.value
    node.expected(what)
    return None


def _failed(node: Node, error: InvalidValueError, shift: int = 0) -> None:
    if isinstance(error, TextError):
        node.complain(error.message, index=shift + error.column - 1, suggestion=error.suggestion)
    else:
        node.complain(error.message)


def code_list(node: Node) -> tuple[str, ...] | None:
    """Codes separated by commas, or a list of codes."""
    if isinstance(node.value, (list, tuple)):
        for part in node.value:
            if not isinstance(part, str) or not is_code(part):
                node.complain(f"expected codes, got {part!r:.60}", word=str(part))
                return None
        if len(set(node.value)) < len(node.value):
            node.complain("a code stands twice in this list")
            return None
        return tuple(node.value)
    return recipients(node)


def recipients(node: Node) -> tuple[str, ...] | None:
    """Codes separated by commas."""
    if isinstance(node.value, list):
        return code_list(node)
    said = _textual(node, "codes separated by commas")
    if said is None:
        return None
    try:
        return parse_recipients(said)
    except TextError as error:
        _failed(node, error)
        return None


def clause_ids(node: Node) -> tuple[str, ...] | None:
    """Clause ids separated by commas, or a list of them."""
    if isinstance(node.value, dict):
        node.complain(
            f"expected clause ids, got a table; quote an id that has a point: {_quoted(node)}"
        )
        return None
    if isinstance(node.value, str):
        return split_clauses(node, node.value)
    if isinstance(node.value, list) and all(isinstance(part, str) for part in node.value):
        return tuple(part.strip() for part in node.value)
    node.expected("clause ids such as 'T4, E1'")
    return None


def split_clauses(node: Node, said: str) -> tuple[str, ...]:
    """The ids in ``T4, E1``; complains of empty ones and of one that stands twice."""
    if not said.strip():
        return ()
    found = tuple(part.strip() for part in said.split(","))
    if "" in found:
        node.complain("expected a clause id between the commas")
    elif len(set(found)) < len(found):
        twice = next(one for one in found if found.count(one) > 1)
        node.complain(f"the clause {twice!r} stands twice", word=twice)
    return tuple(dict.fromkeys(part for part in found if part))


def _quoted(node: Node) -> str:
    inner: Any = node.value
    parts = [str(node.path[-1])]
    while isinstance(inner, Mapping) and len(inner) == 1:
        key = next(iter(inner))
        parts.append(str(key))
        inner = inner[key]
    return f'"{".".join(parts)}"'


def party(node: Node) -> Party | None:
    """``a``, ``a or b``, ``a and b``, ``a then b``, ``2 of a, b, c``."""
    said = _textual(node, "who: a role, 'a or b', 'a and b', 'a then b', '2 of a, b'")
    if said is None:
        return None
    try:
        return parse_party(said)
    except TextError as error:
        _failed(node, error)
        return None


def strategies(node: Node) -> tuple[Strategy, ...] | None:
    """Strategies of a route, separated by commas."""
    said = _textual(node, "strategies such as 'skill subject, least loaded'")
    if said is None:
        return None
    try:
        return parse_strategies(said)
    except TextError as error:
        _failed(node, error)
        return None


def limit(node: Node) -> Limit | None:
    """A limit such as ``24 h``."""
    said = _textual(node, "a limit such as '24 h' or '3 working days'")
    if said is None:
        return None
    try:
        return Limit.parse(said)
    except InvalidValueError as error:
        _failed(node, error)
        return None


def expression(node: Node, at: Path) -> Expression | None:
    """A condition, moment or formula, its choices settled; *at* is its path in the policy."""
    if isinstance(node.value, dict):
        node.complain(
            f"expected a condition, got a table; quote an id that has a point: {_quoted(node)}"
        )
        return None
    said = _textual(node, "a condition in quotes")
    if said is None:
        return None
    node.alias(at)
    return parsed(node, said)


def condition(node: Node, at: Path) -> Expression | None:
    """As `expression`; an open choice stays in it and is never known."""
    found = node.settled()
    if isinstance(found, Open):
        return Choice(found.choice)
    return None if found is None else expression(found, at)


def parsed(node: Node, said: str, shift: int = 0) -> Expression | None:
    """*said*, which stands *shift* characters inside the text of *node*, as an expression."""
    try:
        found = parse(said)
        readings: dict[str, Expression] = {}
        if not _settle(node, found, readings, said, shift):
            return None
        return substitute(found, readings) if readings else found
    except InvalidValueError as error:
        _failed(node, error, shift)
        return None


def _settle(
    node: Node, found: Expression, readings: dict[str, Expression], said: str, shift: int
) -> bool:
    """Add the readings of the choices in *found* to *readings*; whether all could be read."""
    good = True
    for code in sorted(choices(found)):
        if code in readings:
            continue
        if not node.use(code, shift + max(0, said.find(f"${code}"))):
            good = False
            continue
        if code in node.reading.open:
            continue
        value, path = node.reading.taken[code]
        reading = Node(node.reading, path, value, node.user or node.path)
        one = _reading(reading)
        if one is None:
            good = False
            continue
        readings[code] = one
        good = _settle(reading, one, readings, str(value), 0) and good
    return good


def _reading(node: Node) -> Expression | None:
    """The reading of a choice inside an expression: text, a number, true, false, a list."""
    if isinstance(node.value, (list, tuple)) and node.value:
        try:
            return Listing(tuple(parse(str(part)) for part in node.value))
        except InvalidValueError as error:
            node.complain(error.message)
            return None
    if isinstance(node.value, int):
        return Literal(node.value)
    said = _textual(node, "an expression in quotes")
    if said is None:
        return None
    try:
        return parse(said)
    except InvalidValueError as error:
        _failed(node, error)
        return None


def asks(node: Node) -> tuple[Ask, ...] | None:
    """Facts that must be known: ``["a", "b | c", "d if condition"]``."""
    if isinstance(node.value, str):
        one = _ask(node)
        return None if one is None else (one,)
    if not isinstance(node.value, (list, tuple)):
        node.expected("a list of facts such as ['product', 'produced_on | shipped_on']")
        return None
    found = [_ask(node.child(index)) for index in range(len(node.value))]
    return tuple(one for one in found if one is not None)


def _ask(node: Node) -> Ask | None:
    said = _textual(node, "a fact, 'a | b', or 'a if condition'")
    if said is None:
        return None
    split = _IF.search(said)
    names = tuple(part.strip() for part in said[: split.start() if split else None].split("|"))
    for name in names:
        if not is_code(name):
            node.complain(f"expected the code of a fact, got {name!r}", word=name)
            return None
    if split is None:
        return Ask(names)
    when = parsed(node, said[split.end() :], split.end())
    node.alias(node.path, index=split.end())
    return None if when is None else Ask(names, when)
