"""Load a policy: from a folder, a file, a text, or data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path as FilePath
from typing import Any, Protocol

from complaintflow.domain.types import FactType
from complaintflow.errors import PolicyFileError, Problem
from complaintflow.policy.expression import Function
from complaintflow.policy.policy import Policy
from complaintflow.policyfile.build import Built, build
from complaintflow.policyfile.document import Document, from_data, read_file, read_text
from complaintflow.policyfile.places import Path, dotted
from complaintflow.policyfile.reading import Complaint
from complaintflow.policyfile.sources import Sources, Spot

__all__ = ["Host", "finish", "from_mapping", "load_policy", "loads", "sources_of"]

_MOST_INCLUDES = 50


class Host(Protocol):
    """What a host gives to a policy; `complaintflow.Domain` is one."""

    @property
    def facts(self) -> Mapping[str, FactType]:
        """What its complaints know, by name: a policy may use it without declaring it."""
        ...

    @property
    def functions(self) -> Mapping[str, Function]:
        """By the name that expressions call."""
        ...


def load_policy(
    source: str | PathLike[str],
    *,
    domain: Host | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Policy:
    """The policy in a folder or file, checked.

    A folder has a ``policy.toml``, and beside it, if there are, a ``calendar.toml`` (one
    calendar) and a ``clauses.toml`` (clause id = what it says).

    Args:
        source: The folder, or the policy's file.
        domain: The host's facts, which need no declaration, and its own functions.
        parameters: What the blanks of ``[parameters]`` are filled with, and how choices of
            ``[choices]`` are read instead.

    Raises:
        PolicyFileError: with every problem, each with file, line, column and path.
    """
    sources = sources_of(source)
    return finish(sources, str(source), domain, parameters)


def loads(
    text: str,
    *,
    file: str | None = None,
    domain: Host | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Policy:
    """The policy in a TOML text, which holds its calendar and clauses itself.

    Args:
        text: TOML with ``[calendar.name]`` and, if it has them, ``[clauses]``.
        file: What to call it in problems.
        domain: The host's facts, which need no declaration, and its own functions.
        parameters: What the blanks of ``[parameters]`` are filled with, and how choices of
            ``[choices]`` are read instead.

    Raises:
        PolicyFileError: with every problem.
    """
    sources = Sources()
    sources.mount(read_text(text, file))
    _no_includes(sources)
    return finish(sources, file or "the policy", domain, parameters)


def from_mapping(
    data: Mapping[str, Any],
    *,
    domain: Host | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Policy:
    """The policy in data of the same shape as the TOML, such as JSON.

    Raises:
        PolicyFileError: with every problem; they have paths, but no lines.
    """
    sources = Sources()
    sources.mount(from_data(dict(data)))
    _no_includes(sources)
    return finish(sources, "the policy", domain, parameters)


def sources_of(source: str | PathLike[str]) -> Sources:
    """The files of the policy in a folder or file, merged.

    Raises:
        PolicyFileError: there is no such file.
    """
    given = FilePath(source)
    file = given / "policy.toml" if given.is_dir() else given
    sources = Sources()
    if not file.is_file():
        hint = "a folder needs a policy.toml" if given.is_dir() else "there is no such file"
        raise _error(str(source), [Problem(hint, str(file))])
    _mount(sources, file, str(file))
    for name in ("calendar", "clauses"):
        beside = file.with_name(f"{name}.toml")
        if beside.is_file() and beside != file:
            _mount_beside(sources, name, read_file(beside, str(beside)))
    return sources


def _mount_beside(sources: Sources, name: str, document: Document) -> None:
    if name == "clauses":
        sources.mount(document, ("clauses",))
        return
    called = document.data.get("name")
    sources.mount(document, ("calendar", called if isinstance(called, str) else "calendar"))


def _mount(sources: Sources, file: FilePath, shown: str, above: tuple[FilePath, ...] = ()) -> None:
    """Mount *file* and what it includes."""
    document = read_file(file, shown)
    included = document.data.pop("include", [])
    sources.mount(document)
    if not isinstance(included, list) or not all(isinstance(one, str) for one in included):
        message = "expected a list of files: include = ['../base.toml']"
        sources.problems.append(_at(document, ("include",), message))
        return
    here = file.resolve()
    for index, name in enumerate(included):
        target = file.parent / name
        message = ""
        if target.resolve() in (*above, here):
            message = f"{name!r} includes itself"
        elif not target.is_file():
            message = f"there is no file {name!r} beside {file.name}"
        elif len(sources.mounted) > _MOST_INCLUDES:
            message = f"a policy has at most {_MOST_INCLUDES} files"
        if message:
            sources.problems.append(_at(document, ("include", index), message))
        else:
            _mount(sources, target, str(target), (*above, here))


def _at(document: Document, path: Path, message: str) -> Problem:
    place = document.places.value(path)
    line, column = (place.line, place.column) if place else (None, None)
    return Problem(message, document.file, line, column, dotted(path))


def _no_includes(sources: Sources) -> None:
    if "include" in sources.tree:
        message = "a text has no folder to include files from; use load_policy"
        sources.problems.append(sources.problem(Spot(("include",), key=True), message))


def finish(
    sources: Sources,
    name: str,
    domain: Host | None,
    parameters: Mapping[str, Any] | None,
) -> Policy:
    """The policy in *sources*, called *name* in errors.

    Raises:
        PolicyFileError: with every problem.
    """
    functions = domain.functions if domain is not None else {}
    known = domain.facts if domain is not None else {}

    def built(instead: Mapping[str, int]) -> Built:
        return build(
            sources,
            parameters=parameters or {},
            functions=functions,
            known=known,
            instead=instead,
        )

    first = built({})
    complaints = _with_other_readings(first, built)
    problems = list(sources.problems)
    problems += [sources.problem(c.spot, c.message, c.suggestion) for c in complaints]
    if problems:
        raise _error(name, problems)
    return first.policy


def _with_other_readings(
    first: Built, built: Callable[[Mapping[str, int]], Built]
) -> list[Complaint]:
    """The complaints, and those about readings that were not taken: they must be possible too.

    The first other reading of every choice is tried in one go, then the second ...; only a
    reading that draws complaints there is tried alone.
    """
    complaints = list(first.complaints)
    others = {choice.code: len(choice.others) for choice in first.policy.choices}
    for number in range(max(others.values(), default=0)):
        instead = {code: number for code, count in others.items() if count > number}
        together = built(instead)
        for code in instead:
            if _of_reading(together, code, number):
                complaints += _of_reading(built({code: number}), code, number)
    return complaints


def _of_reading(built: Built, code: str, number: int) -> list[Complaint]:
    """The complaints about one reading that was tried."""
    paths = tuple((section, code, "or", number) for section in ("choices", "parameters"))
    return [c for c in built.complaints if c.spot.path[:4] in paths]


def _error(name: str, problems: list[Problem]) -> PolicyFileError:
    unique = list(dict.fromkeys(problems))
    unique.sort(key=lambda p: (p.file or "", p.line or 0, p.column or 0))
    count = len(unique)
    return PolicyFileError(f"{name} has {count} problem{'s' if count > 1 else ''}", tuple(unique))
