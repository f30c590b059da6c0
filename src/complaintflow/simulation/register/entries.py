"""The file of entries: what was done when, some of it written down later."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs

from complaintflow.domain.values import Evidence
from complaintflow.policy.policy import Policy
from complaintflow.simulation.register.entry import Entry, Kind
from complaintflow.simulation.register.mapping import RegisterMapping
from complaintflow.simulation.register.reason import CellError, Reason, Rejection, reason
from complaintflow.simulation.register.rows import read_number
from complaintflow.simulation.register.sheet import Row, Sheet
from complaintflow.simulation.register.stamps import Stamp, read_stamp
from complaintflow.simulation.register.values import clean, read_value
from complaintflow.simulation.register.vocabulary import Vocabulary, hint, vocabulary

__all__ = ["NOTE", "OVERRULE", "VERIFY", "EntryList", "read_entries"]

NOTE = ("note", "补记")
OVERRULE = ("overrule", "改判")
VERIFY = ("verify", "验证")


@attrs.frozen
class EntryList:
    """A file of entries as it was read: ``total == len(entries) + len(rejected)``."""

    file: str
    entries: tuple[Entry, ...] = ()
    rejected: tuple[Rejection, ...] = ()

    @property
    def total(self) -> int:
        """Rows of the file that are not blank."""
        return len(self.entries) + len(self.rejected)


def read_entries(policy: Policy, sheet: Sheet, mapping: RegisterMapping) -> EntryList:
    """Read what *sheet* says was done; a row that is wrong costs that row only.

    Columns: number, occurred, recorded, role, who, what, key, facts, present, signed, via,
    evidence, reason, and one for each fact that is worth its own column. Only number, occurred and
    what must be filled; an empty ``recorded`` means at once.

    Args:
        policy: Whose steps, duties and facts the entries name, by code or by name.
        sheet: The file.
        mapping: Its headings, where they differ from the usual ones, and what times mean.
    """
    reader = _Reader(vocabulary(policy), mapping, sheet)
    good: list[Entry] = []
    bad = list(sheet.broken)
    for row in sheet.rows:
        read = reader.row(row)
        if isinstance(read, Entry):
            good.append(read)
        else:
            bad.append(read)
    bad.sort(key=lambda each: each.line)
    return EntryList(sheet.file, tuple(good), tuple(bad))


class _Reader:
    """Reads one sheet of entries; holds what is the same for all of its rows."""

    def __init__(self, words: Vocabulary, mapping: RegisterMapping, sheet: Sheet) -> None:
        self.words = words
        self.mapping = mapping
        self.heads = mapping.entries
        self.file = sheet.file
        heads = self.heads
        taken = {
            *(heads.number, heads.occurred.column, heads.recorded.column, heads.role, heads.who),
            *(heads.what, heads.key, heads.facts, heads.present, heads.evidence),
            *(heads.signed, heads.via),
        }
        self.fact_columns = {
            heading: code
            for heading in sheet.headings
            if heading not in taken and (code := words.fact_words.get(heading))
        }

    def row(self, row: Row) -> Entry | Rejection:
        reasons: list[Reason] = []
        number = ""
        try:
            number = read_number(row, self.heads.number)
        except CellError as problem:
            reasons.append(problem.reason)
        occurred = self._stamp(row, self.heads.occurred, number, reasons)
        recorded = occurred
        if row[self.heads.recorded.column]:
            recorded = self._stamp(row, self.heads.recorded, number, reasons)
        if occurred is not None and recorded is not None and recorded < occurred:
            early = self.heads.recorded.column
            late = self.heads.occurred.column
            reasons.append(
                reason("order", column=early, value=row[early], other=row[late], instead=late)
            )
        kind, what, key = self._what(row, reasons)
        role = self._role(row, reasons)
        facts = self._facts(row, number, reasons)
        present = self._people(row, self.heads.present, reasons)
        signed = self._people(row, self.heads.signed, reasons)
        if reasons or occurred is None or recorded is None:
            return Rejection(row.line, tuple(reasons), number, self.file)
        names = [clean(part) for part in re.split(r"[;；、,，]", row[self.heads.evidence])]
        return Entry(
            file=self.file,
            line=row.line,
            number=number,
            kind=kind,
            what=what,
            key="" if kind == "overrule" else key,
            occurred=occurred,
            recorded=recorded,
            role=role,
            who=clean(row[self.heads.who]),
            facts=facts,
            present=present,
            signed=signed,
            via=clean(row[self.heads.via]),
            evidence=tuple(Evidence(name) for name in names if name),
            reason=row[self.heads.reason],
            answer=key if kind == "overrule" else "",
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

    def _what(self, row: Row, reasons: list[Reason]) -> tuple[Kind, str, str]:
        column = self.heads.what
        text = clean(row[column])
        key = clean(row[self.heads.key])
        if not text:
            reasons.append(reason("missing", column=column))
            return "do", "", key
        first, _, rest = text.partition(" ")
        if text in NOTE:
            return "note", "", key
        if first in OVERRULE:
            decision = self.words.decisions.get(rest.strip())
            if decision is None:
                known = [f"{OVERRULE[0]} {code}" for code in self.words.decisions]
                suggestion = hint(text, known)
                reasons.append(reason("what", column=column, value=repr(text), hint=suggestion))
            if not key:
                reasons.append(reason("missing", column=self.heads.key))
            return "overrule", decision or "", key
        code = self._act(text)
        if code is None:
            known = [*self.words.what, *self.heads.names, *NOTE]
            suggestion = hint(text, known)
            reasons.append(reason("what", column=column, value=repr(text), hint=suggestion))
            return "do", "", key
        key = self._key(key)
        if key in self.words.kinds.get(code, ()):
            return "raise", code, key
        return "do", code, key

    def _act(self, text: str) -> str | None:
        """The code of a step, duty or action; ``verify measure`` verifies an action."""
        named = self.heads.names.get(text, text)
        if named in self.words.what:
            return self.words.what[named]
        first, _, rest = named.partition(" ")
        action = self.words.what.get(rest.strip()) if first in VERIFY else None
        return f"verify {action}" if action in self.words.kinds else None

    def _key(self, key: str) -> str:
        """A key by its code; the policy's names for it are understood too."""
        if key in self.words.names:
            return key
        found = [code for code, names in self.words.names.items() if key in names]
        return found[0] if len(found) == 1 else key

    def _role(self, row: Row, reasons: list[Reason]) -> str:
        text = clean(row[self.heads.role])
        if not text:
            return ""
        code = self.words.roles.get(text)
        if code is None:
            reasons.append(self._no_role(self.heads.role, text))
        return code or ""

    def _no_role(self, column: str, text: str) -> Reason:
        suggestion = hint(text, self.words.roles)
        return reason("role", column=column, value=repr(text), hint=suggestion)

    def _facts(self, row: Row, number: str, reasons: list[Reason]) -> Mapping[str, Any]:
        cells = [(head, code, row[head]) for head, code in self.fact_columns.items() if row[head]]
        column = self.heads.facts
        for name, value in self._pairs(row, column, reasons):
            code = self.words.fact_words.get(name)
            if code is None:
                suggestion = hint(name, self.words.fact_words)
                reasons.append(reason("fact", column=column, value=repr(name), hint=suggestion))
            else:
                cells.append((f"{column} {name}", code, value))
        facts = {}
        for label, code, text in cells:
            kind = self.words.facts[code].type
            try:
                facts[code] = read_value(kind, text, self.words, self.mapping.times, label, number)
            except CellError as problem:
                reasons.append(problem.reason)
        return facts

    def _people(self, row: Row, column: str, reasons: list[Reason]) -> Mapping[str, str]:
        people = {}
        for name, person in self._pairs(row, column, reasons):
            code = self.words.roles.get(name)
            if code is None:
                reasons.append(self._no_role(column, name))
            else:
                people[code] = person
        return people

    def _pairs(self, row: Row, column: str, reasons: list[Reason]) -> list[tuple[str, str]]:
        """``a = 1; b = 2`` as pairs; wide and narrow signs mean the same."""
        pairs = []
        for part in re.split(r"[;；]", row[column]):
            if not part.strip():
                continue
            name, sign, value = part.replace("＝", "=").partition("=")
            if not sign or not name.strip() or not value.strip():
                reasons.append(reason("pair", column=column, value=repr(part.strip())))
            else:
                pairs.append((clean(name), value.strip()))
        return pairs
