"""Why a command is refused: a closed set of typed reasons, each with its text in two languages."""

from __future__ import annotations

from typing import ClassVar, TypeAlias

import attrs

from complaintflow.engine.member_reasons import NotEligible, NotInRole
from complaintflow.engine.reason_base import BaseReason as _Reason
from complaintflow.engine.reason_texts import TEXTS, WORDS

__all__ = [
    "TEXTS",
    "ActedAlready",
    "BadValue",
    "BouncedOut",
    "CaseClosed",
    "Concerned",
    "EvidenceMissing",
    "FactMissing",
    "LaterSurvivor",
    "LinkNotOpen",
    "LinkOfCase",
    "MergedAlready",
    "NeedNotMet",
    "NotAKey",
    "NotEligible",
    "NotForeseen",
    "NotInRole",
    "NotOwed",
    "NotTheirs",
    "OpenItem",
    "OutOfTime",
    "PresenceMissing",
    "Reason",
    "ReasonMissing",
    "RecusedPerson",
    "SamePerson",
    "SignatureMissing",
    "StepNotPossible",
    "TooLate",
    "UnknownName",
    "ViaMissing",
    "WrongRole",
]


@attrs.frozen
class StepNotPossible(_Reason):
    """The workflow has no such step from the present state."""

    key: ClassVar[str] = "step-not-possible"
    step: str
    state: str
    possible: tuple[str, ...]
    clause: str = ""


@attrs.frozen
class WrongRole(_Reason):
    """Somebody else may do this."""

    key: ClassVar[str] = "wrong-role"
    what: str
    role: str
    party: str
    clause: str = ""


@attrs.frozen
class NeedNotMet(_Reason):
    """A guard is false, or could not be evaluated because *missing* facts are unknown."""

    key: ClassVar[str] = "need-not-met"
    clause: str
    condition: str
    why: str
    missing: tuple[str, ...] = ()

    def text(self, language: str = "en") -> str:
        """The reason in ``en`` or ``zh``."""
        said = super().text(language)
        if not self.missing:
            return said
        return said + TEXTS["still-missing"][language].format(missing=", ".join(self.missing))


@attrs.frozen
class FactMissing(_Reason):
    """A fact, or one of several (``a | b``), must be known by then."""

    key: ClassVar[str] = "fact-missing"
    clause: str
    facts: tuple[str, ...]
    form: str = ""


@attrs.frozen
class PresenceMissing(_Reason):
    """These roles must be present as well."""

    key: ClassVar[str] = "presence-missing"
    clause: str
    roles: tuple[str, ...]


@attrs.frozen
class SignatureMissing(_Reason):
    """*party* must sign, and *roles* have not."""

    key: ClassVar[str] = "signature-missing"
    clause: str
    party: str
    roles: tuple[str, ...]


@attrs.frozen
class ViaMissing(_Reason):
    """One of these channels must be used."""

    key: ClassVar[str] = "via-missing"
    clause: str
    via: tuple[str, ...]


@attrs.frozen
class EvidenceMissing(_Reason):
    """These documents must be among the evidence."""

    key: ClassVar[str] = "evidence-missing"
    clause: str
    documents: tuple[str, ...]


@attrs.frozen
class ReasonMissing(_Reason):
    """Something should hold; it can be passed over with a reason."""

    key: ClassVar[str] = "reason-missing"
    clause: str
    condition: str


@attrs.frozen
class OpenItem(_Reason):
    """The procedure leaves open what this command needs."""

    key: ClassVar[str] = "open-item"
    choice: str
    why: str
    clause: str = ""


@attrs.frozen
class UnknownName(_Reason):
    """There is no such step, duty, fact, decision or answer."""

    key: ClassVar[str] = "unknown-name"
    kind: str
    name: str
    known: tuple[str, ...]
    hint: str = ""


@attrs.frozen
class BadValue(_Reason):
    """A fact was given a value that it cannot have."""

    key: ClassVar[str] = "bad-value"
    name: str
    problem: str


@attrs.frozen
class CaseClosed(_Reason):
    """The case is closed or void."""

    key: ClassVar[str] = "case-closed"
    state: str


@attrs.frozen
class ActedAlready(_Reason):
    """It was done before and cannot be done twice."""

    key: ClassVar[str] = "acted-already"
    what: str
    by: str


