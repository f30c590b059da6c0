"""The one family of errors.

Every error carries its data as attributes (not only as text), says what would have
worked, and survives pickling::

    ComplaintFlowError
    ├── InvalidValueError (ValueError)   a value that cannot be what it is given as
    │   ├── NaiveDatetimeError           a datetime without a zone
    │   └── TextError                    text that does not parse; points at the character
    │       └── ExpressionError          an expression that parses but does not fit its facts
    ├── CalendarError                    what is asked of a calendar cannot be answered
    │   ├── InvalidCalendarError         the calendar's own data contradict each other
    │   ├── BeyondCoverageError          holiday data are not known for that date
    │   └── NeverOpenError               no opening is left where one is needed
    ├── NoInstantError                   a limit that is unset or written elsewhere
    ├── PolicyError                      a policy that cannot be used; carries its problems
    │   └── PolicyFileError              the same, each problem with file, line and path
    ├── ScenarioFileError                a scenario file that cannot be read
    ├── PeopleFileError                  a people file that cannot be read
    ├── RegisterError                    a register or mapping that cannot be read at all
    ├── RefusedError                     a command that the policy refuses; carries `Refused`
    ├── StoreError                       what a store cannot do
    │   ├── UnknownCaseError             no case has that number
    │   ├── UnknownMessageError          no message has that key
    │   ├── StaleVersionError            somebody else wrote first
    │   ├── CommandReusedError           one command id with two contents
    │   ├── CodecError (ValueError)      a stored text that cannot be read back
    │   └── BrokenTrailError             the hash chain does not verify
    ├── NotDeliveredError                a message that did not go out, or not yet
    ├── TemplateError                    a template of a message that cannot be used
    ├── BadSignatureError                a webhook request that nobody of us has signed
    └── MissingExtraError (ImportError)  an optional part that is not installed
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, dataclass_transform

import attrs

__all__ = [
    "BadSignatureError",
    "BeyondCoverageError",
    "BrokenTrailError",
    "CalendarError",
    "CodecError",
    "CommandReusedError",
    "ComplaintFlowError",
    "ExpressionError",
    "InvalidCalendarError",
    "InvalidValueError",
    "MissingExtraError",
    "NaiveDatetimeError",
    "NeverOpenError",
    "NoInstantError",
    "NotDeliveredError",
    "PeopleFileError",
    "PolicyError",
    "PolicyFileError",
    "Problem",
    "RefusedError",
    "RegisterError",
    "ScenarioFileError",
    "StaleVersionError",
    "StoreError",
    "TemplateError",
    "TextError",
    "UnknownCaseError",
    "UnknownMessageError",
    "did_you_mean",
]


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The one of *known* that *word* most likely meant, or None."""
    import difflib  # only errors pay for it

    names = sorted(set(known))
    found = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if found:
        return found[0]
    folded = {name.casefold(): name for name in names}
    return folded.get(word.casefold())


