"""The main job: a register driven through a policy in virtual time, up to a ledger.

Time is what the files say: before each entry the desk is swept at every instant at which some
case needed attention, so that misses and rungs are recorded when they happened. Every command
has an id of its own and every refusal is kept, so a run that was cut off anywhere can simply be
started again on the same store.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs
from pendulum import DateTime

from complaintflow.moments import to_micros
from complaintflow.policy.choice import Choice
from complaintflow.policy.policy import Policy
from complaintflow.report.ledger import LedgerRow
from complaintflow.simulation.driver import Driver
from complaintflow.simulation.ledger import ledger_row
from complaintflow.simulation.register.entries import EntryList
from complaintflow.simulation.register.mapping import RegisterMapping
from complaintflow.simulation.register.reason import Rejection
from complaintflow.simulation.register.rows import Register
from complaintflow.simulation.timeline import make_timeline
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore

__all__ = ["Progress", "RunResult", "run_register"]

Progress = Callable[[int, int], None]
"""Told how many of how many entries are done."""


@attrs.frozen
class RunResult:
    """What came out: ``total == processed + len(rejected)``.

    Args:
        until: Up to when was run; None when there was nothing to run.
        total: Rows in both files that are not blank.
        processed: Rows that were carried out.
        rejected: Rows that were not, or not wholly, by file and line.
        ledger: One row a case, in the order of receipt.
        open_items: What the procedure leaves open.
    """

    until: DateTime | None
    total: int
    processed: int
    rejected: tuple[Rejection, ...]
    ledger: tuple[LedgerRow, ...]
    open_items: tuple[Choice, ...]


def run_register(
    policy: Policy,
    register: Register,
    mapping: RegisterMapping | None = None,
    entries: EntryList | None = None,
    until: DateTime | None = None,
    store: CaseStore | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Drive *register* and *entries* through *policy*.

    Args:
        policy: The procedure.
        register: Complaints, read by `read_register`.
        mapping: What the ledger shows; where it was read from is of no matter here.
        entries: What was done when, read by `read_entries`.
        until: Nothing later is done, and open targets are judged at it; None is the newest
            opening, closing or entry read.
        store: Where the cases are kept; a store that an earlier run has filled is gone on with.
        progress: Told after each entry.
    """
    mapping = mapping or RegisterMapping()
    entries = entries or EntryList("")
    driver = Driver(policy, store if store is not None else MemoryStore())
    timeline = make_timeline(register, entries, until, driver.has)
    refused: dict[tuple[str, int], Rejection] = {}
    for done, planned in enumerate(timeline.planned, 1):
        reasons = driver.carry_out(planned)
        if reasons:
            entry = planned.entry
            place = (entry.file, entry.line)
            before = refused[place].reasons if place in refused else ()
            refused[place] = Rejection(entry.line, (*before, *reasons), entry.number, entry.file)
        if progress is not None:
            progress(done, len(timeline.planned))
    ledger: tuple[LedgerRow, ...] = ()
    if timeline.until is not None:
        driver.sweep_to(to_micros(timeline.until))
        ledger = tuple(
            ledger_row(case, mapping.shown)
            for case in driver.desk.cases()
            if case.standing.case.period is None
        )
    rejected = _merged(
        (*register.rejected, *entries.rejected, *timeline.rejected, *refused.values()),
        (register.file, entries.file),
    )
    total = register.total + entries.total
    return RunResult(
        timeline.until, total, total - len(rejected), rejected, ledger, policy.open_items
    )


def _merged(rejected: tuple[Rejection, ...], files: tuple[str, str]) -> tuple[Rejection, ...]:
    """One rejection a row, with every reason, the register's rows first."""
    rows: dict[tuple[int, int], Rejection] = {}
    for each in rejected:
        place = (files.index(each.file), each.line)
        before = rows.get(place)
        rows[place] = (
            each
            if before is None
            else attrs.evolve(before, reasons=(*before.reasons, *each.reasons))
        )
    return tuple(rows[place] for place in sorted(rows))
