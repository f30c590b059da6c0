"""Reading and writing limits: `parse` and `text`, the two directions of one table.

Reading takes linear time: the text is at most 300 characters long and every step moves on.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from complaintflow.calendar import limits as _l
from complaintflow.calendar.limit_chinese import KEYS_ZH, read_chinese, write_chinese
from complaintflow.calendar.limit_english import KEYS, read_english, write_english
from complaintflow.calendar.limit_reader import Reader
from complaintflow.errors import InvalidValueError, TextError

__all__ = ["MAX_LENGTH", "parse", "text"]

MAX_LENGTH = 300
_CHINESE = re.compile("[\u3400-\u9fff]")
_KEYED: dict[str, Callable[[str], _l.Limit]] = {
    "word": _l.WordOnly,
    "before": _l.EventOrder,
    "referenced": _l.Referenced,
    "unset": _l.Unset,
    "promise": _l.Promise,
    "customer's date": _l.CustomersDate,
}


def parse(source: str) -> _l.Limit:
    """Read a limit in English or Chinese.

    Raises:
        TextError: it does not parse; points at the character.
        InvalidValueError: *source* is no text.
    """
    if not isinstance(source, str):
        raise InvalidValueError(
            f"a limit is read from text such as '3 working days', got {type(source).__name__}"
        )
    if len(source) > MAX_LENGTH:
        raise TextError(
            f"a limit has at most {MAX_LENGTH} characters", source[:60] + "...", MAX_LENGTH + 1
        )
    reader = Reader(source)
    if reader.at_end():
        raise reader.error("expected a limit such as '3 working days'")
    start = reader.pos
    try:
        return _keyed(source) or _body(reader)
    except TextError:
        raise
    except InvalidValueError as error:  # an amount out of range: point at where it began
        raise TextError(error.message, source, start + 1) from None


def _keyed(source: str) -> _l.Limit | None:
    """``word: promptly`` and its kin: everything after the colon is the author's."""
    head, colon, rest = source.replace("\uff1a", ":", 1).partition(":")
    key = " ".join(head.replace("\u2019", "'").casefold().split())
    name = KEYS.get(key) or KEYS_ZH.get(key)
    if name is None:
        return None
    if not colon or not rest.strip():
        if name in ("word", "before", "referenced"):
            raise TextError(f"{head.strip()!r} needs words after a colon", source, len(source) + 1)
        rest = ""
    return _KEYED[name](rest)


def _body(reader: Reader) -> _l.Limit:
    read = read_chinese if _CHINESE.search(reader.source) else read_english
    first = read(reader)
    if reader.take("("):
        also = "另写作" if read is read_chinese else "also written"
        reader.expect_phrase(also)
        reader.need(":")
        other = read(reader)
        reader.need(")")
        first = _l.Disagreeing(first, other)
    if not reader.at_end():
        word = reader.peek_word()
        raise reader.error(f"did not expect {word!r} after {reader.source[: reader.pos].strip()!r}")
    return first


def text(limit: _l.Limit, lang: _l.Language = "en") -> str:
    """The canonical text of *limit* in English or Chinese.

    Raises:
        InvalidValueError: *lang* is neither ``en`` nor ``zh``.
    """
    if lang not in ("en", "zh"):
        raise InvalidValueError(f"a limit has text in 'en' and 'zh', not {lang!r}")
    write = write_english if lang == "en" else write_chinese
    if isinstance(limit, _l.Disagreeing):
        governing, other = write(limit.governing), write(limit.other)
        if lang == "en":
            return f"{governing} (also written: {other})"
        return f"{governing}(另写作: {other})"
    return write(limit)
