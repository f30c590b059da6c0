"""A scenario file being read: nodes that know where they stand and can complain."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import attrs

from complaintflow.errors import Problem, did_you_mean
from complaintflow.policyfile.document import Document
from complaintflow.policyfile.places import Path, dotted

__all__ = ["Node", "Reading"]


@attrs.define
class Reading:
    """One pass over a file.

    Attributes:
        document: The file.
        problems: What is wrong with it.
        moved: Values that come from a row: their path in the scenario, and in the file.
        renamed: Keys in which a row filled something in: their path, and the key in the file.
    """

    document: Document
    problems: list[Problem] = attrs.Factory(list)
    moved: dict[Path, Path] = attrs.Factory(dict)
    renamed: dict[Path, str] = attrs.Factory(dict)

    def line(self, path: Path) -> int:
        """The line on which *path* stands, 0 for data that were never a text."""
        places = self.document.places
        found = self.origin(path)
        while found:
            place = places.key(found)
            if place is not None:
                return place.line
            found = found[:-1]
        return 0

    def origin(self, path: Path, *, key: bool = False) -> Path:
        """Where what stands at *path* of a filled-in scenario stands in the file.

        With *key* its last key, which stands in the scenario even if the value is a cell's.
        """
        if key and path:
            return (*self.origin(path[:-1]), self.renamed.get(path, path[-1]))
        for end in range(len(path), 0, -1):
            if path[:end] in self.moved:
                return (*self.moved[path[:end]], *path[end:])
        return tuple(self.renamed.get(path[: at + 1], part) for at, part in enumerate(path))

    def complain(
        self, path: Path, message: str, suggestion: str | None = None, *, key: bool = False
    ) -> None:
        """Something is wrong at *path*, in its last key or in its value."""
        found = self.origin(path, key=key)
        places = self.document.places
        place = None
        for end in range(len(found), 0, -1):
            place = places.key(found[:end]) if key else places.value(found[:end])
            if place is not None:
                break
        problem = Problem(
            message,
            self.document.file,
            place.line if place else None,
            place.column if place else None,
            dotted(found),
            suggestion,
        )
        if problem not in self.problems:  # the rows of one table share what they do not fill in
            self.problems.append(problem)


@attrs.frozen(eq=False)
class Node:
    """A value of the file with its path."""

    reading: Reading
    path: Path
    value: object

    @property
    def line(self) -> int:
        """Its line in the file."""
        return self.reading.line(self.path)

    @property
    def key(self) -> str:
        """The last key of its path."""
        return str(self.path[-1])

    def complain(self, message: str, suggestion: str | None = None, *, key: bool = False) -> None:
        """Something is wrong here."""
        self.reading.complain(self.path, message, suggestion, key=key)

    def expected(self, what: str) -> None:
        """Something else was expected here."""
        self.complain(f"expected {what}, got {_described(self.value)}")

    def unknown(self, kind: str, word: str, known: Collection[str], *, key: bool = False) -> None:
        """*word* names no *kind*."""
        meant = did_you_mean(word, known)
        listed = "" if meant or not known else f"; there are: {', '.join(known)}"
        self.complain(f"no {kind} is called {word!r}{listed}", meant, key=key)

    def child(self, key: str | int, value: object) -> Node:
        """What stands below."""
        return Node(self.reading, (*self.path, key), value)

    # -- values: None where there is no such value, with a problem noted --------------------

    def table(self, known: Iterable[str] | None = None, kind: str = "key") -> dict[str, Node]:
        """The nodes of a table by key; complains of keys that are not *known*."""
        if not isinstance(self.value, dict):
            self.expected("a table")
            return {}
        found = {key: self.child(key, value) for key, value in self.value.items()}
        if known is not None:
            names = tuple(known)
            for key in [key for key in found if key not in names]:
                found.pop(key).unknown(kind, key, names, key=True)
        return found

    def items(self) -> tuple[Node, ...]:
        """The nodes of a list; a single value is a list of one."""
        if isinstance(self.value, list):
            return tuple(self.child(index, value) for index, value in enumerate(self.value))
        return (self,)

    def text(self, what: str = "text") -> str | None:
        """A text that is not empty."""
        if isinstance(self.value, str) and self.value.strip():
            return self.value.strip()
        self.expected(what)
        return None

    def words(self, what: str = "names") -> tuple[tuple[Node, str], ...]:
        """Texts of a list, or of one text between its commas; each with the node it stands in."""
        found: list[tuple[Node, str]] = []
        for item in self.items():
            if not isinstance(item.value, str):
                item.expected(what)
                continue
            found += [(item, part.strip()) for part in item.value.split(",") if part.strip()]
        return tuple(found)

    def named(self, kind: str, known: Collection[str]) -> str | None:
        """A text that is one of *known*."""
        word = self.text(f"the {kind}")
        if word is None or word in known:
            return word
        self.unknown(kind, word, known)
        return None

    def names(self, kind: str, known: Collection[str]) -> tuple[str, ...]:
        """Several of *known*; complains of the others."""
        found: dict[str, None] = {}
        for node, word in self.words(f"names of a {kind}"):
            if word in known:
                found[word] = None
            else:
                node.unknown(kind, word, known)
        return tuple(found)

    def flag(self) -> bool:
        """True or false; false where it is neither, with a problem noted."""
        if not isinstance(self.value, bool):
            self.expected("true or false")
        return self.value is True


def _described(value: object) -> str:
    match value:
        case str():
            return f"the text {value!r:.60}"
        case bool():
            return "true" if value else "false"
        case dict():
            return "a table"
        case list():
            return "a list"
        case int() | float():
            return f"the number {value}"
        case _:
            return f"{value}"
