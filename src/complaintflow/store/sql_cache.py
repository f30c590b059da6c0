"""Decoded events of the cases that were read last, so that a step decodes only what is new.

An entry is good for as long as the chain says so: the link at its length is the digest of
everything before it, and the count of erasures has not moved.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

import attrs

from complaintflow.audit.events import Event

__all__ = ["Cache", "Known"]


@attrs.frozen
class Known:
    """The events of a case up to the one whose link is *link*."""

    events: tuple[Event, ...]
    link: str
    erasures: int


class Cache:
    """At most *size* cases, the least recently read leaves first. Thread-safe."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, case_id: str) -> Known | None:
        """What was put last for the case, if it is still there."""
        with self._lock:
            known = self._known.get(case_id)
            if known is not None:
                self._known.move_to_end(case_id)
            return known

    def put(self, case_id: str, known: Known) -> None:
        """Keep what is known of the case."""
        with self._lock:
            self._known[case_id] = known
            self._known.move_to_end(case_id)
            while len(self._known) > self._size:
                self._known.popitem(last=False)
