"""Facts that a command states: known names, right types, nothing computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from complaintflow.calendar.limits import Limit
from complaintflow.domain.types import FactType, Simple, read
from complaintflow.engine.program import Program
from complaintflow.engine.reasons import BadValue, Reason, UnknownName
from complaintflow.errors import InvalidValueError, did_you_mean

__all__ = ["read_facts", "unknown_name"]


def unknown_name(kind: str, name: str, known: Sequence[str]) -> UnknownName:
    """The reason for a name that is none, with what was probably meant."""
    meant = did_you_mean(name, known)
    return UnknownName(kind, name, tuple(known), f", did you mean {meant!r}?" if meant else "")


def read_facts(program: Program, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Reason]]:
    """*given* as typed values, and a reason for each that is none. None makes unknown."""
    facts: dict[str, Any] = {}
    reasons: list[Reason] = []
    for name, raw in given.items():
        fact = program.facts.get(name)
        if fact is None:
            known = tuple(code for code, fact in program.facts.items() if fact.given)
            reasons.append(unknown_name("fact", name, known))
        elif not fact.given:
            how = "counted from history" if fact.count else "computed"
            reasons.append(BadValue(name, f"is {how} and cannot be given"))
        else:
            try:
                facts[name] = None if raw is None else _value(program, fact.type, raw)
            except InvalidValueError as error:
                reasons.append(BadValue(name, error.message))
    return facts, reasons


def _value(program: Program, kind: FactType, raw: Any) -> Any:
    value = read(kind, raw)
    if not isinstance(kind, Simple):
        return value
    if kind.name == "limit":
        return str(Limit.parse(value))
    if kind.name == "role" and value not in program.roles:
        meant = did_you_mean(value, program.roles)
        hint = f"; did you mean {meant!r}?" if meant else ""
        raise InvalidValueError(f"expected a declared role, got {value!r}{hint}")
    return value
