"""Whether two words are a slip of the pen apart."""

from __future__ import annotations

__all__ = ["a_slip_apart"]

_LONG = 8  # letters from which two slips are still the same word


def a_slip_apart(one: str, other: str) -> bool:
    """Whether one slip makes *one* of *other*; in long words two.

    A slip is a letter too many, too few or replaced, or two neighbours swapped.
    """
    allowed = 2 if min(len(one), len(other)) >= _LONG else 1
    if abs(len(one) - len(other)) > allowed:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            swapped = i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right
            if swapped:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1] <= allowed
