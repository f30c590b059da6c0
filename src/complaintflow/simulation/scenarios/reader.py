"""Reading scenario files: every problem at once, each with file, line and path."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from complaintflow.errors import Problem, ScenarioFileError
from complaintflow.policy.policy import Policy
from complaintflow.policyfile.document import Document, read_file, read_text
from complaintflow.simulation.scenarios.entries import (
    COMMANDS,
    read_entries,
    read_entry,
)
from complaintflow.simulation.scenarios.node import Node, Reading
from complaintflow.simulation.scenarios.rows import filled_in
from complaintflow.simulation.scenarios.scenario import Entry, Scenario
from complaintflow.simulation.scenarios.vocabulary import Vocabulary

__all__ = ["load_scenarios", "loads_scenarios"]

_SCENARIO = (
    *("name", "clause", "status", "given", "unknown", "history", "entries"),
    *("columns", "rows"),
)
_WAITS = "waits for "


def load_scenarios(source: str | PathLike[str], policy: Policy) -> tuple[Scenario, ...]:
    """The scenarios of a file, or of the ``scenarios.toml`` of a folder, for *policy*.

    A scenario with rows is one scenario for each of them.

    Raises:
        ScenarioFileError: with every problem, each with file, line, column and path.
    """
    path = Path(source)
    if path.is_dir():
        path /= "scenarios.toml"
    return _read(read_file(path, str(path)), policy)


def loads_scenarios(text: str, policy: Policy, file: str | None = None) -> tuple[Scenario, ...]:
    """The scenarios of a TOML text.

    Args:
        text: As in a scenario file.
        policy: The policy that they are about.
        file: What to call the text in problems.

    Raises:
        ScenarioFileError: with every problem.
    """
    return _read(read_text(text, file), policy)


def _read(document: Document, policy: Policy) -> tuple[Scenario, ...]:
    reading = Reading(document, list(document.problems))
    words = Vocabulary(policy)
    root = Node(reading, (), document.data).table(("given", "scenario"))
    given = words.values(root["given"]) if "given" in root else {}
    found: list[Scenario] = []
    listed = root.get("scenario")
    if listed is None or not isinstance(listed.value, list):
        if not reading.problems:
            reading.problems.append(
                Problem("a scenario file has [[scenario]] tables", document.file, path="scenario")
            )
    else:
        for item in listed.items():
            item.table(_SCENARIO)
            for filled, row in filled_in(item):
                scenario = _scenario(filled, row, words, given, found)
                if scenario is not None:
                    found.append(scenario)
    if reading.problems:
        raise _error(document.file or "the scenarios", reading.problems)
    return tuple(found)


def _error(name: str, problems: list[Problem]) -> ScenarioFileError:
    ordered = sorted(problems, key=lambda one: (one.line or 0, one.column or 0))
    count = len(ordered)
    return ScenarioFileError(
        f"{name} has {count} problem{'s' if count > 1 else ''}", tuple(ordered)
    )


def _scenario(
    node: Node, row: int, words: Vocabulary, given: Mapping[str, Any], before: list[Scenario]
) -> Scenario | None:
    parts = node.table(_SCENARIO)
    reading = node.reading
    name = parts["name"].text("a name") if "name" in parts else None
    if "name" not in parts:
        node.complain("a scenario has a name: name = 'line stop'")
    if name is not None and any(other.name == name for other in before):
        hint = "; put a column into it: name = 'cause {cause}'" if row else ""
        parts["name"].complain(f"two scenarios are called {name!r}{hint}")
    clauses = words.clauses(parts["clause"]) if "clause" in parts else ()
    waits_for = _status(parts["status"]) if "status" in parts else ""
    kept = len(reading.problems)
    entries = _timeline(node, parts, words, given)
    problems: tuple[Problem, ...] = ()
    if waits_for:  # it may use words that are still to come
        problems = tuple(reading.problems[kept:])
        del reading.problems[kept:]
    if name is None:
        return None
    file = reading.document.file or ""
    line = (
        reading.line(parts["name"].path)
        if row == 0
        else reading.line((*node.path, "rows", row - 1))
    )
    return Scenario(name, clauses, tuple(entries), waits_for, file, line, problems)


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
