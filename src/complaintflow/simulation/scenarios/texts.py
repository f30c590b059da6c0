"""What a scenario's report says, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

__all__ = ["LANGUAGES", "TEXTS", "Text", "joined", "same", "say"]

Text: TypeAlias = Mapping[str, str]
"""The same said in each language: ``en`` and ``zh``."""

LANGUAGES = ("en", "zh")

TEXTS: dict[str, dict[str, str]] = {
    # what is expected
    "state": {"en": "state", "zh": "状态"},
    "final": {"en": "closed for good", "zh": "已结案"},
    "number": {"en": "number", "zh": "编号"},
    "possible": {"en": "possible steps", "zh": "可执行步骤"},
    "answer": {"en": "{subject}", "zh": "{subject}"},
    "approval": {"en": "approval {subject}", "zh": "会签 {subject}"},
    "undetermined": {"en": "{subject}", "zh": "{subject}"},
    "matched": {"en": "clauses matched for {subject}", "zh": "{subject} 所符合的条款"},
    "not_evaluated": {
        "en": "clauses of {subject} not evaluated",
        "zh": "{subject} 无法判定的条款",
    },
    "fact": {"en": "{subject}", "zh": "{subject}"},
    "unknown": {"en": "{subject}", "zh": "{subject}"},
    "counted": {"en": "cases counted for {subject}", "zh": "{subject} 所计的案件"},
    "signed": {"en": "signatures of {subject}", "zh": "{subject}的签字"},
    "told": {"en": "notice {subject}", "zh": "通知 {subject}"},
    "told_only": {"en": "all notices", "zh": "全部通知"},
    "opened": {"en": "link {subject}", "zh": "关联 {subject}"},
    "not_opened": {"en": "link {subject}", "zh": "关联 {subject}"},
    "closed": {"en": "link {subject}", "zh": "关联 {subject}"},
    "related": {"en": "cases of {subject}", "zh": "{subject} 的案件"},
    "people": {"en": "who has the case as {subject}", "zh": "以 {subject} 身份承办者"},
    "due": {"en": "due instant of {subject}", "zh": "{subject} 的到期时刻"},
    "owed": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "not_owed": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "owed_only": {"en": "all duties owed", "zh": "全部待办职责"},
    "lacking": {"en": "what {subject} lacks", "zh": "{subject} 尚缺"},
    "done": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "not_done": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "disputed": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "not_disputed": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "waived": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "rejected": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "overdue": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "not_overdue": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "missed": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "not_missed": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "in_time": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "late": {"en": "duty {subject}", "zh": "职责 {subject}"},
    "rounds": {"en": "round of {subject}", "zh": "{subject} 的轮次"},
    "projected": {"en": "projection of {subject}", "zh": "{subject} 的预计到期"},
    "turn": {"en": "whose turn it is", "zh": "轮到谁"},
    "rungs": {"en": "rung {subject}", "zh": "升级 {subject}"},
    "refused": {"en": "command", "zh": "命令"},
    "reason": {"en": "reason for the refusal", "zh": "拒绝理由"},
    "unchanged": {"en": "case after the refusal", "zh": "拒绝后的案件"},
    "accepted": {"en": "command", "zh": "命令"},
    "error": {"en": "command", "zh": "命令"},
    # what came
    "came accepted": {"en": "accepted", "zh": "已接受"},
    "came refused": {"en": "refused", "zh": "被拒绝"},
    "came unchanged": {"en": "unchanged", "zh": "未改变"},
    "came changed": {"en": "changed", "zh": "已改变"},
    "came nothing": {"en": "nothing", "zh": "无"},
    "came not opened": {"en": "not opened", "zh": "未受理"},
    "came not opened yet": {"en": "not opened", "zh": "未开启"},
    "came closed": {"en": "closed", "zh": "已结束"},
    "came undetermined": {"en": "undetermined", "zh": "未定"},
    "came unknown": {"en": "unknown", "zh": "未知"},
    "came not told": {"en": "not told", "zh": "未通知"},
    "came not yet": {"en": "not yet", "zh": "尚未"},
    "came owed": {"en": "owed by {roles}", "zh": "由 {roles} 承担"},
    "came done": {"en": "done {at}", "zh": "已于 {at} 完成"},
    "came waiting": {"en": "not started", "zh": "未开始"},
    "came not asked": {"en": "not asked", "zh": "不要求"},
    "came undecided": {"en": "undecided", "zh": "无法判定"},
    "came disputed": {"en": "its rejection waits for a ruling", "zh": "驳回待裁定"},
    "came not disputed": {"en": "no rejection waits for a ruling", "zh": "没有待裁定的驳回"},
    "came waived": {"en": "waived", "zh": "已免除"},
    "came rejected": {"en": "rejected, and that upheld", "zh": "驳回已获准"},
    "came overdue": {"en": "overdue by {seconds} s", "zh": "逾期 {seconds} 秒"},
    "came not overdue": {"en": "not overdue", "zh": "未逾期"},
    "came missed": {"en": "missed", "zh": "已错过"},
    "came not missed": {"en": "not missed", "zh": "未错过"},
    "came in time": {"en": "in time", "zh": "按时"},
    "came late": {"en": "late", "zh": "迟"},
    "came no instant": {"en": "no due instant", "zh": "无到期时刻"},
    "came reasons": {"en": "{reasons}", "zh": "{reasons}"},
    # why
    "why criterion": {
        "en": "{answers} by {clauses}: {outcome}",
        "zh": "{answers}（{clauses}）：{outcome}",
    },
    "why true": {"en": "matched", "zh": "符合"},
    "why false": {"en": "not matched", "zh": "不符合"},
    "why none": {"en": "not evaluated", "zh": "无法判定"},
    "why overruled": {
        "en": "{by} decided {answer}: {reason}",
        "zh": "{by} 裁定为 {answer}：{reason}",
    },
    "why started": {
        "en": "started {at}, round {round}",
        "zh": "自 {at} 起，第 {round} 轮",
    },
    "why not started": {"en": "it starts with: {when}", "zh": "起于：{when}"},
    "why not asked": {"en": "it is owed only if: {when}", "zh": "仅当以下条件成立时承担：{when}"},
    "why lacking": {"en": "still lacking: {names}", "zh": "尚缺：{names}"},
    "why due": {"en": "due {at}", "zh": "到期 {at}"},
    "why step": {"en": "{at} {step} by {role}", "zh": "{at} {role} 执行 {step}"},
    "why known": {"en": "given {at} by {by}", "zh": "{by} 于 {at} 提供"},
    "why told": {"en": "told: {notices}", "zh": "已通知：{notices}"},
    "why counted": {"en": "counted: {cases}", "zh": "已计：{cases}"},
    # the report
    "head": {
        "en": "{policy}: scenarios {scenarios} ({passed} passed, {failed} failed, {waiting} "
        "waiting), expectations {expectations}",
        "zh": "{policy}：场景 {scenarios} 个（通过 {passed}，失败 {failed}，等待 {waiting}），"
        "期望 {expectations} 项",
    },
    "failed": {"en": "FAILED {name} ({place})", "zh": "失败 {name}（{place}）"},
    "early": {
        "en": "FAILED {name} ({place}): it waits for {capability}, but passes; say "
        'status = "passes"',
        "zh": "失败 {name}（{place}）：标记为等待“{capability}”，但已通过；请改为 "
        'status = "passes"',
    },
    "waits": {
        "en": "waiting {name}: waits for {capability}",
        "zh": "等待 {name}：等待“{capability}”",
    },
    "passed": {
        "en": "passed {name}: expectations {expectations}",
        "zh": "通过 {name}：期望 {expectations} 项",
    },
    "check": {
        "en": "line {line}: {what}: expected {wanted}, got {came}",
        "zh": "第 {line} 行：{what}：应为 {wanted}，实为 {came}",
    },
    "unreached": {
        "en": "not reached after it: {count} expectations",
        "zh": "其后 {count} 项期望未能检验",
    },
    "open items": {"en": "open items of the procedure:", "zh": "程序文件的未决事项："},
    "open item": {"en": "{name} ({clauses}): {why}", "zh": "{name}（{clauses}）：{why}"},
    "rules": {
        "en": "rules touched by a scenario: {touched} of {rules}",
        "zh": "{rules} 条规则中有 {touched} 条被场景触及",
    },
    "untouched": {"en": "no scenario touches:", "zh": "没有场景触及："},
    # kinds of rules
    "rule state": {"en": "state", "zh": "状态"},
    "rule step": {"en": "step", "zh": "步骤"},
    "rule branch": {"en": "branch", "zh": "分支"},
    "rule need": {"en": "need", "zh": "条件"},
    "rule criterion": {"en": "criterion", "zh": "判据"},
    "rule residual": {"en": "answer where nothing matches", "zh": "均不符合时的结论"},
    "rule undetermined": {"en": "answer where facts are missing", "zh": "事实不全时的结论"},
    "rule overrule": {"en": "overruling", "zh": "人工改判"},
    "rule approval": {"en": "approval", "zh": "审批"},
    "rule duty": {"en": "duty", "zh": "职责"},
    "rule target": {"en": "target", "zh": "时限"},
    "rule rung": {"en": "rung", "zh": "升级"},
    "rule life": {"en": "life of a duty", "zh": "职责的变动"},
    "rule action": {"en": "action", "zh": "措施"},
    "rule link": {"en": "link", "zh": "关联"},
    "rule route": {"en": "route", "zh": "派工规则"},
    "rule tell": {"en": "notice", "zh": "通知"},
    "rule apart": {"en": "persons kept apart", "zh": "人员分离"},
    "rule allow": {"en": "permission", "zh": "权限"},
}


def say(key: str, **data: object) -> Text:
    """The text *key*, filled in; values that are texts themselves come in each language."""
    return {
        language: TEXTS[key][language].format(
            **{
                name: value[language] if isinstance(value, Mapping) else value
                for name, value in data.items()
            }
        )
        for language in LANGUAGES
    }


def same(text: str) -> Text:
    """Codes and instants: the same in every language."""
    return dict.fromkeys(LANGUAGES, text)


def joined(texts: list[Text], separator: str = "; ") -> Text:
    """Several texts as one."""
    return {language: separator.join(text[language] for text in texts) for language in LANGUAGES}
