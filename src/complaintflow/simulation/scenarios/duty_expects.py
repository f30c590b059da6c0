"""Reading what a scenario expects of duties: due instants, who owes, misses, rungs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from complaintflow.calendar.limits import Elapsed, Limit
from complaintflow.errors import InvalidValueError
from complaintflow.simulation.scenarios.node import Node
from complaintflow.simulation.scenarios.scenario import DueAs, Expectation, RungAs
from complaintflow.simulation.scenarios.times import INSTANT, shown, wall
from complaintflow.simulation.scenarios.vocabulary import Vocabulary

__all__ = ["DUTY_KINDS", "SORTS", "WORDS", "read_duties"]

WORDS = ("not started", "not asked", "undecided", "waived", "rejected", "paused", "no instant")
"""Why a duty has no due instant, apart from the sort of its limit."""

SORTS = (
    "elapsed",
    "working time",
    "working days",
    "calendar days",
    "months",
    "same day",
    "fixed point",
    "recurring",
    "disagreeing",
    "promise",
    "customer's date",
    "event order",
    "word only",
    "referenced",
    "unset",
    "date",
    "open item",
    "undetermined",
    "unknown",
    "no limit",
)
"""How a due instant is counted, or why there is none."""

_SORTED = re.compile(r"(?P<at>.*\d)\s*\((?P<sort>[a-z' ]+)\)\Z")
_RUNG = re.compile(r"(?P<at>.*?\d)(?: to (?P<to>[^:;]*?))?(?P<late>,? too late)?\Z")

_Found = tuple[str, str | None, Node]


def read_duties(kind: str, node: Node, words: Vocabulary) -> Iterator[Expectation]:
    """The expectations of one kind: a list of duties, or a table with a value for each."""
    if kind == "owed_only":
        names = tuple(_names(node, words, kind))
        wanted = frozenset(f"{name}.{key}" if key else name for name, key, _ in names)
        yield Expectation(kind, "", None, wanted, ", ".join(sorted(wanted)) or "-", node.line)
        return
    if kind == "rungs":
        yield from _rungs(node, words)
        return
    read = _VALUES.get(kind)
    if not isinstance(node.value, dict):
        if kind in _NEED_VALUES:
            node.expected(f"a table: {kind} = {{ duty = ... }}")
            return
        for name, key, item in _names(node, words, kind):
            yield Expectation(kind, name, key, None, kind.replace("_", " "), item.line)
        return
    if read is None:
        node.expected("a list of duties")
        return
    for name, key, part in _pairs(node, words, kind):
        found = read(part, words)
        if found is not None:
            yield Expectation(kind, name, key, found[0], found[1], part.line)


def _names(node: Node, words: Vocabulary, kind: str) -> Iterator[_Found]:
    for item, word in node.words("duties"):
        found = _duty(item, words, word, kind)
        if found is not None:
            yield *found, item


def _pairs(node: Node, words: Vocabulary, kind: str) -> Iterator[_Found]:
    """Duties of a table: ``duty = value``, ``duty.key = value`` or ``"duty.key" = value``."""
    for word, part in node.table().items():
        if isinstance(part.value, dict):
            for key, inner in part.table().items():
                found = _duty(inner, words, f"{word}.{key}", kind, key=True)
                if found is not None:
                    yield *found, inner
            continue
        found = _duty(part, words, word, kind, key=True)
        if found is not None:
            yield *found, part


def _duty(
    node: Node, words: Vocabulary, word: str, kind: str, *, key: bool = False
) -> tuple[str, str | None] | None:
    name, _, member = word.partition(".")
    ruled = words.duties.get(name.removeprefix("rule "))
    if name.startswith("rule ") and ruled is not None and kind in _OF_ACTIONS:
        return name, member or None
    if name.removeprefix("verify ") in words.actions and kind in _OF_ACTIONS:
        return name, member or None
    if name not in words.duties:
        node.unknown("duty", name, tuple(words.duties), key=key)
        return None
    keys = words.keys(words.duties[name])
    if member and member not in keys:
        node.unknown(f"key of {name}", member, keys, key=key)
        return None
    return name, member or None


# -- values: what is wanted, and how it is said ----------------------------------------------

_Value = tuple[Any, str] | None


def _due(node: Node, words: Vocabulary) -> _Value:
    text = node.value
    if isinstance(text, str) and text in (*WORDS, *SORTS):
        return DueAs(word=text), text
    sort = ""
    if isinstance(text, str) and (match := _SORTED.match(text)):
        sort = match["sort"]
        if sort not in SORTS:
            node.unknown("sort of limit", sort, SORTS)
            return None
        node = Node(node.reading, node.path, match["at"].strip())
    elif isinstance(text, str) and not INSTANT.match(text):
        node.unknown("reason for having no instant", text, (*WORDS, *SORTS))
        return None
    at = wall(node, words.zone)
    if at is None:
        return None
    return DueAs(at, sort=sort), shown(at, words.zone) + (f" ({sort})" if sort else "")


def _instant(node: Node, words: Vocabulary) -> _Value:
    at = wall(node, words.zone)
    return None if at is None else (at, shown(at, words.zone))


def _roles(node: Node, words: Vocabulary) -> _Value:
    found = node.names("role", words.roles)
    return frozenset(found), ", ".join(found) or "-"


def _lacking(node: Node, words: Vocabulary) -> _Value:
    """Roles that must act too and facts that must be known."""
    found = node.names("role or fact", (*words.roles, *words.facts))
    return frozenset(found), ", ".join(found) or "-"


def _length(node: Node, words: Vocabulary) -> _Value:
    text = node.text("a length of time such as '90 min'")
    if text is None:
        return None
    try:
        limit = Limit.parse(text)
    except InvalidValueError as error:
        node.complain(error.message)
        return None
    if not isinstance(limit, Elapsed):
        node.complain(f"expected elapsed time such as '90 min', got {text!r}")
        return None
    return limit.micros, text


def _round(node: Node, words: Vocabulary) -> _Value:
    if isinstance(node.value, int) and not isinstance(node.value, bool) and node.value >= 0:
        return node.value, str(node.value)
    node.expected("the number of a round, from 1")
    return None


def _rungs(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    """``duty[.key].rung = "instant[ to roles][, too late]"``, a list of them, or ``not yet``."""
    for word, part in node.table().items():
        found = _duty(part, words, word, "rungs", key=True)
        if found is None:
            continue
        duty = words.duties[found[0]]
        codes = tuple(rung.code for rung in duty.target.rungs) if duty.target else ()
        for rung, inner in part.table().items():
            if rung not in codes:
                inner.unknown(f"rung of {word}", rung, codes, key=True)
                continue
            firings = _firings(inner, words)
            if firings is not None:
                said = (
                    ", ".join(map(str, inner.value))
                    if isinstance(inner.value, list)
                    else str(inner.value)
                )
                about = (*found, rung)
                yield Expectation("rungs", word, rung, (about, firings), said, inner.line)


def _firings(node: Node, words: Vocabulary) -> tuple[RungAs, ...] | None:
    if node.value == "not yet":
        return ()
    firings: list[RungAs] = []
    for item in node.items():
        text = item.text("an instant such as '2026-03-11 10:30:01 to quality', or 'not yet'")
        match = _RUNG.match(text) if text else None
        at = wall(Node(item.reading, item.path, match["at"] if match else text), words.zone)
        if match is None or at is None:
            return None
        to = None
        if match["to"]:
            named = Node(item.reading, item.path, match["to"])
            to = frozenset(named.names("role", words.roles))
        firings.append(RungAs(at, to, bool(match["late"])))
    return tuple(firings)


_VALUES: dict[str, Callable[[Node, Vocabulary], _Value]] = {
    "due": _due,
    "owed": _roles,
    "lacking": _lacking,
    "done": _instant,
    "overdue": _length,
    "rounds": _round,
    "projected": _instant,
}
_OF_ACTIONS = ("owed", "not_owed", "owed_only")
_NEED_VALUES = ("due", "lacking", "rounds", "projected")

DUTY_KINDS = (
    *("due", "owed", "not_owed", "owed_only", "lacking", "done", "not_done"),
    *("disputed", "not_disputed", "waived", "rejected"),
    *("overdue", "not_overdue", "missed", "not_missed", "in_time", "late", "rounds", "rungs"),
    "projected",
)
"""The kinds of expectations that are about duties."""
