"""Rows of a register become openings of cases and the later steps that the row tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs

from complaintflow.domain.types import FactType
from complaintflow.policy.policy import Policy
from complaintflow.simulation.register.entry import Entry
from complaintflow.simulation.register.mapping import RegisterMapping, Source, Taken, Who
from complaintflow.simulation.register.reason import CellError, Reason, Rejection, reason
from complaintflow.simulation.register.sheet import Row, Sheet
from complaintflow.simulation.register.stamps import Stamp, read_stamp
from complaintflow.simulation.register.values import (
    clean,
    is_formula,
    read_source,
)
from complaintflow.simulation.register.vocabulary import Vocabulary, vocabulary

__all__ = ["Opened", "Register", "read_number", "read_register"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


@attrs.frozen
class Opened:
    """A good row: its *opening*, the *taken* steps it tells, and facts that come *later*.

    ``later`` maps a step or duty to the facts that became known when it was done.
    """

    opening: Entry
    taken: tuple[Entry, ...] = ()
    later: Mapping[str, Mapping[str, Any]] = attrs.Factory(dict)


@attrs.frozen
class Register:
    """A register as it was read: ``total == len(rows) + len(rejected)``."""

    file: str
    rows: tuple[Opened, ...]
    rejected: tuple[Rejection, ...]

    @property
    def total(self) -> int:
        """Rows of the file that are not blank."""
        return len(self.rows) + len(self.rejected)


def read_register(policy: Policy, sheet: Sheet, mapping: RegisterMapping) -> Register:
    """Read the rows of *sheet*; a row that is wrong costs that row only.

    Args:
        policy: Whose facts and steps the mapping names; the mapping must fit it
            (`check_mapping`).
        sheet: The file.
        mapping: What its columns mean.
    """
    reader = _Reader(policy, vocabulary(policy), mapping, sheet)
    good: list[Opened] = []
    bad = list(sheet.broken)
    first_line: dict[str, int] = {}
    for row in sheet.rows:
        read = reader.row(row)
        number = read.opening.number if isinstance(read, Opened) else read.number
        if number and number in first_line:
            twice = reason("duplicate", number=number, line=first_line[number])
            others = read.reasons if isinstance(read, Rejection) else ()
            read = Rejection(row.line, (twice, *others), number, sheet.file)
        elif number:
            first_line[number] = row.line
        if isinstance(read, Opened):
            good.append(read)
        else:
            bad.append(read)
    bad.sort(key=lambda each: each.line)
    return Register(sheet.file, tuple(good), tuple(bad))


def read_number(row: Row, column: str) -> str:
    """The complaint's number in *column*.

    Raises:
        CellError: there is none, or it could do harm where it is shown or stored.
    """
    text = clean(row[column])
    if not text:
        raise CellError(reason("missing", column=column))
    if len(text) > 100 or _CONTROL.search(text) or is_formula(text) or text[0] in "=+-@":
        raise CellError(reason("number", column=column, value=repr(text[:40])))
    return text


class _Reader:
    """Reads one sheet; holds what is the same for all of its rows."""

    def __init__(
        self, policy: Policy, words: Vocabulary, mapping: RegisterMapping, sheet: Sheet
    ) -> None:
        self.words = words
        self.mapping = mapping
        self.file = sheet.file
        self.step = mapping.opening.step or next(s.code for s in policy.steps if s.opens)
        sources = mapping.sources or tuple(
            Source(code, (word,)) for word in sheet.headings if (code := words.fact_words.get(word))
        )
        self.sources: list[tuple[Source, FactType]] = [
            (source, words.facts[source.fact].type) for source in sources
        ]

    def row(self, row: Row) -> Opened | Rejection:
        reasons: list[Reason] = []
        number = ""
        try:
            number = read_number(row, self.mapping.opening.number)
        except CellError as problem:
            reasons.append(problem.reason)
        received = self._stamp(row, self.mapping.opening.received, number, reasons)
        given: dict[str | None, dict[str, Any]] = {}
        for source, kind in self.sources:
            try:
                value = read_source(source, row, kind, self.words, self.mapping.times, number)
            except CellError as problem:
                reasons.append(problem.reason)
                continue
            if value is not None:
                given.setdefault(source.step, {})[source.fact] = value
        taken: list[tuple[Taken, Any]] = []
        for later in self.mapping.taken:
            if not row[later.when.column]:
                continue
            when = self._stamp(row, later.when, number, reasons)
            if when is not None and received is not None and when < received:
                column = self.mapping.opening.received.column
                reasons.append(
                    reason(
                        "order",
                        column=later.when.column,
                        value=row[later.when.column],
                        other=row[column],
                        instead=column,
                    )
                )
            taken.append((later, when))
        if reasons or received is None:
            return Rejection(row.line, tuple(reasons), number, self.file)
        who = self.mapping.opening
        opening = self._entry(row, number, "open", self.step, received, who.role, who.who)
        return Opened(
            attrs.evolve(opening, facts=given.pop(None, {})),
            tuple(
                self._entry(row, number, "do", later.step, when, later.role, later.who)
                for later, when in taken
            ),
            {step: facts for step, facts in given.items() if step is not None},
        )

    def _stamp(self, row: Row, stamp: Stamp, number: str, reasons: list[Reason]) -> Any:
        text = row[stamp.column]
        if not text:
            reasons.append(reason("missing", column=stamp.column))
            return None
        try:
            return read_stamp(text, stamp, self.mapping.times, number)
        except CellError as error:
            reasons.append(error.reason)
            return None

    def _entry(
        self, row: Row, number: str, kind: Any, step: str, at: Any, role: str | None, who: Who
    ) -> Entry:
        person = (row[who.column] if who.column else "") or who.constant or ""
        return Entry(
            file=self.file,
            line=row.line,
            number=number,
            kind=kind,
            what=step,
            occurred=at,
            recorded=at,
            role=role or "",
            who=person,
        )
