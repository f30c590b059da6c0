"""The one door to register files: CSV, CSV under gzip, XLSX."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from complaintflow.errors import Problem, RegisterError
from complaintflow.simulation.register.csvfile import decode, parse_csv
from complaintflow.simulation.register.sheet import Layout, Sheet
from complaintflow.simulation.register.xlsxfile import parse_xlsx

__all__ = ["MAX_BYTES", "read_sheet"]

MAX_BYTES = 512 * 1024 * 1024
"""The longest file that is read, after unpacking."""


def read_sheet(path: Path | str, layout: Layout | None = None) -> Sheet:
    """Read the sheet at *path*: ``.csv``, ``.tsv``, ``.txt`` (also with ``.gz``) or ``.xlsx``.

    What the file is is told by its first bytes rather than by its name.

    Args:
        path: The file.
        layout: How it is laid out, where that must be said.

    Raises:
        RegisterError: there is no such file, or it cannot be read at all.
        MissingExtraError: it is an XLSX file and openpyxl is not installed.
    """
    path = Path(path)
    file = path.name
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _unreadable(str(path), "there is no such file") from None
    except OSError as error:
        raise _unreadable(str(path), error.strerror or "it cannot be opened") from None
    if data.startswith(b"\x1f\x8b"):
        data = _unpack(path, file)
    if len(data) > MAX_BYTES:
        raise _unreadable(file, f"it is longer than {MAX_BYTES // 1024 // 1024} MiB; split it")
    if data.startswith(b"PK\x03\x04"):
        return parse_xlsx(data, file, layout)
    if data.startswith(b"\xd0\xcf\x11\xe0") or path.suffix.lower() == ".xls":
        raise _unreadable(file, "this is an old .xls workbook; save it as .xlsx or CSV UTF-8")
    layout = layout or Layout()
    return parse_csv(decode(data, file, layout.encoding), file, layout)


def _unpack(path: Path, file: str) -> bytes:
    try:
        with gzip.open(path, "rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise _unreadable(file, "it is a damaged gzip file") from None


def _unreadable(file: str, message: str) -> RegisterError:
    return RegisterError(f"{file} cannot be read", (Problem(message, file=file),))
