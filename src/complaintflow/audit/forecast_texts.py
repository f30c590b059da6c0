"""What forecasts say, in English and in Chinese."""

from __future__ import annotations

__all__ = ["FORECAST"]

FORECAST: dict[str, dict[str, str]] = {
    "title": {
        "en": "{case}: if nothing more happens until {until}",
        "zh": "{case}：若至 {until} 无进一步动作",
    },
    "nothing": {"en": "nothing falls due", "zh": "无到期事项"},
    "due": {"en": "{what} falls due", "zh": "{what}到期"},
    "projected": {"en": "{what} would fall due", "zh": "{what}预计到期"},
    "missed": {"en": "{what} is missed", "zh": "{what}逾期"},
    "begins": {"en": "{what} begins", "zh": "{what}开始"},
    "told": {"en": "notice {what}", "zh": "通知“{what}”"},
    "rung": {"en": "{what}: {rung}", "zh": "{what}：{rung}"},
    "why due": {"en": "due {due}", "zh": "期限 {due}"},
    "owes": {"en": "owed by {who}", "zh": "责任方 {who}"},
    "tells": {"en": "told: {who}", "zh": "告知 {who}"},
    "person": {"en": "{role} ({person})", "zh": "{role}（{person}）"},
    "kind internal": {"en": "internal", "zh": "内部"},
    "kind customer": {"en": "customer", "zh": "客户"},
    "kind statutory": {"en": "statutory", "zh": "法定"},
    "kind promise": {"en": "promise", "zh": "承诺"},
    "outlook": {
        "en": "until {until}: {count} due in {cases} cases, {overdue} overdue now",
        "zh": "至 {until}：{cases} 案共 {count} 项到期，现已逾期 {overdue} 项",
    },
    "week": {"en": "week {week}", "zh": "第 {week} 周"},
    "axis now": {"en": "now", "zh": "现在"},
    "runs": {"en": "runs", "zh": "计时中"},
    "stands": {"en": "stands", "zh": "停止计时"},
    "ahead": {"en": "projected", "zh": "预计"},
    "late": {"en": "missed", "zh": "逾期"},
    "tick": {"en": "somebody is told", "zh": "告知节点"},
}
