"""Two small indexes of the memory store: what waits for an instant, and what came when."""

from __future__ import annotations

from bisect import bisect_left, insort
from heapq import heapify, heappop, heappush

__all__ = ["Agenda", "Timeline"]


class Agenda:
    """Names that wait for an instant; asking costs what is due, not what waits.

    A heap whose outdated entries are dropped when they surface, or all at once when they
    outnumber the current ones.
    """

    __slots__ = ("_at", "_heap")

    def __init__(self) -> None:
        self._at: dict[str, int] = {}
        self._heap: list[tuple[int, str]] = []

    def set(self, name: str, at: int | None) -> None:
        """*name* waits for *at*, or for nothing."""
        if at is None:
            self._at.pop(name, None)
            return
        if self._at.get(name) == at:
            return
        self._at[name] = at
        heappush(self._heap, (at, name))
        if len(self._heap) > 2 * len(self._at) + 64:
            self._heap = [(waits, who) for who, waits in self._at.items()]
            heapify(self._heap)

    def due(self, now: int, limit: int) -> list[str]:
        """At most *limit* names that wait for *now* or earlier, by (instant, name)."""
        heap, found = self._heap, list[tuple[int, str]]()
        while heap and heap[0][0] <= now and len(found) < limit:
            entry = heappop(heap)
            if self._at.get(entry[1]) == entry[0] and (not found or found[-1] != entry):
                found.append(entry)
        for entry in found:
            heappush(heap, entry)
        return [name for _, name in found]


class Timeline:
    """Case numbers by (received, number)."""

    __slots__ = ("_entries",)

    def __init__(self) -> None:
        self._entries: list[tuple[int, str]] = []

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, received: int, case_id: str) -> None:
        """Put in a number; in order of receipt that is an append."""
        entry = (received, case_id)
        if not self._entries or entry > self._entries[-1]:
            self._entries.append(entry)
        else:
            insort(self._entries, entry)

    def remove(self, received: int, case_id: str) -> None:
        """Take out a number that is in."""
        del self._entries[bisect_left(self._entries, (received, case_id))]

    def window(self, since: int | None = None, before: int | None = None) -> list[str]:
        """Numbers received in [since, before), in order."""
        low = 0 if since is None else bisect_left(self._entries, (since, ""))
        high = len(self._entries) if before is None else bisect_left(self._entries, (before, ""))
        return [case_id for _, case_id in self._entries[low:high]]