@attrs.frozen
class Problem:
    """One thing that is wrong in a file or a policy, with its place.

    Args:
        message: What is wrong and what was expected, one sentence without a final stop.
        file: The file's name as the user gave it, if there is one.
        line: Line in the file, from 1.
        column: Column in the line, from 1.
        path: Dotted path of the place, such as ``duty.transmit.within``.
        suggestion: What was probably meant.
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str = ""
    suggestion: str | None = None

    def __str__(self) -> str:
        place = self.file or ""
        if self.line is not None:
            place += f":{self.line}" if place else f"line {self.line}"
            if self.column is not None:
                place += f":{self.column}"
        head = ": ".join(part for part in (place, self.path) if part)
        tail = f"; did you mean {self.suggestion!r}?" if self.suggestion else ""
        return f"{head}: {self.message}{tail}" if head else f"{self.message}{tail}"


@dataclass_transform(eq_default=False)
class _WithData(Exception):  # noqa: N818 -- the root of the family, not one of it
    """An exception whose annotations are its arguments, its attributes and what is pickled.

    Making two dozen attrs classes would be a third of the time that importing the calendar takes.
    """

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        own = getattr(cls, "__annotations__", {})
        cls._fields += tuple(name for name in own if name not in ("_fields", *cls._fields))

    def __init__(self, *values: Any, **named: Any) -> None:
        given = dict(zip(self._fields, values, strict=False))
        known = set(self._fields) - set(given)
        if len(values) > len(self._fields) or not set(named) <= known:
            raise TypeError(f"{type(self).__name__} takes {', '.join(self._fields)}")
        given |= named
        if "message" not in given:
            raise TypeError(f"{type(self).__name__} needs a message")
        for name, value in given.items():
            setattr(self, name, value)
        self.args = tuple(getattr(self, name) for name in self._fields)


class ComplaintFlowError(_WithData):
    """Base of every error of this package."""

    message: str

    def __str__(self) -> str:
        return self.message


class InvalidValueError(ComplaintFlowError, ValueError):
    """A value that cannot be what it is given as: money, a quantity, a zone, an amount."""


class NaiveDatetimeError(InvalidValueError):
    """A datetime without a zone; *argument* names it."""

    argument: str = ""


class TextError(InvalidValueError):
    """Text that does not parse.

    Attributes:
        text: The whole text.
        column: Where it went wrong, from 1.
        suggestion: What was probably meant.
    """

    text: str = ""
    column: int = 1
    suggestion: str | None = None

    def __str__(self) -> str:
        meant = f"; did you mean {self.suggestion!r}?" if self.suggestion else ""
        return f"{self.message}{meant}\n  {self.text}\n  {' ' * (self.column - 1)}^"


class ExpressionError(TextError):
    """An expression that parses but does not fit its names and types.

    Attributes:
        problems: Every reason, each with its column in *text*; the first one is also the
            message, column and suggestion of this error.
    """

    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        carets = [
            f"{problem}\n  {self.text}\n  {' ' * ((problem.column or 1) - 1)}^"
            for problem in self.problems
        ]
        return "\n".join(carets) if carets else super().__str__()


class CalendarError(ComplaintFlowError):
    """What is asked of a calendar cannot be answered."""


class InvalidCalendarError(CalendarError, ValueError):
    """The data of a calendar contradict each other; *problems* has all of them."""

    problems: tuple[Problem, ...] = ()


class BeyondCoverageError(CalendarError):
    """Holiday data are not known for *date*; *coverage* says for which they are."""

    date: Any = None
    coverage: Any = None


class NeverOpenError(CalendarError):
    """The calendar has no opening left where one is needed."""


class NoInstantError(ComplaintFlowError):
    """A limit that is unset or given elsewhere was asked for an instant."""

    limit: str = ""


class PolicyError(ComplaintFlowError, ValueError):
    """A policy that cannot be used. *problems* has every reason, not only the first."""

    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  {problem}" for problem in self.problems)])


class PolicyFileError(PolicyError):
    """A policy file that cannot be used; each problem has file, line and path."""


class ScenarioFileError(PolicyError):
    """A scenario file that cannot be read; each problem has file, line and path."""


class PeopleFileError(PolicyError):
    """A people file that cannot be read; each problem has file, line and path."""


class RegisterError(PolicyError):
    """A register, mapping or list of entries that cannot be read at all."""


class RefusedError(ComplaintFlowError):
    """A command that the policy refuses; *refused* is the typed refusal."""

    refused: Any = None


class StoreError(ComplaintFlowError):
    """What a store cannot do."""


class UnknownCaseError(StoreError, LookupError):
    """No case has the number *case_id*."""

    case_id: str = ""


class UnknownMessageError(StoreError, LookupError):
    """No message has the key *key*."""

    key: str = ""


class StaleVersionError(StoreError):
    """Somebody else wrote to *case_id* first: load it again and decide anew."""

    case_id: str = ""
    expected: int = 0
    found: int = 0


class CommandReusedError(StoreError):
    """One *command_id* was used for two different commands."""

    command_id: str = ""


class CodecError(StoreError, ValueError):
    """A stored text that cannot be read back; *problems* has every reason with its path."""

    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  {problem}" for problem in self.problems)])


class BrokenTrailError(StoreError):
    """The trail of a case does not verify; *position* is the first event that differs."""

    position: int = 0


class NotDeliveredError(ComplaintFlowError):
    """A message that did not go out.

    Attributes:
        permanent: Whether trying again is of no use: nobody has that address.
        retry_after: What the receiver asked for, in seconds; None where it did not.
    """

    permanent: bool = False
    retry_after: int | None = None


class TemplateError(ComplaintFlowError, ValueError):
    """A template of a message that cannot be used; each problem has file and line."""

    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  {problem}" for problem in self.problems)])


class BadSignatureError(ComplaintFlowError):
    """A webhook request that was not signed with the secret, or not just now."""


class MissingExtraError(ComplaintFlowError, ImportError):
    """An optional part that is not installed.

    Attributes:
        extra: The extra that brings it: ``pip install 'complaintflow[extra]'``.
    """

    extra: str = ""
