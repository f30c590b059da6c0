"""What the calendar says to people about a due instant, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from complaintflow.calendar.limit_base import Language
from complaintflow.errors import InvalidValueError

__all__ = ["MESSAGES", "WEEKDAYS", "say"]

MESSAGES: Final[Mapping[str, Mapping[str, str]]] = {
    "headline": {
        "en": "{limit} from {start} ({zone}): due {due}.",
        "zh": "{limit}，自 {start} 起算（{zone}）：{due} 到期。",
    },
    "headline paused": {
        "en": "{limit} from {start} ({zone}): the clock is paused, {left} left.",
        "zh": "{limit}，自 {start} 起算（{zone}）：计时已暂停，剩余 {left}。",
    },
    "headline no instant": {
        "en": "{limit}: {why}.",
        "zh": "{limit}：{why}。",
    },
    "why promise": {
        "en": "due at the instant that was told to the customer, which is never moved",
        "zh": "以告知客户的时间为准，不作任何调整",
    },
    "why customer's date": {
        "en": "due at the date the customer named",
        "zh": "以客户指定的时间为准",
    },
    "why event order": {
        "en": "a gate without an instant; it holds until the other thing happens",
        "zh": "属先后顺序要求，没有具体时刻，在后一事项发生之前有效",
    },
    "why word only": {
        "en": "a duty without an instant; it never becomes overdue by itself",
        "zh": "属没有具体时刻的要求，不会自行逾期",
    },
    "why recurring": {
        "en": "a duty of its own in each period, not a clock of a case",
        "zh": "每个周期单独产生一项义务，不是个案的计时",
    },
    "start moved": {
        "en": "{before} is {where}; it counts as {after} ({convention}: {choice}).",
        "zh": "{before} {where}，视为 {after}（{convention}：{choice}）。",
    },
    "where on_closed_day": {"en": "a day without work", "zh": "当日不上班"},
    "where on_closed_day named": {
        "en": "a day without work ({name})",
        "zh": "当日不上班（{name}）",
    },
    "where before_opening": {"en": "before opening", "zh": "在上班之前"},
    "where in_break": {"en": "in a break", "zh": "在休息时间"},
    "where after_closing": {"en": "after closing or the cut-off", "zh": "在下班或截止时间之后"},
    "convention on_closed_day": {"en": "start on a closed day", "zh": "起点在非工作日"},
    "convention before_opening": {"en": "start before opening", "zh": "起点在上班前"},
    "convention in_break": {"en": "start in a break", "zh": "起点在休息时间"},
    "convention after_closing": {"en": "start after closing", "zh": "起点在下班后"},
    "convention last_day_off": {"en": "last day off", "zh": "最后一日为非工作日"},
    "convention least_working_days": {"en": "least working days", "zh": "最少工作日数"},
    "choice same_time_next_working_day": {
        "en": "same time on the next working day",
        "zh": "下一个工作日的同一时刻",
    },
    "choice next_opening": {"en": "next opening", "zh": "下一次上班时"},
    "choice following": {"en": "following working day", "zh": "顺延至下一个工作日"},
    "choice preceding": {"en": "preceding working day", "zh": "提前至上一个工作日"},
    "choice modified following": {
        "en": "following working day, in the same month",
        "zh": "顺延至下一个工作日，但不跨月",
    },
    "day zero": {
        "en": "{day} is the day of the start and does not count.",
        "zh": "{day} 为起算当日，不计入。",
    },
    "day counted": {"en": "{day} (day {number})", "zh": "{day}（第 {number} 日）"},
    "day counted named": {
        "en": "{day} (day {number}, {name})",
        "zh": "{day}（第 {number} 日，{name}）",
    },
    "counted": {"en": "Counted: {items}.", "zh": "计入：{items}。"},
    "skipped": {"en": "Not counted: {items}.", "zh": "不计入：{items}。"},
    "paused": {"en": "Paused, so not counted: {items}.", "zh": "暂停期间，不计入：{items}。"},
    "run": {"en": "{first} to {last}", "zh": "{first} 至 {last}"},
    "with name": {"en": "{what} ({name})", "zh": "{what}（{name}）"},
    "several days": {"en": "{count} days", "zh": "{count} 天"},
    "more": {"en": "{count} more", "zh": "另有 {count} 项"},
    "interval": {"en": "{start} to {end} ({length})", "zh": "{start} 至 {end}（{length}）"},
    "since": {"en": "since {start}", "zh": "自 {start} 起"},
    "separator": {"en": ", ", "zh": "、"},
    "kind weekend": {"en": "weekend", "zh": "周末"},
    "kind weekly": {"en": "closed every {weekday}", "zh": "每{weekday}休息"},
    "kind holiday": {"en": "holiday", "zh": "节假日"},
    "kind combination": {"en": "no hours left", "zh": "无可用工作时间"},
    "kind skipped": {"en": "skipped by the clocks", "zh": "当地时钟跳过的日期"},
    "kind special": {"en": "special hours", "zh": "特殊工作时间"},
    "kind make-up": {"en": "make-up day for {weekday}", "zh": "调休补班，按{weekday}上班"},
    "last day moved last_day_off": {
        "en": "Nobody works on {before}; the last day becomes {after} ({choice}).",
        "zh": "{before} 不上班，最后一日改为 {after}（{choice}）。",
    },
    "last day moved least_working_days": {
        "en": "Until {before} there are fewer than {choice} working days; "
        "the last day becomes {after}.",
        "zh": "截至 {before} 不足 {choice} 个工作日，最后一日改为 {after}。",
    },
    "next counted day": {
        "en": "That would be {before}, not after the start; "
        "the next day that counts gives {after}.",
        "zh": "所得 {before} 不晚于起点，改取下一个计入日：{after}。",
    },
    "end close of business": {
        "en": "It ends at close of business on {day}.",
        "zh": "截止于 {day} 下班时。",
    },
    "end close of business closed": {
        "en": "It ends with {day}: there is no close of business on a day without hours.",
        "zh": "截止于 {day} 结束时：当日不上班，没有下班时间。",
    },
    "end end of day": {"en": "It ends with {day}, at 23:59:59.", "zh": "截止于 {day} 23:59:59。"},
    "end same time of day": {
        "en": "It ends on {day} at the time of day of the start.",
        "zh": "截止于 {day}，与起点同一时刻。",
    },
    "end wall time": {
        "en": "It ends on {day} at the time named.",
        "zh": "截止于 {day} 的指定时刻。",
    },
    "end half day": {
        "en": "It ends with a half day of work on {day}.",
        "zh": "截止于 {day} 的半天工作结束时。",
    },
    "fraction": {
        "en": "The part of a day is {length} of working time from {start}.",
        "zh": "不足一日的部分为自 {start} 起的工作时间 {length}。",
    },
    "capped": {
        "en": "That would be {before}; it is never later than one whole day more: {after}.",
        "zh": "所得 {before} 晚于再加一整日，改为 {after}。",
    },
    "other reading": {
        "en": "The other unit, {limit}, would give {due}.",
        "zh": "另一单位（{limit}）的结果为 {due}。",
    },
    "no instant": {"en": "no instant", "zh": "没有具体时刻"},
    "provisional": {
        "en": "Provisional: {date} counts, and holidays are known only from {first} to {last}; "
        "ordinary weeks were assumed.",
        "zh": "暂定：{date} 参与计算，而节假日数据仅覆盖 {first} 至 {last}，暂按普通周计算。",
    },
    "left days": {"en": "{count} days", "zh": "{count} 日"},
    "left both": {"en": "{days} and {time}", "zh": "{days}又{time}"},
    "hours": {"en": "{count} h", "zh": "{count} 小时"},
    "minutes": {"en": "{count} min", "zh": "{count} 分钟"},
    "seconds": {"en": "{count} s", "zh": "{count} 秒"},
    "moved": {
        "en": "{limit} from {start}: {before} becomes {after}.",
        "zh": "{limit}，自 {start} 起算：由 {before} 改为 {after}。",
    },
    "reprojected": {
        "en": "Counted again: {count}; moved: {moved}; no longer provisional: {settled}.",
        "zh": "重新计算：{count}；变动：{moved}；不再暂定：{settled}。",
    },
    "picture title": {"en": "How {limit} is counted", "zh": "{limit} 的计算"},
    "picture start": {"en": "start", "zh": "起点"},
    "picture due": {"en": "due", "zh": "到期"},
    "picture counted": {"en": "counted", "zh": "计入"},
    "picture open": {"en": "open, not counted", "zh": "工作时间，不计入"},
    "picture closed": {"en": "closed", "zh": "不上班"},
    "picture paused": {"en": "paused", "zh": "暂停"},
    "picture weeks left out": {"en": "{count} weeks not shown", "zh": "省略 {count} 周"},
}
"""Every text by key; the same placeholders in both languages."""

WEEKDAYS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}


def say(key: str, lang: Language, **data: object) -> str:
    """The text of *key* with its placeholders filled.

    Raises:
        InvalidValueError: *lang* is neither ``en`` nor ``zh``.
    """
    if lang not in ("en", "zh"):
        raise InvalidValueError(f"explanations exist in 'en' and 'zh', not {lang!r}")
    return MESSAGES[key][lang].format(**data)