@attrs.frozen
class NotAKey(_Reason):
    """The duty is owed by each of *keys*; *key* is none of them."""

    key: ClassVar[str] = "not-a-key"
    what: str
    keys: tuple[str, ...]
    key_given: str = ""

    def text(self, language: str = "en") -> str:
        """The reason in ``en`` or ``zh``."""
        keys = ", ".join(self.keys) or "-"
        return TEXTS[self.key][language].format(what=self.what, keys=keys, key=self.key_given)


@attrs.frozen
class NotOwed(_Reason):
    """Nobody owes it now; *progress* is how it stands."""

    key: ClassVar[str] = "not-owed"
    what: str
    progress: str
    clause: str = ""

    def text(self, language: str = "en") -> str:
        """The reason in ``en`` or ``zh``."""
        said = WORDS[self.progress][language]
        clause = self.clause or "-"
        return TEXTS[self.key][language].format(what=self.what, progress=said, clause=clause)


@attrs.frozen
class NotForeseen(_Reason):
    """The procedure does not say that a duty may be ``rejected``, ``passed on``, ``waived``."""

    key: ClassVar[str] = "not-foreseen"
    what: str
    act: str
    others: tuple[str, ...]
    clause: str = ""

    def text(self, language: str = "en") -> str:
        """The reason in ``en`` or ``zh``."""
        others = ", ".join(self.others) or "-"
        said = WORDS[f"act {self.act}"][language]
        return TEXTS[self.key][language].format(
            what=self.what, act=said, others=others, clause=self.clause or "-"
        )


@attrs.frozen
class BouncedOut(_Reason):
    """It was rejected or passed on as often as may be; only the arbiter decides now."""

    key: ClassVar[str] = "bounced-out"
    what: str
    times: int
    arbiter: str
    clause: str = ""


@attrs.frozen
class SamePerson(_Reason):
    """Segregation of duties: another person must do this.

    Args:
        rule: The row of ``[apart]`` that says so; empty for what holds of every action.
    """

    key: ClassVar[str] = "same-person"
    clause: str
    person: str
    first: str
    second: str
    rule: str = ""


@attrs.frozen
class Concerned(_Reason):
    """The person whom *fact* names must not do *what* in the case."""

    key: ClassVar[str] = "concerned"
    clause: str
    person: str
    fact: str
    what: str
    rule: str = ""


@attrs.frozen
class RecusedPerson(_Reason):
    """The person was recused from the case for *reason*."""

    key: ClassVar[str] = "recused"
    person: str
    reason: str


@attrs.frozen
class LinkNotOpen(_Reason):
    """Nothing of this link is open for *member*; *members* are those for which it is."""

    key: ClassVar[str] = "link-not-open"
    clause: str
    link: str
    member: str
    members: tuple[str, ...]


@attrs.frozen
class LinkOfCase(_Reason):
    """The link opened a case of this desk, whose end closes it; nobody reports it."""

    key: ClassVar[str] = "link-of-a-case"
    clause: str
    link: str
    case: str


@attrs.frozen
class MergedAlready(_Reason):
    """The case is a duplicate of *into*, where everything goes on."""

    key: ClassVar[str] = "merged-already"
    case: str
    into: str


@attrs.frozen
class LaterSurvivor(_Reason):
    """Of two cases the one received first goes on."""

    key: ClassVar[str] = "later-survivor"
    case: str
    into: str
    received: str


@attrs.frozen
class TooLate(_Reason):
    """The policy allows *what* for a limited time only; it ran out at *until*."""

    key: ClassVar[str] = "too-late"
    clause: str
    what: str
    within: str
    until: str


@attrs.frozen
class NotTheirs(_Reason):
    """The person has nothing in the case that could be handed over."""

    key: ClassVar[str] = "not-theirs"
    case: str
    person: str
    people: tuple[str, ...]


@attrs.frozen
class OutOfTime(_Reason):
    """It cannot have happened then."""

    key: ClassVar[str] = "out-of-time"
    occurred: str
    problem: str


Reason: TypeAlias = (
    StepNotPossible
    | WrongRole
    | NeedNotMet
    | FactMissing
    | PresenceMissing
    | SignatureMissing
    | ViaMissing
    | EvidenceMissing
    | ReasonMissing
    | OpenItem
    | UnknownName
    | BadValue
    | CaseClosed
    | ActedAlready
    | NotAKey
    | NotOwed
    | NotForeseen
    | BouncedOut
    | NotEligible
    | NotInRole
    | SamePerson
    | LinkNotOpen
    | LinkOfCase
    | MergedAlready
    | LaterSurvivor
    | Concerned
    | RecusedPerson
    | TooLate
    | NotTheirs
    | OutOfTime
)
