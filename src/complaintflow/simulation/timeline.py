"""One order for everything that a register and its entries tell: when it was written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import attrs
from pendulum import DateTime

from complaintflow.simulation.register.entries import EntryList
from complaintflow.simulation.register.entry import Entry
from complaintflow.simulation.register.reason import Reason, Rejection, reason
from complaintflow.simulation.register.rows import Register

__all__ = ["Planned", "Timeline", "make_timeline"]


@attrs.frozen
class Planned:
    """An entry with the *id* under which the desk carries it out once, however often asked."""

    id: str
    entry: Entry


@attrs.frozen
class Timeline:
    """What is to be done, in the order in which it was written down.

    Args:
        planned: The order is the same on every run over the same files.
        rejected: Rows that were read but have no place in the order.
        until: Up to when is run.
    """

    planned: tuple[Planned, ...]
    rejected: tuple[Rejection, ...]
    until: DateTime | None


def make_timeline(
    register: Register,
    entries: EntryList,
    until: DateTime | None = None,
    known: Callable[[str], bool] = lambda _: False,
) -> Timeline:
    """Put the good rows of both files into one order.

    Args:
        register: The register.
        entries: What was done when.
        until: Nothing after it is done; None is the newest opening, closing or entry.
        known: Whether a store has a complaint of this number from an earlier run.
    """
    listed = [  # of what was written down in the same minute, a closing comes last
        *(row.opening for row in register.rows),
        *entries.entries,
        *(entry for row in register.rows for entry in row.taken),
    ]
    end = until or max((entry.recorded for entry in listed), default=None)
    received = {row.opening.number: row.opening.recorded for row in register.rows}
    refused = {row.number for row in register.rejected if row.number} - received.keys()
    good: list[Entry] = []
    bad: dict[tuple[str, int], Rejection] = {}
    for entry in listed:
        why = _misplaced(entry, received, refused, end, known)
        if why is None:
            good.append(entry)
        else:
            place = (entry.file, entry.line)
            before = bad[place].reasons if place in bad else ()
            bad[place] = Rejection(entry.line, (*before, why), entry.number, entry.file)
    good.sort(key=lambda entry: entry.recorded)  # ties stay as they are listed
    return Timeline(tuple(_numbered(_told_later(good, register))), tuple(bad.values()), end)


def _misplaced(
    entry: Entry,
    received: dict[str, DateTime],
    refused: set[str],
    end: DateTime | None,
    known: Callable[[str], bool],
) -> Reason | None:
    if end is not None and entry.recorded > end:
        return reason("after_until", value=_shown(entry.recorded), until=_shown(end))
    opened = received.get(entry.number)
    if opened is None:
        if entry.number in refused:
            return reason("opening_rejected", number=entry.number)
        return None if known(entry.number) else reason("unknown_number", number=entry.number)
    if entry.occurred < opened:
        value = _shown(entry.occurred)
        return reason("before_opening", value=value, number=entry.number)
    return None


def _told_later(entries: list[Entry], register: Register) -> list[Entry]:
    """Facts that the register ties to a step join the first entry that takes it."""
    waiting = {
        (row.opening.number, step): facts
        for row in register.rows
        for step, facts in row.later.items()
    }
    told = []
    for entry in entries:
        facts = waiting.pop((entry.number, entry.what), None) if entry.kind == "do" else None
        told.append(attrs.evolve(entry, facts={**facts, **entry.facts}) if facts else entry)
    return told


def _numbered(entries: list[Entry]) -> list[Planned]:
    """Ids that stay when rows are added: what was done to what and when, and which of several."""
    seen: Counter[str] = Counter()
    planned = []
    for entry in entries:
        parts = [entry.kind, entry.number]
        if entry.kind != "open":
            parts += [entry.what, entry.key, entry.occurred.isoformat()]
        name = "run/" + "/".join(parts)
        seen[name] += 1
        planned.append(Planned(name if seen[name] == 1 else f"{name}/{seen[name]}", entry))
    return planned


def _shown(at: DateTime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
