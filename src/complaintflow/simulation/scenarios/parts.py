"""The parts of an entry that several commands have: facts, texts, people, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from complaintflow.domain.values import Evidence
from complaintflow.simulation.scenarios.node import Node
from complaintflow.simulation.scenarios.vocabulary import Vocabulary

__all__ = ["Parts", "evidence_of", "facts_of", "people_of", "text_of"]

Parts: TypeAlias = Mapping[str, Node]
"""The keys of an entry that are there."""


def facts_of(parts: Parts, words: Vocabulary, name: str = "facts") -> dict[str, Any]:
    """Facts by name; those that become unknown are None."""
    facts: dict[str, Any] = words.values(parts[name]) if name in parts else {}
    if "unknown" in parts:
        facts.update(dict.fromkeys(parts["unknown"].names("fact", words.given)))
    return facts


def text_of(parts: Parts, name: str) -> str:
    """A text, empty where there is none."""
    return (parts[name].text() or "") if name in parts else ""


def people_of(parts: Parts, name: str, words: Vocabulary) -> dict[str, str]:
    """Roles and persons; a list of roles means a person called like each."""
    if name not in parts:
        return {}
    node = parts[name]
    if not isinstance(node.value, dict):
        return {role: role for role in node.names("role", words.roles)}
    found = node.table(words.roles, "role")
    return {role: person.text("a person") or "" for role, person in found.items()}


def evidence_of(parts: Parts) -> tuple[Evidence, ...]:
    """Files by their names."""
    if "evidence" not in parts:
        return ()
    return tuple(Evidence(name) for _, name in parts["evidence"].words("names of files"))
