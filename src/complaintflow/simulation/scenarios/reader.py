"""Reading scenario files: every problem at once, each with file, line and path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

from complaintflow.errors import PolicyError, Problem, ScenarioFileError
from complaintflow.policy.policy import Policy
from complaintflow.policyfile.document import Document, read_file, read_text
from complaintflow.policyfile.load import Host, load_policy
from complaintflow.simulation.scenarios.entries import (
    COMMANDS,
    read_entries,
    read_entry,
)
from complaintflow.simulation.scenarios.node import Node, Reading
from complaintflow.simulation.scenarios.rows import filled_in
from complaintflow.simulation.scenarios.scenario import Entry, Scenario
from complaintflow.simulation.scenarios.vocabulary import Vocabulary

__all__ = ["Variant", "load_scenarios", "loads_scenarios"]

_SCENARIO = (
    *("name", "clause", "status", "given", "unknown", "history", "entries"),
    *("parameters", "columns", "rows"),
)
_WAITS = "waits for "


Variant: TypeAlias = Callable[[Mapping[str, Any]], Policy]
"""Gives the policy with other parameters: blanks filled in, choices read otherwise."""


def load_scenarios(
    source: str | PathLike[str],
    policy: Policy,
    *,
    variant: Variant | None = None,
    domain: Host | None = None,
) -> tuple[Scenario, ...]:
    """The scenarios of a file, or of the ``scenarios.toml`` of a folder, for *policy*.

    A scenario with rows is one scenario for each of them.

    Args:
        source: The file or folder.
        policy: The policy that they are about.
        variant: For scenarios with parameters; by default the policy beside the file is loaded
            with them.
        domain: With which it is loaded then, where it is about a host's own complaint class.

    Raises:
        ScenarioFileError: with every problem, each with file, line, column and path.
    """
    path = Path(source)
    if path.is_dir():
        path /= "scenarios.toml"
    beside = path.with_name("policy.toml")
    if variant is None and beside.is_file():

        def variant(parameters: Mapping[str, Any]) -> Policy:
            return load_policy(path.parent, domain=domain, parameters=parameters)

    return _File(read_file(path, str(path)), policy, variant).read()


def loads_scenarios(
    text: str, policy: Policy, file: str | None = None, *, variant: Variant | None = None
) -> tuple[Scenario, ...]:
    """The scenarios of a TOML text.

    Args:
        text: As in a scenario file.
        policy: The policy that they are about.
        file: What to call the text in problems.
        variant: Gives the policy for scenarios with parameters; without it they are a problem.

    Raises:
        ScenarioFileError: with every problem.
    """
    return _File(read_text(text, file), policy, variant).read()


class _File:
    """A scenario file being read."""

    def __init__(self, document: Document, policy: Policy, variant: Variant | None) -> None:
        self.document = document
        self.reading = Reading(document, list(document.problems))
        self.words = Vocabulary(policy)
        self.variant = variant
        self.variants: dict[str, Vocabulary | None] = {}
        self.found: list[Scenario] = []

    def read(self) -> tuple[Scenario, ...]:
        """Every scenario. Raises ScenarioFileError."""
        reading = self.reading
        root = Node(reading, (), self.document.data).table(("given", "scenario"))
        given = self.words.values(root["given"]) if "given" in root else {}
        listed = root.get("scenario")
        if listed is not None and isinstance(listed.value, list):
            for item in listed.items():
                item.table(_SCENARIO)
                for filled, row in filled_in(item):
                    self.scenario(filled, row, given)
        elif not reading.problems:
            message = "a scenario file has [[scenario]] tables"
            reading.problems.append(Problem(message, self.document.file, path="scenario"))
        if reading.problems:
            raise _error(self.document.file or "the scenarios", reading.problems)
        return tuple(self.found)

    def scenario(self, node: Node, row: int, given: Mapping[str, Any]) -> None:
        """Read one scenario."""
        parts = node.table(_SCENARIO)
        reading = self.reading
        name = parts["name"].text("a name") if "name" in parts else None
        if "name" not in parts:
            node.complain("a scenario has a name: name = 'line stop'")
        if name is not None and any(other.name == name for other in self.found):
            hint = "; put a column into it: name = 'cause {cause}'" if row else ""
            parts["name"].complain(f"two scenarios are called {name!r}{hint}")
        clauses = self.words.clauses(parts["clause"]) if "clause" in parts else ()
        waits_for = _status(parts["status"]) if "status" in parts else ""
        kept = len(reading.problems)
        words = self.vocabulary(parts["parameters"]) if "parameters" in parts else self.words
        entries = _timeline(node, parts, words, given)
        problems: tuple[Problem, ...] = ()
        if waits_for:  # it may use words that are still to come
            problems = tuple(reading.problems[kept:])
            del reading.problems[kept:]
        if name is None:
            return
        line = reading.line((*node.path, "rows", row - 1) if row else parts["name"].path)
        policy = None if words is self.words else words.policy
        file = self.document.file or ""
        self.found.append(
            Scenario(name, clauses, tuple(entries), waits_for, file, line, problems, policy)
        )

    def vocabulary(self, node: Node) -> Vocabulary:
        """The words of the policy with the parameters at *node*."""
        if not isinstance(node.value, dict):
            node.expected("a table such as { half_day = 'half working day' }")
            return self.words
        if self.variant is None:
            node.complain("parameters need a policy file beside the scenarios")
            return self.words
        key = repr(sorted(node.value.items()))
        if key not in self.variants:
            try:
                self.variants[key] = Vocabulary(self.variant(node.value))
            except PolicyError as error:
                self.variants[key] = None
                for problem in error.problems:
                    _blamed(node, problem.path).complain(problem.message, problem.suggestion)
        return self.variants[key] or self.words


def _error(name: str, problems: list[Problem]) -> ScenarioFileError:
    ordered = sorted(problems, key=lambda one: (one.line or 0, one.column or 0))
    count = len(ordered)
    return ScenarioFileError(
        f"{name} has {count} problem{'s' if count > 1 else ''}", tuple(ordered)
    )


def _blamed(node: Node, path: str) -> Node:
    """The parameter in which a problem of the policy at *path* lies, as far as one can tell."""
    parts = node.table()
    return next((part for code, part in parts.items() if code in path.split(".")), node)


def _status(node: Node) -> str:
    """The capability that a scenario waits for; empty when it must pass."""
    text = node.text("'passes' or 'waits for ...'")
    if text is None or text == "passes":
        return ""
    if not text.startswith(_WAITS) or not text.removeprefix(_WAITS).strip():
        node.complain(f"a status is 'passes' or 'waits for <capability>', got {text!r}")
    return text.removeprefix(_WAITS).strip()


def _timeline(
    node: Node, parts: Mapping[str, Node], words: Vocabulary, given: Mapping[str, Any]
) -> list[Entry]:
    """The entries of all its cases, in the order of recording."""
    given = {**given, **(words.values(parts["given"]) if "given" in parts else {})}
    if "unknown" in parts:
        for name in parts["unknown"].names("fact", words.given):
            given.pop(name, None)
    entries: list[Entry] = []
    if "history" in parts:
        if not isinstance(parts["history"].value, list):
            parts["history"].expected("a list of earlier cases")
        taken: set[str] = set()
        for number, item in enumerate(parts["history"].items(), 1):
            entries += _earlier(item, number, words, given, taken)
    if "entries" not in parts:
        node.complain("a scenario has entries: entries = [{ at = '...', do = 'receive' }]")
    else:
        entries += read_entries(parts["entries"], words, "", given)
    return sorted(entries, key=lambda entry: entry.recorded)


def _earlier(
    node: Node, number: int, words: Vocabulary, given: Mapping[str, Any], taken: set[str]
) -> list[Entry]:
    """An earlier case: the entry that opens it, and those that follow."""
    if not isinstance(node.value, dict):
        node.expected("an earlier case such as { at = '2026-01-20 09:00', facts = { ... } }")
        return []
    rest = dict(node.value)
    name = str(number)
    if "name" in rest:
        name = node.child("name", rest.pop("name")).text("a name") or name
    if name in taken:
        node.complain(f"two earlier cases are called {name!r}")
    taken.add(name)
    later = rest.pop("entries", None)
    opens = words.opening[0] if len(words.opening) == 1 else ""
    if not opens and not set(rest) & set(COMMANDS):
        node.complain(
            f"say by which step it was opened: do = {words.opening[0]!r}"
            if words.opening
            else "no step of the policy opens a case"
        )
        return []
    opening = read_entry(Node(node.reading, node.path, rest), words, name, given, None, opens)
    if opening is None:
        return []
    found = [opening]
    if later is not None:
        found += read_entries(node.child("entries", later), words, name, given, opening.recorded)
    return found
