"""CSV files as people have them: any usual encoding and delimiter, and broken rows."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator

from complaintflow.errors import Problem, RegisterError
from complaintflow.simulation.register.reason import Rejection, reason
from complaintflow.simulation.register.sheet import Layout, Sheet, make_sheet

__all__ = ["decode", "parse_csv"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t|"


def decode(data: bytes, file: str, encoding: str | None = None) -> str:
    """*data* as text: by its byte order mark, else UTF-8, else GB18030 (which holds GBK).

    Args:
        data: The file's bytes.
        file: Its name, for errors.
        encoding: An encoding that is named instead of found out.

    Raises:
        RegisterError: no such encoding, or the bytes are not text in it.
    """
    tried = [encoding] if encoding else [n for m, n in _MARKS if data.startswith(m)]
    for name in tried or ["utf-8", "gb18030"]:
        try:
            return data.decode(name)
        except UnicodeError:
            continue
        except LookupError:
            problem = Problem(
                f"unknown encoding {name!r}; expected one such as 'utf-8' or 'gb18030'", file=file
            )
            raise RegisterError(f"{file} cannot be read", (problem,)) from None
    names = encoding or "UTF-8 or GBK/GB18030"
    problem = Problem(
        f"its bytes are not text in {names}; save it as CSV UTF-8, or name the encoding in the "
        'mapping: [file] encoding = "..."',
        file=file,
    )
    raise RegisterError(f"{file} cannot be read", (problem,))


def parse_csv(text: str, file: str, layout: Layout | None = None) -> Sheet:
    """Split *text* into rows. A row with a stray quotation mark costs that row only.

    Raises:
        RegisterError: there is no line of headings.
    """
    layout = layout or Layout()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    delimiter = layout.delimiter or _delimiter(lines, layout.header)
    return make_sheet(file, _records(lines, delimiter, layout.header), layout.header)


def _delimiter(lines: list[str], header: int) -> str:
    """The usual delimiter that stands most often outside quotes in the line of headings."""
    for line in lines[header - 1 :]:
        if line.strip():
            bare = "".join(line.split('"')[::2])
            return max(_DELIMITERS, key=bare.count)
    return ","


def _records(
    lines: list[str], delimiter: str, header: int
) -> Iterator[tuple[int, list[str]] | Rejection]:
    """Each record with the line on which it begins.

    A record over several lines is trusted only if it has as many cells as there are
    headings: else a stray quotation mark would swallow good rows up to the next one.
    """
    at = header - 1
    width: int | None = None
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        reader = csv.reader(
            (f"{line}\n" for line in _window(lines, at)), delimiter=delimiter, strict=True
        )
        try:
            cells = next(reader)
        except csv.Error as error:
            code = "broken_quotes" if "unexpected end" in str(error) else "unreadable"
            yield Rejection(at + 1, (reason(code, detail=error),))
            at += 1
            continue
        if reader.line_num > 1 and width is not None and len(cells) != width:
            yield Rejection(at + 1, (reason("broken_quotes"),))
            at += 1
            continue
        if width is None:
            width = len(cells)
        yield at + 1, cells
        at += reader.line_num


def _window(lines: list[str], at: int, most: int = 100) -> Iterator[str]:
    """The lines from *at* on; no record is longer than *most* lines, so work stays linear."""
    for index in range(at, min(at + most, len(lines))):
        yield lines[index]
