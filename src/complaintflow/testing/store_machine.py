"""A state machine that drives a store and the plain model side by side."""

# ruff: noqa: D102 - each rule is the call that it is named after

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, ClassVar

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from complaintflow.audit.chain import verify
from complaintflow.audit.events import Event
from complaintflow.audit.messages import Message
from complaintflow.errors import StoreError
from complaintflow.store.protocol import CaseStatus, CaseStore, Outcome, UnitOfWork
from complaintflow.testing.events import events
from complaintflow.testing.store_model import NaiveStore, NaiveUnit, plain

__all__ = ["StoreMachine"]

CASES = st.sampled_from(("C-1", "C-2", "c-10", "客诉-3"))
NAMES = st.frozensets(st.sampled_from(("phone", "amount")))
INSTANTS = st.integers(0, 9)
ENTRIES = st.tuples(st.sampled_from(("customer", "lot")), st.sampled_from(("A", "a", "华")))
STATUSES = st.builds(
    CaseStatus,
    state=st.sampled_from(("received", "closed")),
    open=st.booleans(),
    received=INSTANTS,
    policy=st.sampled_from(("", "p1")),
    attention=st.none() | INSTANTS,
    keys=st.frozensets(ENTRIES, max_size=3),
)
MAYBE = st.none() | INSTANTS
KEYS = st.sampled_from(("C-1:1:qa", "C-1:2:qa", "never posted"))
OUTCOMES = st.builds(Outcome, st.sampled_from(("f1", "f2")), CASES, INSTANTS, INSTANTS)


@st.composite
def posted(draw: st.DrawFn) -> Message:
    """A message that is ready soon and shows facts that may be erased."""
    shown = tuple(sorted(draw(NAMES)))
    known = dict.fromkeys(("amount", *shown), "it")
    key, at = draw(st.sampled_from(("C-1:1:qa", "C-1:2:qa", "C-2:1:sales"))), draw(INSTANTS)
    return Message(key, "C-1", "T1", "qa", "", at, facts=known, personal=shown)


class _Undo(Exception):  # noqa: N818 - no error: it rolls a unit of work back
    pass


