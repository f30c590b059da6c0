"""From the text of a cell to the value of a fact, with every reason why not."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from complaintflow.domain.types import FactType, OneOf, Simple, SomeOf, read
from complaintflow.domain.values import Money, Quantity, unit_code
from complaintflow.errors import ComplaintFlowError
from complaintflow.simulation.register.mapping import Source
from complaintflow.simulation.register.reason import CellError, reason
from complaintflow.simulation.register.sheet import Row
from complaintflow.simulation.register.stamps import Stamp, Times, read_stamp
from complaintflow.simulation.register.vocabulary import Vocabulary, hint

__all__ = ["clean", "is_formula", "read_source", "read_value"]

_PLAIN = re.compile(r"[+-]?[\d,]+(?:\.\d+)?\Z")
_TEXT = Simple("text")


def clean(text: str) -> str:
    """*text* without full-width letters and digits, and without blanks around it."""
    return unicodedata.normalize("NFKC", text).strip()


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would evaluate *text*: ``=A1``, ``@x``, ``-1+2``; not ``-12.5``."""
    return text[:1] in ("=", "+", "-", "@") and not _PLAIN.match(text)


def read_source(
    source: Source, row: Row, kind: FactType, words: Vocabulary, times: Times, number: str
) -> Any:
    """The value that *row* gives to the fact of *source*; None leaves it unknown.

    Raises:
        CellError: the row gives something that is no such value.
    """
    label = " + ".join(source.columns) or source.fact
    if source.columns:
        parts = [part for column in source.columns if (part := row[column])]
        text = source.join.join(parts)
        if not text:
            if source.empty is None:
                if source.required:
                    raise CellError(reason("missing", column=label))
                return None
            text = source.empty
        elif source.values:
            text = _translated(source, text, label, kind, words)
    else:
        text = source.constant or ""
    value = read_value(kind, text, words, times, label, number, unit=source.unit)
    _check_unit(value, source, label)
    return value


def _translated(source: Source, text: str, label: str, kind: FactType, words: Vocabulary) -> str:
    """What the mapping makes of *text*; the policy's own words need no translation."""
    known = {clean(key): value for key, value in source.values.items()}
    word = clean(text)
    if word in known:
        return known[word]
    if isinstance(kind, OneOf) and words.member(word, kind.members) in kind.members:
        return word
    if source.otherwise is not None:
        return source.otherwise
    raise CellError(reason("unknown_value", column=label, value=repr(text), hint=hint(word, known)))


def read_value(
    kind: FactType,
    text: str,
    words: Vocabulary,
    times: Times,
    label: str,
    number: str = "",
    *,
    unit: str | None = None,
) -> Any:
    """*text* as a value of the type *kind*.

    Text stays what it is, whatever it looks like; of every other type, text that a
    spreadsheet would evaluate is refused.

    Args:
        kind: The type that is wanted.
        text: The cell.
        words: The policy's words; members of a list may be named by them.
        times: What times mean.
        label: The column, for messages.
        number: The complaint that it is about.
        unit: What to add to a plain number.

    Raises:
        CellError: it is no such value.
    """
    if kind == _TEXT:
        return text
    text = clean(text)
    if is_formula(text):
        raise CellError(reason("formula", column=label, value=repr(text)))
    match kind:
        case OneOf(members):
            text = words.member(text, members)
        case SomeOf(members):
            parts = [clean(part) for part in re.split(r"[,;、，；]", text)]
            text = ", ".join(words.member(part, members) for part in parts if part)
        case Simple("role"):
            text = words.roles.get(text, text)
        case Simple("instant"):
            try:
                return read_stamp(text, Stamp(label), times, number)
            except CellError as error:
                raise CellError(error.reason) from None
        case Simple("date"):
            text = re.sub(r"[年月]", "-", text).removesuffix("日").replace("/", "-")
            text = "-".join(part.zfill(2) for part in text.split(" ")[0].split("-"))
        case Simple("quantity") if unit and _PLAIN.match(text):
            text = f"{text.replace(',', '')} {unit}"
        case Simple("number"):
            text = text.replace(",", "") if _PLAIN.match(text) else text
        case _:
            pass
    try:
        return read(kind, text, zone=times.zone)
    except ComplaintFlowError as error:
        raise CellError(reason("value", column=label, detail=error.message)) from None


def _check_unit(value: Any, source: Source, label: str) -> None:
    """An amount in another unit than the mapping says is not converted behind one's back."""
    if source.unit is None:
        return
    match value:
        case Quantity() if value.unit != unit_code(source.unit):
            raise CellError(reason("unit", column=label, unit=source.unit, value=value))
        case Money() if value.currency != source.unit:
            raise CellError(reason("unit", column=label, unit=source.unit, value=value))
        case _:
            pass
