"""A policy together with where each of its parts stands in its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from typing import Any

import attrs

from complaintflow.policy.policy import Policy
from complaintflow.policyfile.build import build
from complaintflow.policyfile.load import Host, finish, sources_of
from complaintflow.policyfile.places import Path

__all__ = ["Located", "Where", "locate"]


@attrs.frozen
class Where:
    """A place in a file; *line* and *column* from 1, None where only the file is known."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@attrs.frozen
class Located:
    """A policy and the places of its parts.

    Args:
        policy: The policy.
        place: From a path of the policy, such as ``("duty", "transmit", "within")``, to its
            place, or that of the nearest part above it; None where there is none.
    """

    policy: Policy
    place: Callable[[Path], Where | None]


def locate(
    source: str | PathLike[str],
    *,
    domain: Host | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Located:
    """The policy in a folder or file, as `load_policy` reads it, with its places.

    Raises:
        PolicyFileError: with every problem, each with file, line, column and path.
    """
    sources = sources_of(source)
    policy = finish(sources, str(source), domain, parameters)
    functions = domain.functions if domain is not None else {}
    known = domain.facts if domain is not None else {}
    built = build(sources, parameters=parameters or {}, functions=functions, known=known)

    def place(path: Path) -> Where | None:
        found = sources.place(built.spot(path)) if path else None
        file, at = found or (None, None)
        if file is None:
            return None
        return Where(file, at.line, at.column) if at else Where(file)

    return Located(policy, place)
