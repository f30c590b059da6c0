"""The files of one policy, merged into one tree that remembers where everything came from."""

from __future__ import annotations

from typing import Any

import attrs

from complaintflow.errors import Problem
from complaintflow.policyfile.document import Document
from complaintflow.policyfile.places import Path, Place, dotted

__all__ = ["Sources", "Spot"]


@attrs.frozen
class Spot:
    """A place to point at.

    Args:
        path: In the merged tree.
        key: Whether the key is meant and not the value.
        index: A character of the text there, from 0.
        word: A word to look for in the text there, when there is no index.
        user: Who uses the choice that stands at *path*.
    """

    path: Path
    key: bool = False
    index: int | None = None
    word: str = ""
    user: Path | None = None


@attrs.define
class Sources:
    """Documents, each with the path at which it was mounted, and the tree of all of them."""

    mounted: list[tuple[Path, Document]] = attrs.Factory(list)
    tree: dict[str, Any] = attrs.Factory(dict)
    problems: list[Problem] = attrs.Factory(list)

    def mount(self, document: Document, prefix: Path = ()) -> None:
        """Add a document to the tree, below *prefix*."""
        self.problems.extend(document.problems)
        self.mounted.append((prefix, document))
        data: Any = document.data
        for part in reversed(prefix):
            data = {part: data}
        self._merge(self.tree, data, (), document)

    def _merge(self, into: dict[str, Any], data: dict[str, Any], at: Path, new: Document) -> None:
        for key, value in data.items():
            path = (*at, key)
            if key not in into:
                into[key] = _copy(value)
            elif isinstance(value, dict) and isinstance(into[key], dict):
                self._merge(into[key], value, path, new)
            else:
                first = self.place(Spot(path, key=True))
                prefix = next(prefix for prefix, one in self.mounted if one is new)
                again = new.places.key(path[len(prefix) :])
                where = f" in {first[0]} on line {first[1].line}" if first and first[1] else ""
                self.problems.append(
                    Problem(
                        f"{key!r} is given twice, first{where}",
                        new.file,
                        again.line if again else None,
                        again.column if again else None,
                        dotted(path),
                    )
                )

    @property
    def broken(self) -> frozenset[str]:
        """Words in statements that could not be read."""
        return frozenset().union(*(document.broken for _, document in self.mounted))

    def place(self, spot: Spot) -> tuple[str | None, Place | None] | None:
        """File and place of *spot*: of the path itself or of the nearest part above it."""
        path = spot.path
        while path:
            for prefix, document in self.mounted:
                if path[: len(prefix)] != prefix:
                    continue
                inner = path[len(prefix) :]
                if inner in document.places:
                    return document.file, _within(document, inner, spot, exact=path == spot.path)
                if not inner:
                    return document.file, None
            path = path[:-1]
        return (self.mounted[0][1].file, None) if self.mounted else None

    def problem(self, spot: Spot, message: str, suggestion: str | None = None) -> Problem:
        """A problem with file, line, column and path."""
        found = self.place(spot)
        file, place = found or (None, None)
        if spot.user is not None:
            message = f"{message} (where {dotted(spot.user)} uses it)"
        return Problem(
            message,
            file,
            place.line if place else None,
            place.column if place else None,
            dotted(spot.path),
            suggestion,
        )


def _within(document: Document, path: Path, spot: Spot, *, exact: bool) -> Place | None:
    places = document.places
    if exact and spot.index is not None:
        return places.inside(path, spot.index, key=spot.key)
    if exact and spot.word:
        index = places.find(path, spot.word, key=spot.key)
        if index is not None:
            return places.inside(path, index, key=spot.key)
    return places.key(path) if spot.key else places.value(path)


def _copy(value: Any) -> Any:
    return {k: _copy(v) for k, v in value.items()} if isinstance(value, dict) else value
