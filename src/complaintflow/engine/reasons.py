"""Why a command is refused: a closed set of typed reasons, each with its text in two languages."""

from __future__ import annotations

from typing import ClassVar, TypeAlias

import attrs

__all__ = [
    "TEXTS",
    "ActedAlready",
    "BadValue",
    "CaseClosed",
    "EvidenceMissing",
    "FactMissing",
    "LaterSurvivor",
    "LinkNotOpen",
    "LinkOfCase",
    "MergedAlready",
    "NeedNotMet",
    "NotAKey",
    "OpenItem",
    "OutOfTime",
    "PresenceMissing",
    "Reason",
    "ReasonMissing",
    "SamePerson",
    "SignatureMissing",
    "StepNotPossible",
    "UnknownName",
    "ViaMissing",
    "WrongRole",
]

TEXTS: dict[str, dict[str, str]] = {
    "step-not-possible": {
        "en": "{step!r} is not possible in {state!r}; possible: {possible}",
        "zh": "在状态“{state}”下不能执行“{step}”；可执行：{possible}",
    },
    "wrong-role": {
        "en": "{what!r} is for {party}, not for {role!r} ({clause})",
        "zh": "“{what}”应由 {party} 执行，而不是“{role}”（{clause}）",
    },
    "need-not-met": {
        "en": "{clause}: {condition} does not hold ({why})",
        "zh": "{clause}：条件“{condition}”不成立（{why}）",
    },
    "still-missing": {"en": "; still missing: {missing}", "zh": "；尚缺：{missing}"},
    "fact-missing": {
        "en": "{clause}: {facts} must be known",
        "zh": "{clause}：必须填写 {facts}",
    },
    "presence-missing": {
        "en": "{clause}: {roles} must be present as well",
        "zh": "{clause}：还须 {roles} 共同在场",
    },
    "signature-missing": {
        "en": "{clause}: the signature of {roles} is missing (to sign: {party})",
        "zh": "{clause}：缺少 {roles} 的签字（应签：{party}）",
    },
    "via-missing": {
        "en": "{clause}: it must go by {via}",
        "zh": "{clause}：必须通过 {via}",
    },
    "evidence-missing": {
        "en": "{clause}: {documents} must be attached",
        "zh": "{clause}：必须附上 {documents}",
    },
    "reason-missing": {
        "en": "{clause}: {condition} should hold; give a reason to go on without it",
        "zh": "{clause}：应满足“{condition}”；如要继续，请说明理由",
    },
    "open-item": {
        "en": "{clause}: the procedure leaves {choice!r} open ({why}); settle it in the policy",
        "zh": "{clause}：程序文件未规定“{choice}”（{why}）；请先在政策中确定",
    },
    "unknown-name": {
        "en": "there is no {kind} {name!r}{hint}; there are: {known}",
        "zh": "没有{kind}“{name}”{hint}；现有：{known}",
    },
    "bad-value": {"en": "{name}: {problem}", "zh": "{name}：{problem}"},
    "case-closed": {
        "en": "the case is closed ({state}); nothing more can be done in it",
        "zh": "案件已结案（{state}），不能再操作",
    },
    "acted-already": {
        "en": "{what!r} has been done already by {by}",
        "zh": "“{what}”已由 {by} 完成",
    },
    "not-a-key": {
        "en": "{what!r} is owed by each of {keys}; got {key!r}",
        "zh": "“{what}”须分别由 {keys} 完成；收到“{key}”",
    },
    "same-person": {
        "en": "{clause}: {person} did {first!r} and must not do {second!r}",
        "zh": "{clause}：{person} 已执行“{first}”，不得再执行“{second}”",
    },
    "link-not-open": {
        "en": "{clause}: {link!r} is not open for {member!r}; open: {members}",
        "zh": "{clause}：“{link}”对“{member}”未开启；已开启：{members}",
    },
    "link-of-a-case": {
        "en": "{clause}: {link!r} closes with the case {case}; bring that to an end",
        "zh": "{clause}：“{link}”随案件 {case} 结案而结束；请先办结该案件",
    },
    "merged-already": {
        "en": "case {case} was merged into {into}; go on there",
        "zh": "案件 {case} 已并入 {into}，请在该案件中继续",
    },
    "later-survivor": {
        "en": "case {into} was received later ({received}); merge it into {case} instead, so that "
        "nobody gets more time",
        "zh": "案件 {into} 受理较晚（{received}）；请反向并入 {case}，以免延长期限",
    },
    "out-of-time": {
        "en": "it occurred {occurred}, {problem}",
        "zh": "发生时间 {occurred}：{problem}",
    },
}


@attrs.frozen
class _Reason:
    key: ClassVar[str] = ""

    def text(self, language: str = "en") -> str:
        """The reason in ``en`` or ``zh``."""
        values = {
            field.name: ", ".join(value) or "-" if isinstance(value, tuple) else value
            for field in attrs.fields(type(self))
            for value in (getattr(self, field.name),)
        }
        return TEXTS[self.key][language].format(**values)


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
class SamePerson(_Reason):
    """Segregation of duties: another person must do this."""

    key: ClassVar[str] = "same-person"
    clause: str
    person: str
    first: str
    second: str


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
    | SamePerson
    | LinkNotOpen
    | LinkOfCase
    | MergedAlready
    | LaterSurvivor
    | OutOfTime
)