class StoreMachine(RuleBasedStateMachine):
    """Every call to the store answers as the model does; so does every question, at any time.

    Subclass it and supply ``make_store``, which gives an empty store for each run.
    """

    make_store: ClassVar[Callable[[], CaseStore]]

    @initialize()
    def empty(self) -> None:
        self.store = type(self).make_store()
        self.model = NaiveStore()
        self.open: tuple[AbstractContextManager[Any], AbstractContextManager[Any]] | None = None
        self.unit: UnitOfWork | None = None
        self.plain = NaiveUnit()

    def teardown(self) -> None:
        """Leave no unit of work open behind a failed run."""
        if getattr(self, "open", None) is not None:
            self.end(commit=False)

    def begin(self) -> None:
        self.open = (self.store.begin(), self.model.begin())
        self.unit, self.plain = self.open[0].__enter__(), self.open[1].__enter__()

    @precondition(lambda self: self.unit is not None)
    @rule(commit=st.booleans())
    def end(self, commit: bool) -> None:
        assert self.open is not None
        for manager in self.open:
            if commit:
                manager.__exit__(None, None, None)
            else:
                undo = _Undo()
                assert not manager.__exit__(_Undo, undo, None)
        self.open = self.unit = None

    def both(self, call: Callable[[Any], object]) -> None:
        """The same call on both gives the same answer, or the same kind of error."""
        if self.unit is None:
            self.begin()
        assert self.answer(call, self.unit) == self.answer(call, self.plain)

    @staticmethod
    def answer(call: Callable[[Any], object], unit: object) -> object:
        try:
            return call(unit)
        except StoreError as error:
            return type(error), getattr(error, "expected", None), getattr(error, "found", None)

    @rule(
        case_id=CASES,
        drawn=st.lists(events(), max_size=2),
        behind=st.sampled_from((0, 0, 0, 0, 1, -1)),
        status=STATUSES,
        personal=NAMES,
    )
    def append(
        self,
        case_id: str,
        drawn: list[Event],
        behind: int,
        status: CaseStatus,
        personal: frozenset[str],
    ) -> None:
        if self.unit is None:
            self.begin()
        version = max(self.plain.version(case_id) - behind, 0)
        if not drawn and version == 0:
            return  # refused as it should be; the contract has it
        numbered = [
            attrs.evolve(event, position=position)
            for position, event in enumerate(drawn, version + 1)
        ]
        self.both(
            lambda unit: unit.append(
                case_id, numbered, expected_version=version, status=status, personal=personal
            )
        )

    @rule(case_id=CASES, names=st.none() | NAMES)
    def erase(self, case_id: str, names: frozenset[str] | None) -> None:
        self.both(lambda unit: unit.erase(case_id, names))

    @rule(command=st.sampled_from(("cmd-1", "cmd-2")), outcome=OUTCOMES)
    def remember(self, command: str, outcome: Outcome) -> None:
        self.both(lambda unit: unit.outcome(command))
        self.both(lambda unit: unit.remember(command, outcome))
        self.both(lambda unit: unit.outcome(command))

    @rule(batch=st.lists(posted(), max_size=3))
    def post(self, batch: list[Any]) -> None:
        self.both(lambda unit: unit.post(batch))

    @rule(now=INSTANTS, limit=st.integers(0, 3), lease=st.integers(1, 5))
    def claim(self, now: int, limit: int, lease: int) -> None:
        self.both(lambda unit: unit.pending(now, limit, lease=lease))

    @rule(key=KEYS)
    def delivered(self, key: str) -> None:
        self.both(lambda unit: unit.delivered(key))

    @rule(key=KEYS, error=st.sampled_from(("", "refused", "超时")), retry_at=MAYBE)
    def failed(self, key: str, error: str, retry_at: int | None) -> None:
        self.both(lambda unit: unit.failed(key, error, retry_at))

    @rule(key=KEYS)
    def resend(self, key: str) -> None:
        self.both(lambda unit: unit.resend(key))

    @rule(series=st.sampled_from(("2026", "2027")))
    def serial(self, series: str) -> None:
        self.both(lambda unit: unit.next_serial(series))

    @rule(kind=st.sampled_from(("policy", "calendar")), text=st.sampled_from(("one", "two")))
    def document(self, kind: str, text: str) -> None:
        self.both(lambda unit: unit.save_document(kind, "d1", text))
        self.both(lambda unit: unit.document(kind, "d1"))

    @rule(entry=ENTRIES, since=MAYBE, before=MAYBE, exclude=st.just("") | CASES)
    def find(
        self, entry: tuple[str, str], since: int | None, before: int | None, exclude: str
    ) -> None:
        self.both(lambda unit: unit.find(*entry, since=since, before=before, exclude=exclude))

    @rule(name=st.sampled_from(("customer", "lot")), keys=st.lists(st.sampled_from("Aa华x")))
    def tally(self, name: str, keys: list[str]) -> None:
        self.both(lambda unit: unit.tally(name, keys))

    @rule(now=INSTANTS, limit=st.integers(0, 4))
    def due(self, now: int, limit: int) -> None:
        self.both(lambda unit: unit.due(now, limit))

    @rule(is_open=st.none() | st.booleans(), state=st.none() | st.sampled_from(("closed", "x")))
    def cases(self, is_open: bool | None, state: str | None) -> None:
        self.both(lambda unit: list(unit.cases(open=is_open, state=state)))
        self.both(lambda unit: unit.dead())

    @rule(case_id=CASES)
    def trail(self, case_id: str) -> None:
        """The chain is whole, whatever was erased, and as long as the case."""
        if self.unit is None:
            self.begin()
        assert self.unit is not None
        length = self.plain.version(case_id)
        if length:
            rows, anchor = self.unit.trail(case_id), self.unit.anchor(case_id)
            assert len(rows) == length == anchor.length
            assert verify(rows, anchor).ok

    @invariant()
    def every_case_is_as_the_model_says(self) -> None:
        if self.unit is None:
            return
        self.both(lambda unit: list(unit.cases()))
        for case_id in self.plain.cases():
            self.same_case(case_id)

    def same_case(self, case_id: str) -> None:
        self.both(lambda unit: plain(unit.load(case_id)))
        self.both(lambda unit: (unit.status(case_id), unit.version(case_id)))
