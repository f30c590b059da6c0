"""A store in memory: for tests, simulations, and runs that keep nothing.

Thread-safe: one unit of work at a time. Writes happen in place and leave their undoing behind,
so a rollback costs what was written. Events are kept as they are; their canonical text and
chain are made when somebody asks for the trail.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType

import attrs

from complaintflow.audit.chain import Anchor, Row
from complaintflow.audit.delivery import Delivery
from complaintflow.audit.events import Event
from complaintflow.audit.messages import Message
from complaintflow.errors import StoreError
from complaintflow.store.agenda import Agenda, Timeline
from complaintflow.store.checks import (
    check_number,
    check_positions,
    other_text,
    remembered,
    stale,
    unknown,
)
from complaintflow.store.memory_outbox import Outbox
from complaintflow.store.memory_trail import Trail
from complaintflow.store.protocol import LEASE, CaseStatus, Outcome

__all__ = ["MemoryStore"]


@attrs.frozen
class _Case:
    events: tuple[Event, ...]
    status: CaseStatus
    trail: Trail


def _with_rows(old: _Case, new: _Case) -> _Case:
    """*old*, keeping the rows that were made since: their links may be known outside by now."""
    if len(new.trail.rows) <= len(old.trail.rows):
        return old
    count = len(old.events)
    rows, vaults = new.trail.rows[:count], new.trail.vaults[:count]
    return attrs.evolve(old, trail=attrs.evolve(old.trail, rows=rows, vaults=vaults))


class _Data:
    """Everything the store holds."""

    __slots__ = ("agenda", "cases", "documents", "index", "outbox", "outcomes", "serials", "times")

    def __init__(self) -> None:
        self.cases: dict[str, _Case] = {}
        self.times = Timeline()
        self.index: dict[tuple[str, str], Timeline] = {}
        self.agenda = Agenda()
        self.outcomes: dict[str, Outcome] = {}
        self.outbox = Outbox()
        self.serials: dict[str, int] = {}
        self.documents: dict[tuple[str, str], str] = {}

    def put(self, case_id: str, new: _Case | None) -> None:
        """Make *new* what is known of the case, in every index; None: there is no such case."""
        old = self.cases.get(case_id)
        if new is not None:
            self.cases[case_id] = new
        elif old is not None:
            del self.cases[case_id]
        was, now = old.status if old else None, new.status if new else None
        if was is now:
            return
        moved = was is None or now is None or was.received != now.received
        if was and moved:
            self.times.remove(was.received, case_id)
        if now and moved:
            self.times.add(now.received, case_id)
        if moved or (was and now and was.keys != now.keys):
            for entry in was.keys if was else ():
                if moved or (now and entry not in now.keys):
                    self.index[entry].remove(was.received if was else 0, case_id)
            for entry in now.keys if now else ():
                if moved or (was and entry not in was.keys):
                    timeline = self.index.setdefault(entry, Timeline())
                    timeline.add(now.received if now else 0, case_id)
        self.agenda.set(case_id, now.attention if now else None)


class MemoryStore:
    """Cases in memory; see `CaseStore` for what it promises.

    Args:
        salt: Gives the salt of each personal value; random unless a test needs the same again.
    """

    def __init__(self, *, salt: Callable[[], str] | None = None) -> None:
        self._data = _Data()
        self._salt = salt
        self._lock = threading.Lock()
        self._owner: int | None = None

    def begin(self) -> _Turn:
        """A unit of work: committed when the block ends, rolled back when it raises."""
        return _Turn(self)


class _Turn:
    """One thread's turn at the store."""

    __slots__ = ("_store", "_unit")

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._unit: MemoryUnit | None = None

    def __enter__(self) -> MemoryUnit:
        store = self._store
        me = threading.get_ident()
        if store._owner == me:
            raise StoreError("this thread has a unit of work open already; end it first")
        store._lock.acquire()
        store._owner = me
        self._unit = MemoryUnit(store._data, store._salt)
        return self._unit

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        unit, store = self._unit, self._store
        try:
            if unit is not None:
                unit._end(keep=kind is None)
        finally:
            store._owner = None
            store._lock.release()


