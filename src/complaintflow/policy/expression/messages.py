"""What `words` and `Trace.text` say, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from complaintflow.errors import InvalidValueError, did_you_mean

__all__ = ["CATALOGUE", "LANGUAGES", "message"]

LANGUAGES: Final = ("en", "zh")

CATALOGUE: Final[Mapping[str, Mapping[str, str]]] = {
    # joining
    "and": {"en": "{0} and {1}", "zh": "{0}，且{1}"},
    "or": {"en": "{0} or {1}", "zh": "{0}，或{1}"},
    "not": {"en": "not {0}", "zh": "并非{0}"},
    "group": {"en": "({0})", "zh": "（{0}）"},
    "both": {"en": "{0} and {1}", "zh": "{0}且{1}"},
    "list": {"en": "{0}, {1}", "zh": "{0}、{1}"},
    # what is asked of a value
    "subject": {"en": "{0} is {1}", "zh": "{0}{1}"},
    "<": {"en": "less than {0}", "zh": "小于{0}"},
    "<=": {"en": "at most {0}", "zh": "不超过{0}"},
    ">": {"en": "more than {0}", "zh": "大于{0}"},
    ">=": {"en": "at least {0}", "zh": "不低于{0}"},
    "==": {"en": "{0}", "zh": "等于{0}"},
    "!=": {"en": "not {0}", "zh": "不等于{0}"},
    "time <": {"en": "before {0}", "zh": "早于{0}"},
    "time <=": {"en": "not after {0}", "zh": "不晚于{0}"},
    "time >": {"en": "after {0}", "zh": "晚于{0}"},
    "time >=": {"en": "not before {0}", "zh": "不早于{0}"},
    "code <": {"en": "lower than {0}", "zh": "低于{0}"},
    "code <=": {"en": "{0} or lower", "zh": "不高于{0}"},
    "code >": {"en": "higher than {0}", "zh": "高于{0}"},
    "code >=": {"en": "{0} or higher", "zh": "不低于{0}"},
    "is": {"en": "{0}", "zh": "为{0}"},
    "is not": {"en": "not {0}", "zh": "不为{0}"},
    "in": {"en": "one of {0}", "zh": "属于{0}"},
    "not in": {"en": "none of {0}", "zh": "不属于{0}"},
    "has": {"en": "{1} includes {0}", "zh": "{1}包含{0}"},
    "has not": {"en": "{1} does not include {0}", "zh": "{1}不包含{0}"},
    "among": {"en": "{0} is among {1}", "zh": "{0}在{1}之中"},
    "not among": {"en": "{0} is not among {1}", "zh": "{0}不在{1}之中"},
    # values and calls
    "known": {"en": "{0} is known", "zh": "{0}已知"},
    "filled": {"en": "the form {0} is filled in", "zh": "表单{0}已填妥"},
    "max": {"en": "the largest of ({0})", "zh": "（{0}）中的最大值"},
    "min": {"en": "the smallest of ({0})", "zh": "（{0}）中的最小值"},
    "call": {"en": "{0}({1})", "zh": "{0}（{1}）"},
    "choice": {"en": "the open choice {0}", "zh": "待定项{0}"},
    "true": {"en": "always", "zh": "总是"},
    "false": {"en": "never", "zh": "从不"},
    "text": {"en": "“{0}”", "zh": "“{0}”"},
    "unknown": {"en": "unknown", "zh": "未知"},
    # traces
    "wanted": {"en": "wanted: {0}", "zh": "要求：{0}"},
    "wanted not": {"en": "wanted: not {0}", "zh": "要求：不是{0}"},
    "wanted in": {"en": "wanted: one of {0}", "zh": "要求：属于{0}"},
    "wanted not in": {"en": "wanted: none of {0}", "zh": "要求：不属于{0}"},
    "fact": {"en": "{0} is {1}", "zh": "{0}为{1}"},
    "unknown fact": {"en": "{0} is unknown", "zh": "{0}未知"},
    "with": {"en": "{0}, {1}", "zh": "{0}，{1}"},
    "where": {"en": "{0} ({1})", "zh": "{0}（{1}）"},
    "outcome": {"en": "{0}: {1}", "zh": "{0}：{1}"},
    "met": {"en": "met", "zh": "满足"},
    "not met": {"en": "not met", "zh": "不满足"},
    "not evaluated": {"en": "not evaluated", "zh": "无法判断"},
    "all of": {"en": "all of these", "zh": "同时满足以下各项"},
    "any of": {"en": "any of these", "zh": "满足以下任一项"},
    "opposite of": {"en": "not this", "zh": "不得满足以下项"},
}


def message(language: str, key: str, *parts: str) -> str:
    """The message *key* in *language*, with its parts.

    Between Chinese and Latin characters stands a space, as Chinese typesetting has it.

    Raises:
        InvalidValueError: there is no such language.
    """
    if language not in LANGUAGES:
        raise InvalidValueError(
            f"expected a language of {', '.join(LANGUAGES)}, got {language!r}"
            + (f"; did you mean {meant!r}?" if (meant := did_you_mean(language, LANGUAGES)) else "")
        )
    template = CATALOGUE[key][language]
    return template.format(*parts) if language == "en" else _spaced(template, parts)


def _spaced(template: str, parts: tuple[str, ...]) -> str:
    found = ""
    rest = template
    while rest:
        plain, brace, rest = rest.partition("{")
        found = _glued(found, plain)
        if brace:
            index, _, rest = rest.partition("}")
            found = _glued(found, parts[int(index)])
    return found


def _glued(left: str, right: str) -> str:
    if not left or not right:
        return left + right
    before, after = left[-1], right[0]
    words = all(sign.isalnum() or sign == "$" for sign in (before, after))
    return f"{left} {right}" if words and before.isascii() != after.isascii() else left + right
