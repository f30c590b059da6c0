"""What the section readers share: a node of the tree that can complain, and choices settled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

import attrs

from complaintflow.domain.types import is_code
from complaintflow.errors import did_you_mean
from complaintflow.policy.choice import Open
from complaintflow.policyfile.places import Path
from complaintflow.policyfile.sources import Spot

__all__ = ["Complaint", "Node", "Reading", "choice_code"]

T = TypeVar("T")


@attrs.frozen
class Complaint:
    """What is wrong at a spot."""

    spot: Spot
    message: str
    suggestion: str | None = None


@attrs.define
class Reading:
    """One pass over the tree.

    Attributes:
        tree: The merged tree.
        taken: For each choice with a reading: the reading and its path.
        open: Choices without a reading.
        complaints: What is wrong.
        aliases: Where what the policy has at one path stands in the file.
        broken: Words in rows that could not be read: they may be declared or used there.
        used: The choices that are used, with one user of each.
    """

    tree: Mapping[str, Any]
    taken: Mapping[str, tuple[Any, Path]] = attrs.Factory(dict)
    open: Collection[str] = ()
    complaints: list[Complaint] = attrs.Factory(list)
    aliases: dict[Path, Spot] = attrs.Factory(dict)
    broken: set[str] = attrs.Factory(set)
    used: dict[str, Path] = attrs.Factory(dict)

    def section(self, *path: str) -> Node | None:
        """The node at *path*, if the tree has it."""
        value: Any = self.tree
        for part in path:
            if not isinstance(value, dict) or part not in value:
                return None
            value = value[part]
        return Node(self, path, value)


@attrs.frozen(eq=False)
class Node:
    """A value of the tree with its path.

    Args:
        reading: The pass that it belongs to.
        path: Where it stands.
        value: What stands there.
        user: The path that uses it, when it is the reading of a choice.
        first: The path at which its user has it in the policy.
    """

    reading: Reading
    path: Path
    value: Any
    user: Path | None = None

    def complain(
        self,
        message: str,
        *,
        word: str = "",
        index: int | None = None,
        suggestion: str | None = None,
        key: bool = False,
    ) -> None:
        """Say what is wrong here; every word here may then be a name used or declared."""
        spot = Spot(self.path, key, index, word, self.user)
        self.reading.complaints.append(Complaint(spot, message, suggestion))
        self.reading.broken.update(_words(self.value))

    def expected(self, what: str) -> None:
        """Complain that something else was expected."""
        self.complain(f"expected {what}, got {_described(self.value)}")

    def child(self, key: str | int) -> Node:
        """The node below, which must be there."""
        return Node(self.reading, (*self.path, key), self.value[key], self.user)

    def alias(self, path: Path, *, key: bool = False, index: int | None = None) -> None:
        """What the policy has at *path* stands here."""
        if path != self.path or key or index:
            self.reading.aliases[path] = Spot(self.path, key, index, "", self.user)

    # -- choices ---------------------------------------------------------------------------

    def settled(self) -> Node | Open | None:
        """This node, or the reading of the choice that it names; None when there is none."""
        code = choice_code(self.value)
        if code is None:
            return self
        if not self.use(code):
            return None
        if code in self.reading.open:
            return Open(code)
        value, path = self.reading.taken[code]
        found = Node(self.reading, path, value, self.user or self.path)
        found.alias(self.user or self.path)
        inner = choice_code(value)
        if inner is not None:
            found.complain("a reading cannot be another choice")
            return None
        return found

    def use(self, code: str, index: int | None = None) -> bool:
        """Note that the choice *code* is used; complain when there is none."""
        known = {*self.reading.open, *self.reading.taken}
        self.reading.used.setdefault(code, self.path)
        if code in known:
            return True
        self.complain(
            f"no choice is called {code!r}; choices are declared in [choices]",
            index=index,
            word=code,
            suggestion=did_you_mean(code, known),
        )
        return False

    def closed(self, read: Callable[[Node], T | None]) -> T | None:
        """What *read* makes of it; an open choice is not enough here."""
        found = self.settled()
        if isinstance(found, Open):
            self.complain(f"the choice {found} is open, but a value is needed here")
            return None
        return None if found is None else read(found)

    def opened(self, read: Callable[[Node], T | None]) -> T | Open | None:
        """What *read* makes of it, or the open choice that it names."""
        found = self.settled()
        return found if found is None or isinstance(found, Open) else read(found)

    # -- tables ----------------------------------------------------------------------------

    def table(self, known: Collection[str] | None = None, what: str = "a table") -> dict[str, Node]:
        """The nodes of a table by key; complains of keys that are not *known*."""
        if not isinstance(self.value, dict):
            self.expected(what)
            return {}
        found = {key: self.child(key) for key in self.value}
        if known is None:
            return found
        for key in [key for key in found if key not in known]:
            found.pop(key).unknown_key(known)
        return found

    def unknown_key(self, known: Collection[str]) -> None:
        """Complain that the last key of the path is none of *known*."""
        key = str(self.path[-1])
        meant = did_you_mean(key, known)
        listed = "" if meant else f"; known: {', '.join(known)}"
        self.complain(f"no key is called {key!r} here{listed}", key=True, suggestion=meant)


def choice_code(value: object) -> str | None:
    """The code in ``$code``; None when *value* is something else."""
    if isinstance(value, str) and value.startswith("$") and is_code(value[1:]):
        return value[1:]
    return None


def _words(value: object) -> set[str]:
    from re import findall

    return set(findall(r"[A-Za-z]\w*", str(value)))


def _described(value: object) -> str:
    match value:
        case str():
            return f"the text {value!r:.60}"
        case bool():
            return "true" if value else "false"
        case dict():
            return "a table"
        case list() | tuple():
            return "a list"
        case int() | float():
            return f"the number {value}"
        case _:
            return f"the {type(value).__name__} {value}"
