"""What people call the things of a policy: codes, parties, limits, conditions, in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final, Literal, cast

import attrs

from complaintflow.calendar.limits import Limit
from complaintflow.domain.types import FactType, MoneyOf, OneOf, SomeOf
from complaintflow.errors import InvalidValueError
from complaintflow.policy.apart import Act
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import Expression, words
from complaintflow.policy.fact import Ask
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy

__all__ = ["NAMING", "Naming"]

NAMING: Final[Mapping[str, Mapping[str, str]]] = {
    "missed": {"en": "{0} missed", "zh": "{0}逾期"},
    "rejection": {"en": "rejection of {0}", "zh": "{0}的驳回"},
    "key": {"en": "its own {0}", "zh": "各自的{0}"},
    "waived": {"en": "{0} waived", "zh": "{0}已免除"},
    "extended": {"en": "extensions of {0}", "zh": "{0}延期次数"},
    "of party": {"en": "{0} of {1}", "zh": "{1}的{0}"},
    "or": {"en": " or ", "zh": "或"},
    "and": {"en": " and ", "zh": "和"},
    "then": {"en": ", then ", "zh": "，然后"},
    "of": {"en": "{0} of {1}", "zh": "{1}中的{0}个"},
    "list": {"en": ", ", "zh": "、"},
    "open": {"en": "open: {0}", "zh": "待定：{0}"},
    "nobody": {"en": "nobody named", "zh": "未指定"},
    "nothing": {"en": "nothing", "zh": "无"},
    "asked if": {"en": "{0} (if {1})", "zh": "{0}（若{1}）"},
    "one of": {"en": "one of {0}", "zh": "{0}之一"},
    "some of": {"en": "some of {0}", "zh": "{0}中的若干项"},
    "money": {"en": "money {0}", "zh": "金额 {0}"},
    "text": {"en": "text", "zh": "文本"},
    "yes/no": {"en": "yes or no", "zh": "是或否"},
    "judgement": {"en": "a person's judgement", "zh": "人工判断"},
    "number": {"en": "a number", "zh": "数字"},
    "quantity": {"en": "a quantity", "zh": "数量"},
    "ratio": {"en": "a ratio", "zh": "比例"},
    "date": {"en": "a date", "zh": "日期"},
    "instant": {"en": "an instant", "zh": "时刻"},
    "limit": {"en": "a limit", "zh": "期限"},
    "role": {"en": "a role", "zh": "角色"},
    "raise": {"en": "raising {0}", "zh": "提出{0}"},
    "verify": {"en": "verifying {0}", "zh": "验证{0}"},
    "sign": {"en": "signing {0}", "zh": "签署{0}"},
    "attend": {"en": "attending {0}", "zh": "到场参加{0}"},
    "allow note": {"en": "note facts", "zh": "补记事实"},
    "allow correct": {"en": "correct an entry", "zh": "更正记录"},
    "allow void": {"en": "put a case aside", "zh": "作废案件"},
    "allow adopt": {"en": "take over a case of an old system", "zh": "接收旧系统案件"},
    "allow recuse": {"en": "recuse a person", "zh": "令某人回避"},
    "allow back_date": {"en": "enter late what happened before", "zh": "补录先前事项"},
    "allow merge": {"en": "merge cases", "zh": "合并案件"},
    "allow split": {"en": "split a case", "zh": "拆分案件"},
    "allow hand_over": {"en": "hand over what a person has", "zh": "移交某人经办的案件"},
    "allow migrate": {"en": "move a case to another version", "zh": "案件迁移至新版本"},
    "files": {"en": "files", "zh": "文件"},
}


@attrs.frozen(slots=False)
class Naming:
    """The names of one policy in one language; a code that nobody named stays itself.

    Args:
        policy: Whose names.
        language: ``en`` or ``zh``.

    Raises:
        InvalidValueError: *language* is neither.
    """

    policy: Policy
    language: str = attrs.field()

    @language.validator
    def _is_spoken(self, _: Any, value: str) -> None:
        if value not in ("en", "zh"):
            raise InvalidValueError(f"a language is 'en' or 'zh', got {value!r:.40}")

    def say(self, key: str, *parts: str) -> str:
        """A small word of this module."""
        return NAMING[key][self.language].format(*parts)

    def name(self, code: str) -> str:
        """What people call *code*."""
        return self.policy.name(code, self.language)

    def names(self, codes: Iterable[str]) -> str:
        """Several names in a row."""
        return self.say("list").join(map(self.name, codes)) or self.say("nothing")

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The names as `words` wants them, dotted ones included."""
        policy = self.policy
        found = {code: self.name(code) for code in ("state", *policy.names)}
        owed = [duty.code for duty in policy.duties] + [one.code for one in policy.actions]
        found.update({f"{code}.missed": self.say("missed", self.name(code)) for code in owed})
        for duty in policy.duties:
            for word in ("key", "rejection", "waived"):
                found[f"{duty.code}.{word}"] = self.say(word, self.name(duty.code))
        found.update({f"{c}.extended": self.say("extended", self.name(c)) for c in owed})
        for decision in policy.decisions:
            for answer in decision.answers:
                found[f"{decision.code}.{answer}"] = self.name(answer)
        for approval in policy.approvals:
            for party in approval.by.names:
                said = self.say("of party", self.name(approval.code), self.name(party))
                found[f"{approval.code}.{party}"] = said
        return found

    def condition(self, expression: Expression) -> str:
        """A condition, moment or formula as a sentence."""
        return words(expression, self.language, self.labels)

    def party(self, party: Party | Open | None) -> str:
        """Who."""
        if party is None:
            return self.say("nobody")
        if isinstance(party, Open):
            return self.open(party)
        if party.how == "of":
            return self.say("of", str(party.enough), self.names(party.names))
        joint = self.say(party.how) if party.how in ("or", "and", "then") else ""
        return joint.join(map(self.name, party.names))

    def act(self, act: Act) -> str:
        """What people do, as a row of ``[apart]`` names it."""
        if act.party:
            return self.say("of party", self.name(act.code), self.name(act.party))
        named = self.name(act.code)
        return self.say(act.verb, named) if act.verb else named

    def open(self, item: Open) -> str:
        """An open item."""
        return self.say("open", self.name(item.choice))

    def limit(self, limit: Limit | Open | str | None) -> str:
        """How long, or the fact that says so."""
        if isinstance(limit, Limit):
            return limit.text(cast(Literal["en", "zh"], self.language))
        if isinstance(limit, Open):
            return self.open(limit)
        return self.name(limit) if limit else self.say("nothing")

    def ask(self, ask: Ask) -> str:
        """A fact that must be known, or one of several."""
        named = self.say("or").join(map(self.name, ask.names))
        return named if ask.when is None else self.say("asked if", named, self.condition(ask.when))

    def type(self, kind: FactType) -> str:
        """What values a fact may take."""
        match kind:
            case OneOf(members):
                return self.say("one of", self.names(members))
            case SomeOf(members):
                return self.say("some of", self.names(members))
            case MoneyOf(currency):
                return self.say("money", currency)
            case _:
                return self.say(kind.name)
