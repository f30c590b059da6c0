"""Why a row is not processed: data, with words in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from complaintflow.simulation.register.messages import MESSAGES

__all__ = ["CellError", "Reason", "Rejection", "reason"]


@attrs.frozen
class Reason:
    """One reason; *code* is a key of the message catalogue, *data* fills it in.

    A datum that is itself words is a mapping from language to text.
    """

    code: str
    data: Mapping[str, str | Mapping[str, str]] = attrs.Factory(dict)

    def text(self, language: str = "en") -> str:
        """The reason in words, in ``en`` or ``zh``."""
        shown = {
            name: value if isinstance(value, str) else value[language]
            for name, value in self.data.items()
        }
        return MESSAGES[self.code][language].format_map(shown)


def reason(code: str, **data: object) -> Reason:
    """A reason whose data are shown as text; mappings from language to text stay."""
    return Reason(
        code,
        {
            name: dict(value) if isinstance(value, Mapping) else str(value)
            for name, value in data.items()
        },
    )


class CellError(Exception):
    """A cell that is not what its column should hold; it costs its row, never the run."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.code)
        self.reason = why


@attrs.frozen
class Rejection:
    """A row that is not processed.

    Args:
        line: Its line in the file, from 1.
        reasons: All of them, in the order of the columns.
        number: The number of the complaint, where it could be read.
        file: The file's name as the user gave it.
    """

    line: int
    reasons: tuple[Reason, ...]
    number: str = ""
    file: str = ""

    def text(self, language: str = "en") -> str:
        """All reasons in words, separated by semicolons."""
        separator = "；" if language == "zh" else "; "
        return separator.join(each.text(language) for each in self.reasons)
