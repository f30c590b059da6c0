"""What every drawing needs of Mermaid: labels that cannot break it, and lines."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["WORDS", "chart", "clauses", "label", "lines", "word"]

_ESCAPES = {
    "#": "#35;",
    ";": "#59;",
    ":": "#58;",
    '"': "#quot;",
    "<": "#lt;",
    ">": "#gt;",
    "[": "#91;",
    "]": "#93;",
    "{": "#123;",
    "}": "#125;",
    "\\": "#92;",
    "`": "#96;",
}
WORDS = {
    "else": {"en": "else", "zh": "否则"},
    "yes": {"en": "yes", "zh": "是"},
    "if": {"en": "if {0}", "zh": "若{0}"},
    "within": {"en": "within {0}", "zh": "{0}内"},
    "limit": {"en": "limit {0}", "zh": "期限：{0}"},
    "no limit": {"en": "no limit", "zh": "未规定期限"},
    "by": {"en": "on {0}", "zh": "按{0}"},
    "until": {"en": "until {0}", "zh": "至{0}"},
    "each": {"en": "each of {0}", "zh": "{0}分别"},
    "together": {"en": "in the presence of {0}", "zh": "{0}共同到场"},
    "pauses": {"en": "stands while {0}", "zh": "{0}期间停止计时"},
    "ruled_by": {"en": "rejections: {0} rules", "zh": "驳回由{0}裁定"},
    "passed_on_by": {"en": "passed on by {0}", "zh": "可由{0}转派"},
    "waived_by": {"en": "waived by {0}", "zh": "可由{0}免除"},
    "arbiter": {"en": "after {0} bounces {1} decides", "zh": "退转{0}次后由{1}决定"},
    "extended": {"en": "{0} more on {1}", "zh": "{1}时延长{0}"},
    "earliest": {"en": "{0}, or on {1} if earlier", "zh": "{0}，{1}更早则从其日期"},
    "replaces": {"en": "{0}, or on {1} if given", "zh": "{0}，给定{1}则从其日期"},
    "decides": {"en": "nothing fits: {0} decides", "zh": "均不符合：由{0}判定"},
    "undecided": {"en": "nothing fits: undetermined", "zh": "均不符合：未定"},
    "residual": {"en": "nothing fits: {0}", "zh": "均不符合：{0}"},
    "higher first": {"en": "if not", "zh": "否则"},
    "of": {"en": "{0} for {1}", "zh": "{1}：{0}"},
    "told": {"en": "told: {0}", "zh": "通知{0}"},
}


def word(key: str, language: str, *parts: str) -> str:
    """A small word of the drawings."""
    return WORDS[key][language].format(*parts)


def label(text: str) -> str:
    """*text* so that no character of it means anything to Mermaid."""
    return "".join(
        _ESCAPES.get(character, character if character.isprintable() else " ") for character in text
    )


def lines(parts: Iterable[str]) -> str:
    """Several lines in one label."""
    return "<br/>".join(label(part) for part in parts if part)


def clauses(ids: Iterable[str]) -> str:
    """Clause ids in a row."""
    return ", ".join(ids)


def chart(head: str, body: Iterable[str]) -> str:
    """A whole drawing."""
    return "\n".join([head, *(f"    {line}" for line in body)])
