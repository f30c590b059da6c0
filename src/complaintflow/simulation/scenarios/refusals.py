"""Whether a command was refused for the reasons that a scenario expects."""

from __future__ import annotations

from complaintflow.engine.outcome import Refused
from complaintflow.engine.reasons import (
    BadValue,
    FactMissing,
    NeedNotMet,
    NotEligible,
    NotInRole,
    OpenItem,
    PresenceMissing,
    Reason,
    SignatureMissing,
    UnknownName,
    WrongRole,
)
from complaintflow.simulation.scenarios.look import Seen
from complaintflow.simulation.scenarios.scenario import Expectation, ReasonAs
from complaintflow.simulation.scenarios.texts import LANGUAGES, Text, joined, say

__all__ = ["check_refusal"]


def check_refusal(wanted: Expectation, refused: Refused) -> list[tuple[str, Seen]]:
    """What came of each reason that is expected, and of those that nobody expected."""
    if wanted.wanted is None:
        return []
    left = list(refused.reasons)
    found: list[tuple[str, Seen]] = []
    for one in wanted.wanted:
        match = next((reason for reason in left if _is(one, reason)), None)
        if match is None:
            came = joined([_said(reason) for reason in left])
            found.append((str(one), Seen(False, came if left else say("came nothing"))))
        else:
            left.remove(match)
            found.append((str(one), Seen(True, _said(match))))
    if left and all(seen.passed for _, seen in found):
        found.append(("-", Seen(False, joined([_said(reason) for reason in left]))))
    return found


def _said(reason: Reason) -> Text:
    return {language: f"{reason.key}: {reason.text(language)}" for language in LANGUAGES}


def _is(wanted: ReasonAs, reason: Reason) -> bool:
    return (
        wanted.kind == reason.key
        and wanted.clauses in (None, _clauses(reason))
        and wanted.facts in (None, _facts(reason))
        and wanted.roles in (None, _roles(reason))
        and wanted.choice in (None, reason.choice if isinstance(reason, OpenItem) else "")
    )


def _split(text: str, separator: str = ",") -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(separator) if part.strip())


def _clauses(reason: Reason) -> frozenset[str]:
    return _split(getattr(reason, "clause", ""))


def _facts(reason: Reason) -> frozenset[str]:
    match reason:
        case FactMissing():
            return frozenset(name for fact in reason.facts for name in _split(fact, "|"))
        case NeedNotMet():
            return frozenset(name for fact in reason.missing for name in _split(fact, "|"))
        case BadValue() | UnknownName():
            return frozenset({reason.name})
        case _:
            return frozenset()


def _roles(reason: Reason) -> frozenset[str]:
    match reason:
        case PresenceMissing() | SignatureMissing():
            return frozenset(reason.roles)
        case WrongRole() | NotInRole() | NotEligible():
            return frozenset({reason.role})
        case _:
            return frozenset()
