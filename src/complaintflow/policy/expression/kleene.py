"""Three-valued and, or, not (Kleene) over closures: true, false, or None for "not evaluated"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any

__all__ = ["Compiled", "View", "both", "either", "folded", "inverted"]

View = Mapping[str, Any]
"""From names to values; None is unknown."""
Compiled = Callable[[View], Any]
"""What evaluates an expression on a view."""


def folded(join: Callable[[Compiled, Compiled], Compiled], parts: Iterable[Compiled]) -> Compiled:
    """All *parts* joined two by two, evaluated from the left and no further than needed."""
    return reduce(lambda right, left: join(left, right), reversed(tuple(parts)))


def both(left: Compiled, right: Compiled) -> Compiled:
    """``and``: false beats unknown."""

    def joined(view: View) -> bool | None:
        first = left(view)
        if first:
            return right(view)  # type: ignore[no-any-return]
        if first is None:
            return False if right(view) is False else None
        return False

    return joined


def either(left: Compiled, right: Compiled) -> Compiled:
    """``or``: true beats unknown."""

    def joined(view: View) -> bool | None:
        first = left(view)
        if first:
            return True
        if first is None:
            return True if right(view) else None
        return right(view)  # type: ignore[no-any-return]

    return joined


def inverted(inner: Compiled) -> Compiled:
    """``not``: of unknown it is unknown."""

    def opposite(view: View) -> bool | None:
        found = inner(view)
        return None if found is None else not found

    return opposite
