"""The story of an assignment: who got the case, why, and why the others did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaintflow.audit.events import Assigned

if TYPE_CHECKING:
    from complaintflow.engine.story import Teller

__all__ = ["CHOSEN", "PASSED", "assigned"]

CHOSEN: dict[str, dict[str, str]] = {
    "only": {"en": "nobody else could", "zh": "别无人选"},
    "opener": {
        "en": "nobody else could, so it stays where it was opened",
        "zh": "无人可接，由立案人负责",
    },
    "skill": {"en": "has the skill {why}", "zh": "具备技能 {why}"},
    "sticky": {"en": "had {why}, with the same {of}", "zh": "曾办理同一“{of}”的 {why}"},
    "receiver": {"en": "received the case", "zh": "首接负责"},
    "least loaded": {"en": "fewest open cases: {why}", "zh": "在办案件最少：{why}"},
    "round robin": {"en": "turn {why}", "zh": "轮到（第 {why} 次）"},
    "weighted": {"en": "turn {why}, by weight", "zh": "按权重轮到（第 {why} 次）"},
    "first": {"en": "first in the list", "zh": "名单首位"},
    "choice": {"en": "is to choose who gets it", "zh": "由其指定人选"},
    "own": {"en": "chosen by {of}", "zh": "由“{of}”选出"},
    "by hand": {"en": "chosen by {by} ({role}){why}", "zh": "由 {by}（{role}）指定{why}"},
}
"""Why a person was chosen, by the kind of what decided."""

PASSED: dict[str, dict[str, str]] = {
    "absent": {"en": "absent", "zh": "不在岗"},
    "recused": {"en": "recused", "zh": "已回避"},
    "concerned": {"en": "concerned by the case", "zh": "与本案有利害关系"},
    "apart": {"en": "did what must stay apart from it", "zh": "已执行须与之分离的操作"},
    "skill": {"en": "without the skill", "zh": "不具备技能"},
    "sticky": {"en": "did not have the earlier case", "zh": "未办理过前案"},
    "receiver": {"en": "did not receive it", "zh": "非首接"},
    "least loaded": {"en": "more open cases", "zh": "在办案件较多"},
    "round robin": {"en": "not their turn", "zh": "未轮到"},
    "weighted": {"en": "not their turn", "zh": "未轮到"},
    "first": {"en": "further down the list", "zh": "名单靠后"},
    "choice": {"en": "could be chosen", "zh": "可供选择"},
    "own": {"en": "not chosen by {of}", "zh": "未被“{of}”选中"},
    "": {"en": "considered", "zh": "已考虑"},
}
"""Why a person was not chosen."""


def assigned(t: Teller, body: Assigned, who: dict[str, str]) -> str:
    """The line of an assignment."""
    kind, of = _kind(body.strategy)
    why = body.why
    if kind == "by hand":
        why = f"{t.say('because')}{why}" if why else ""
    text = CHOSEN[kind][t.language] if kind in CHOSEN else body.strategy
    said = text.format(why=why or "-" if kind != "by hand" else why, of=t.name(of), **who)
    role = t.name(body.role)
    if body.acting and body.acting != body.role:
        role += f" → {t.name(body.acting)}"
    parts = [t.say("assigned", person=body.person, role=role, why=said)]
    for word, people in body.considered.items():
        passed, of = _kind(word)
        reason = PASSED[passed][t.language] if passed in PASSED else word
        parts.append(t.say("passed", people=_some(t, people), why=reason.format(of=t.name(of))))
    return t.say("between").join(parts)


def _kind(word: str) -> tuple[str, str]:
    """The kind of a strategy and the name behind it."""
    kind, _, of = word.partition(" ")
    return (kind, of) if kind in ("skill", "sticky", "own") else (word, "")


def _some(t: Teller, people: tuple[str, ...]) -> str:
    """Up to five persons, and how many more."""
    shown = ", ".join(people[:5])
    more = len(people) - 5
    return shown if more <= 0 else f"{shown} {t.say('and more', count=more)}"