class MemoryUnit:
    """One unit of work on a `MemoryStore`."""

    __slots__ = ("_held", "_salt", "_undo")

    def __init__(self, data: _Data, salt: Callable[[], str] | None) -> None:
        self._held: _Data | None = data
        self._salt = salt
        self._undo: list[Callable[[], None]] = []

    def _end(self, *, keep: bool) -> None:
        self._held = None
        while self._undo:
            undo = self._undo.pop()
            if not keep:
                undo()

    @property
    def _data(self) -> _Data:
        if self._held is None:
            raise StoreError("this unit of work has ended; begin another one")
        return self._held

    def _case(self, case_id: str) -> _Case:
        found = self._data.cases.get(case_id)
        if found is None:
            raise unknown(case_id)
        return found

    def _put(self, case_id: str, new: _Case) -> None:
        data = self._data
        old = data.cases.get(case_id)
        self._undo.append(lambda: data.put(case_id, old and _with_rows(old, data.cases[case_id])))
        data.put(case_id, new)

    # -- cases ---------------------------------------------------------------------------

    def load(self, case_id: str) -> tuple[Event, ...]:
        return self._case(case_id).events

    def append(
        self,
        case_id: str,
        events: Sequence[Event],
        *,
        expected_version: int,
        status: CaseStatus,
        personal: frozenset[str] = frozenset(),
    ) -> None:
        check_number(case_id)
        old = self._data.cases.get(case_id)
        found = len(old.events) if old else 0
        if old is None and expected_version > 0:
            raise unknown(case_id)
        if found != expected_version:
            raise stale(case_id, expected_version, found)
        check_positions(case_id, events, expected_version)
        if old is None:
            self._put(case_id, _Case(tuple(events), status, Trail().with_personal(1, personal)))
        else:
            trail = old.trail.with_personal(found + 1, personal)
            self._put(case_id, _Case((*old.events, *events), status, trail))

    def status(self, case_id: str) -> CaseStatus:
        return self._case(case_id).status

    def version(self, case_id: str) -> int:
        found = self._data.cases.get(case_id)
        return len(found.events) if found else 0

    def trail(self, case_id: str) -> tuple[Row, ...]:
        return self._sealed(case_id).trail.rows

    def anchor(self, case_id: str) -> Anchor:
        last = self.trail(case_id)[-1]
        return Anchor(case_id, last.position, last.link)

    def erase(self, case_id: str, names: frozenset[str] | None = None) -> int:
        case = self._sealed(case_id)
        trail, events, count = case.trail.erased(case.events, names)
        if count:
            self._put(case_id, attrs.evolve(case, trail=trail, events=events))
        self._data.outbox.erase(case_id, names, self._undo.append)
        return count

    def _sealed(self, case_id: str) -> _Case:
        """The case with the rows of all its events made."""
        case = self._case(case_id)
        if len(case.trail.rows) < len(case.events):
            trail = case.trail.sealed(case_id, case.events, self._salt)
            case = attrs.evolve(case, trail=trail)
            self._data.put(case_id, case)  # changes no content, so nothing is to be undone
        return case

    # -- questions about many cases ------------------------------------------------------

    def find(
        self,
        name: str,
        key: str,
        *,
        since: int | None = None,
        before: int | None = None,
        exclude: str = "",
    ) -> tuple[str, ...]:
        timeline = self._data.index.get((name, key))
        if timeline is None:
            return ()
        return tuple(found for found in timeline.window(since, before) if found != exclude)

    def tally(self, name: str, keys: Sequence[str]) -> dict[str, int]:
        index = self._data.index
        found = ((key, index.get((name, key))) for key in keys)
        return {key: len(cases) for key, cases in found if cases}

    def due(self, now: int, limit: int) -> tuple[str, ...]:
        return tuple(self._data.agenda.due(now, limit))

    def cases(self, *, open: bool | None = None, state: str | None = None) -> Iterator[str]:  # noqa: A002
        data = self._data
        for case_id in data.times.window():
            status = data.cases[case_id].status
            if open is not None and status.open is not open:
                continue
            if state is None or status.state == state:
                yield case_id

    # -- commands ------------------------------------------------------------------------

    def outcome(self, command_id: str) -> Outcome | None:
        return self._data.outcomes.get(command_id)

    def remember(self, command_id: str, outcome: Outcome) -> None:
        outcomes = self._data.outcomes
        if command_id in outcomes:
            raise remembered(command_id, outcomes[command_id].case_id)
        self._undo.append(lambda: outcomes.__delitem__(command_id))
        outcomes[command_id] = outcome

    # -- outbox --------------------------------------------------------------------------

    def post(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self._data.outbox.post(message, self._undo.append)

    def pending(self, now: int, limit: int, *, lease: int = LEASE) -> tuple[Delivery, ...]:
        return self._data.outbox.claim(now, limit, lease, self._undo.append)

    def delivered(self, key: str) -> None:
        self._data.outbox.settle(key, "delivered", self._undo.append)

    def failed(self, key: str, error: str, retry_at: int | None) -> None:
        if retry_at is None:
            self._data.outbox.settle(key, "dead", self._undo.append, error=error)
        else:
            self._data.outbox.settle(key, "waiting", self._undo.append, ready=retry_at, error=error)

    def dead(self) -> tuple[Delivery, ...]:
        return self._data.outbox.dead()

    def resend(self, key: str) -> None:
        self._data.outbox.resend(key, self._undo.append)

    # -- numbers and documents -----------------------------------------------------------

    def next_serial(self, series: str) -> int:
        serials = self._data.serials
        number = serials.get(series, 0)
        self._undo.append(lambda: serials.__setitem__(series, number))
        serials[series] = number + 1
        return number + 1

    def save_document(self, kind: str, digest: str, text: str) -> None:
        documents = self._data.documents
        kept = documents.get((kind, digest))
        if kept is None:
            self._undo.append(lambda: documents.__delitem__((kind, digest)))
            documents[kind, digest] = text
        elif kept != text:
            raise other_text(kind, digest)

    def document(self, kind: str, digest: str) -> str | None:
        return self._data.documents.get((kind, digest))
