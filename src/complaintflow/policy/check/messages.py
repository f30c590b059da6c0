"""What findings say, in English and Chinese, and how grave each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from complaintflow.errors import InvalidValueError

__all__ = ["CATALOGUE", "FAMILIES", "SEVERITIES", "WORDS", "say"]

FAMILIES: Final[Mapping[str, Mapping[str, str]]] = {
    "CF0": {"en": "The check itself", "zh": "检查本身"},
    "CF1": {"en": "Names and clauses", "zh": "名称与条款"},
    "CF2": {"en": "Workflow", "zh": "流程"},
    "CF30": {"en": "Grading", "zh": "分级"},
    "CF31": {"en": "Routing", "zh": "派单"},
    "CF32": {"en": "Guards and conditions", "zh": "前提与条件"},
    "CF33": {"en": "Branches", "zh": "分支"},
    "CF4": {"en": "Time", "zh": "时限"},
    "CF5": {"en": "Duties and parties", "zh": "职责与人员"},
    "CF6": {"en": "Open items", "zh": "待定事项"},
}
"""Families of findings by the beginning of their codes; the longest that fits."""

SEVERITIES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("CF201", "CF202", "CF203", "CF204", "CF321"), "error"),
    **dict.fromkeys(("CF205", "CF301", "CF304", "CF306", "CF307", "CF308", "CF309"), "warning"),
    **dict.fromkeys(("CF310", "CF323", "CF331", "CF333"), "warning"),
    **dict.fromkeys(("CF401", "CF402", "CF403", "CF404"), "warning"),
    **dict.fromkeys(("CF406", "CF407", "CF408", "CF409", "CF410"), "warning"),
    **dict.fromkeys(
        ("CF501", "CF502", "CF503", "CF504", "CF505", "CF506", "CF508", "CF509"), "warning"
    ),
    **dict.fromkeys(("CF001", "CF002", "CF101", "CF102", "CF103", "CF206"), "note"),
    **dict.fromkeys(
        ("CF302", "CF303", "CF305", "CF322", "CF332", "CF405", "CF507", "CF601"), "note"
    ),
}
"""``error``: a case cannot be handled; ``warning``: probably a slip; ``note``: good to know."""

CATALOGUE: Final[Mapping[str, Mapping[str, str]]] = {
    "CF001": {
        "en": "gaps, overlaps and rules that can never fire were not looked for: "
        "the solver is not installed",
        "zh": "未安装求解器，未检查空档、重叠及永不生效的规则",
    },
    "CF002": {
        "en": "the solver gave up on {what} within its budget",
        "zh": "求解器在限额内未能得出 {what} 的结论",
    },
    "CF101": {
        "en": "no step, duty or form asks for {facts}; "
        "each becomes known only when somebody notes it",
        "zh": "没有任何步骤、职责或表单要求提供 {facts}，只有有人主动记录后才会得知",
    },
    "CF102": {
        "en": "no {language} name for {codes}",
        "zh": "{codes} 没有{language}名称",
    },
    "CF103": {
        "en": "nothing in the policy cites {clauses}",
        "zh": "制度中没有任何内容引用条款 {clauses}",
    },
    "CF201": {"en": "no step opens a case", "zh": "没有任何步骤能够立案"},
    "CF202": {
        "en": "no step that can be taken leads to the state {state}",
        "zh": "没有可执行的步骤通向状态 {state}",
    },
    "CF203": {
        "en": "no step leads out of {state}, and it is not final",
        "zh": "状态 {state} 没有后续步骤，且不是终结状态",
    },
    "CF204": {
        "en": "no final state can be reached any more from {states}",
        "zh": "自状态 {states} 起已无法到达任何终结状态",
    },
    "CF205": {
        "en": "nobody may take the step {step}: {why}",
        "zh": "没有人可以执行步骤 {step}：{why}",
    },
    "CF206": {
        "en": "{state} is final, yet {steps} can still be taken there",
        "zh": "{state} 为终结状态，却仍可执行步骤 {steps}",
    },
    "CF301": {
        "en": "{decision} can find no answer, and nobody is named to decide",
        "zh": "{decision} 可能没有任何结果，且未指定由谁判定",
    },
    "CF302": {
        "en": "{decision} can find no answer; {by} decides then",
        "zh": "{decision} 可能没有任何结果，此时由 {by} 判定",
    },
    "CF303": {
        "en": "{first} and {second} can both match ({pairs}); {first} wins",
        "zh": "{first} 与 {second} 可能同时符合（{pairs}），以 {first} 为准",
    },
    "CF304": {
        "en": "{first} and {second} can both match ({pairs}); then {decision} has no answer",
        "zh": "{first} 与 {second} 可能同时符合（{pairs}），此时 {decision} 没有结果",
    },
    "CF305": {
        "en": "{first} and {second} can both match ({pairs}); what stands first wins",
        "zh": "{first} 与 {second} 可能同时符合（{pairs}），以排在前面的为准",
    },
    "CF306": {
        "en": "the criterion {clause} for {answer} can never match",
        "zh": "{answer} 的判定条件 {clause} 永远不会成立",
    },
    "CF307": {
        "en": "the criterion {clause} for {answer} always matches",
        "zh": "{answer} 的判定条件 {clause} 总是成立",
    },
    "CF308": {
        "en": "the criterion {clause} for {answer} never decides: "
        "whenever it matches, {winner} wins",
        "zh": "{answer} 的判定条件 {clause} 不起作用：凡其成立时，均以 {winner} 为准",
    },
    "CF309": {
        "en": "no criterion answers {answers}",
        "zh": "没有任何判定条件得出 {answers}",
    },
    "CF310": {
        "en": "when {fact} is {members}, {decision} names nobody; {users} would need somebody",
        "zh": "当 {fact} 为 {members} 时，{decision} 未指定任何人，而 {users} 需要有人负责",
    },
    "CF321": {
        "en": "the step {step} can never be taken: its guard can never hold",
        "zh": "步骤 {step} 永远无法执行：其前提永远不成立",
    },
    "CF322": {
        "en": "a guard of {step} always holds and guards nothing",
        "zh": "{step} 的前提总是成立，不起任何作用",
    },
    "CF323": {
        "en": "the condition of {what} can never hold",
        "zh": "{what} 的条件永远不成立",
    },
    "CF331": {
        "en": "the step {step} leads nowhere when none of its branches holds",
        "zh": "步骤 {step} 的各分支均不成立时没有去向",
    },
    "CF332": {
        "en": "two branches of {step} can both hold, {first} and {second}; the first wins",
        "zh": "步骤 {step} 的两个分支 {first} 与 {second} 可能同时成立，以前者为准",
    },
    "CF333": {
        "en": "the branch of {step} to {state} is never taken",
        "zh": "步骤 {step} 通向 {state} 的分支永远不会被选中",
    },
    "CF401": {
        "en": "the rungs of {duty} are out of order: {later} is ready before {earlier}",
        "zh": "{duty} 的逐级提醒顺序颠倒：{later} 早于 {earlier}",
    },
    "CF402": {
        "en": "the rung {rung} of {duty} can lie before the start of the limit {limit}",
        "zh": "{duty} 的提醒 {rung} 可能早于期限 {limit} 的起点",
    },
    "CF403": {
        "en": "{first} ({limit}) is due after {second} ({other}) on ordinary days, "
        "but before it over some weekends or holidays",
        "zh": "{first}（{limit}）平日晚于 {second}（{other}）到期，遇周末或节假日却可能提前",
    },
    "CF404": {
        "en": "{first} ({limit}) waits for {second} ({other}), which can be due later",
        "zh": "{first}（{limit}）须等待 {second}（{other}）完成，而后者的期限可能更晚",
    },
    "CF405": {
        "en": "{duty} has two limits that disagree, {limit} and {other}",
        "zh": "{duty} 的两个期限 {limit} 与 {other} 不一致",
    },
    "CF406": {
        "en": "the pauses of {duty} have no effect: {why}",
        "zh": "{duty} 的暂停条件不起作用：{why}",
    },
    "CF407": {
        "en": "the rungs of {duty} are never ready: its limit {limit} has no instant",
        "zh": "{duty} 的逐级提醒永远不会触发：期限 {limit} 没有具体时刻",
    },
    "CF408": {
        "en": "{duty} has no limit when {decision} is {answers}",
        "zh": "当 {decision} 为 {answers} 时，{duty} 没有期限",
    },
    "CF409": {
        "en": "the holidays of the calendar are known until {last}, "
        "the policy holds only from {effective}",
        "zh": "日历的节假日数据截至 {last}，而制度自 {effective} 起才生效",
    },
    "CF410": {
        "en": "{duty} can never be extended: what would grant it can never come",
        "zh": "{duty} 永远无法延期：准予延期的时机永远不会出现",
    },
    "CF501": {
        "en": "nothing ever starts the duty {duty}",
        "zh": "职责 {duty} 永远不会开始",
    },
    "CF502": {
        "en": "each of {each} owes {duty}, but that can be nobody",
        "zh": "{duty} 由 {each} 分别承担，而其结果可能为空",
    },
    "CF503": {
        "en": "who verifies {action} must not be who carried it out, but both are only {role}",
        "zh": "{action} 的验证人不得是执行人，但两者都只能是 {role}",
    },
    "CF504": {
        "en": "{approval} is asked for and answered by {role} alone",
        "zh": "{approval} 的申请与批准都只由 {role} 完成",
    },
    "CF505": {
        "en": "nothing ever asks for the approval {approval}",
        "zh": "审批 {approval} 永远不会发起",
    },
    "CF506": {
        "en": "the notice {tell} reaches nobody: {why}",
        "zh": "通知 {tell} 无人收到：{why}",
    },
    "CF507": {
        "en": "{rule} keeps {acts} apart, and only {role} does them: "
        "it takes {count} people in that role",
        "zh": "{rule} 要求 {acts} 由不同人员办理，而均由 {role} 承担：该角色至少须有 {count} 人",
    },
    "CF508": {
        "en": "who rejects {duty} and who rules on that are only {role}",
        "zh": "{duty} 的驳回与裁定都只由 {role} 作出",
    },
    "CF509": {
        "en": "the notice {tell} shows personal data ({facts}) to {roles}, outside of the company",
        "zh": "通知 {tell} 向公司外部的 {roles} 展示个人信息（{facts}）",
    },
    "CF601": {
        "en": "open: {choice}, {why} (used by {users})",
        "zh": "待定：{choice}，{why}（用于 {users}）",
    },
}

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "comma": {"en": ", ", "zh": "，"},
    "and": {"en": " and ", "zh": "，"},
    "by": {"en": "{answer} by {clauses}", "zh": "{answer}（依据 {clauses}）"},
    "nothing fits": {"en": "nothing fits", "zh": "均不符合"},
    "nothing": {"en": "none", "zh": "无"},
    "rest": {"en": "everything else no or zero", "zh": "其余为否或零"},
    "all": {"en": "everything no or zero", "zh": "全部为否或零"},
    "and the rest": {"en": " ({rest})", "zh": "（{rest}）"},
    "start": {"en": "start {at}", "zh": "起点 {at}"},
    "due": {"en": "{duty} is due {at}", "zh": "{duty} 于 {at} 到期"},
    "shows": {"en": "{head}: {tail}", "zh": "{head}：{tail}"},
    "open choice": {
        "en": "it depends on the open choice {choice}",
        "zh": "取决于待定事项 {choice}",
    },
    "no answer": {"en": "{decision} never names anybody", "zh": "{decision} 从不指定任何人"},
    "no recipient": {"en": "it has no recipient", "zh": "没有收件人"},
    "never told": {"en": "its moment never comes", "zh": "其触发时机永远不会到来"},
    "date": {"en": "a date that was named never moves", "zh": "已约定的日期不作任何调整"},
    "unmoved": {"en": "{limit} is not moved by a pause", "zh": "{limit} 不因暂停而顺延"},
    "nothing named": {"en": "nothing", "zh": "无"},
    "English": {"en": "English", "zh": "英文"},
    "Chinese": {"en": "Chinese", "zh": "中文"},
}
"""Small words of examples and reasons. A value may name one as ``@open choice:closer``."""


def say(
    catalogue: Mapping[str, Mapping[str, str]], key: str, language: str, /, **values: str
) -> str:
    """The text *key* of *catalogue* in *language*.

    Raises:
        InvalidValueError: *language* is neither ``en`` nor ``zh``.
    """
    if language not in ("en", "zh"):
        raise InvalidValueError(f"a language is 'en' or 'zh', got {language!r:.40}")
    spoken = {name: _spoken(value, language) for name, value in values.items()}
    return catalogue[key][language].format(**spoken)


def _spoken(value: str, language: str) -> str:
    if not value.startswith("@"):
        return value
    key, _, part = value[1:].partition(":")
    template = WORDS[key][language]
    return template.format(**dict.fromkeys(("choice", "decision", "limit"), part))
