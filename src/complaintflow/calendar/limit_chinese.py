"""Limits in Chinese."""

from __future__ import annotations

import datetime as _dt
from decimal import Decimal
from typing import Literal

from complaintflow.calendar import limits as _l
from complaintflow.calendar.limit_amounts import Unit, amount
from complaintflow.calendar.limit_reader import Reader, plain, wall

__all__ = ["KEYS_ZH", "read_chinese", "write_chinese"]

KEYS_ZH = {
    "用语": "word",
    "先于": "before",
    "另见": "referenced",
    "未定": "unset",
    "未规定": "unset",
    "承诺时间": "promise",
    "承诺": "promise",
    "客户指定时间": "customer's date",
}
# Longest first: 个工作日 must be seen before 个 can be mistaken for a bare counter.
_UNITS: dict[str, Unit] = {
    "个工作小时": ("working time", 3600),
    "工作小时": ("working time", 3600),
    "个工作分钟": ("working time", 60),
    "工作分钟": ("working time", 60),
    "工作秒": ("working time", 1),
    "个工作日": ("working days", 1),
    "工作日": ("working days", 1),
    "个自然日": ("calendar days", 1),
    "自然日": ("calendar days", 1),
    "个日历日": ("calendar days", 1),
    "日历日": ("calendar days", 1),
    "日历天": ("calendar days", 1),
    "个小时": ("elapsed", 3600),
    "小时": ("elapsed", 3600),
    "分钟": ("elapsed", 60),
    "秒": ("elapsed", 1),
    "天": ("calendar days", 1),
    "日": ("calendar days", 1),
    "个星期": ("calendar days", 7),
    "星期": ("calendar days", 7),
    "周": ("calendar days", 7),
    "个月": ("months", 1),
    "年": ("months", 12),
}
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_WEEKDAYS = "一二三四五六日"
_SAME_DAY = ("当天", "当日")
_EVERY: dict[str, Literal["week", "month", "quarter", "year"]] = {
    "周": "week",
    "月": "month",
    "季度": "quarter",
    "年": "year",
}
_COUNTED = {"week": "周", "month": "个月", "quarter": "个季度", "year": "年"}
_AMOUNT = "expected a limit such as '3 个工作日', '24 小时' or '当天'"


def read_chinese(reader: Reader) -> _l.Limit:
    """Read one limit that is not keyed by a colon."""
    if reader.take("滚动每"):
        return _rolling(reader)
    if reader.take("每"):
        return _every(reader)
    if reader.take_any(_SAME_DAY):
        if reader.take("下班前"):
            return _l.SameDay("close of business")
        _within(reader)
        return _l.SameDay()
    if reader.take("下一个半天结束"):
        return _l.FixedPoint("half day", 1)
    for word, months in (("下个月", 1), ("下月", 1), ("次月", 1), ("本月", 0), ("当月", 0)):
        if reader.take(word):
            return _of_month(reader, months)
    if reader.take_any(("下一个", "下一", "次")):
        return _nth(reader, 1)
    if reader.take("第"):
        number = _number(reader)
        if number is None or number != int(number):
            raise reader.error("expected a whole number such as '第 2 个工作日'")
        if reader.take("个半天结束"):
            return _l.FixedPoint("half day", int(number))
        return _nth(reader, int(number))
    return _amount(reader)


def _within(reader: Reader) -> None:
    reader.take_any(("以内", "之内", "内"))


def _number(reader: Reader) -> Decimal | None:
    found = reader.number()
    if found is not None:
        return found
    if reader.take("半"):
        return Decimal("0.5")
    value: int | None = None
    word = reader.take_any(_DIGITS)
    if word is not None:
        value = _DIGITS[word]
    if reader.take("十"):
        value = 10 * (value or 1)
        word = reader.take_any(_DIGITS)
        value += _DIGITS[word] if word is not None else 0
    return None if value is None else Decimal(value)


def _amount(reader: Reader) -> _l.Limit:
    parts: list[tuple[Decimal, Unit, int]] = []
    while True:
        start = reader.pos
        number = _number(reader)
        if number is None:
            break
        word = reader.take_any(_UNITS)
        if word is None:
            raise reader.error("expected a unit such as '个工作日', '小时' or '天'")
        if number == Decimal("0.5") and word in ("天", "日"):
            reader.pos = start
            found = reader.error("half a day of what?")
            found.suggestion = "半个工作日"
            raise found
        parts.append((number, _UNITS[word], start))
    if not parts:
        raise reader.error(_AMOUNT)
    _within(reader)
    return amount(reader, parts)


def _time(reader: Reader) -> _dt.time | None:
    time = reader.clock()
    reader.take("前")
    return time


def _nth(reader: Reader, count: int) -> _l.FixedPoint:
    if reader.take_any(("个工作日", "工作日")):
        return _l.FixedPoint("working day", count, 0, _time(reader))
    if reader.take_any(("个自然日", "自然日", "个日历日", "日历日", "天", "日")):
        return _l.FixedPoint("calendar day", count, 0, _time(reader))
    raise reader.error("expected '工作日' or '自然日'")


def _of_month(reader: Reader, months: int) -> _l.FixedPoint:
    if reader.take("最后一天"):
        return _l.FixedPoint("day of month", 31, months, _time(reader))
    number = reader.number()
    if number is None or number != int(number) or not reader.take_any(("日", "号")):
        raise reader.error("expected a day such as '5 日' or '最后一天'")
    return _l.FixedPoint("day of month", int(number), months, _time(reader))


def _rolling(reader: Reader) -> _l.Recurring:
    number = _number(reader)
    if number is None or number != int(number):
        raise reader.error("expected a whole number such as '滚动每 6 个月'")
    for every, word in _COUNTED.items():
        if reader.take(word):
            return _l.Recurring(every, int(number), rolling=True)  # type: ignore[arg-type]
    raise reader.error("expected '周', '个月', '个季度' or '年'")


def _every(reader: Reader) -> _l.Recurring:
    calendar = reader.take_any(("个日历", "日历", "个自然", "自然")) is not None
    word = reader.take_any(_EVERY)
    if word is None:
        raise reader.error("expected '周', '月', '季度' or '年'")
    every = _EVERY[word]
    if calendar:
        return _l.Recurring(every)
    reader.take("不晚于")
    found: _l.Recurring | None = None
    if every == "week":
        day = reader.take_any(("周", "星期")) and reader.take_any(_WEEKDAYS)
        found = _l.Recurring("week", by=_WEEKDAYS.index(day) + 1) if day else None
    elif every == "month" and reader.take("最后一天"):
        found = _l.Recurring("month", by=31)
    elif every in ("month", "year"):
        number = reader.number()
        if number is not None and number == int(number):
            found = _by(reader, every, int(number))
    if found is None:
        raise reader.error(
            f"say which day or which period, such as '每月不晚于 5 日', '每个日历{word}' "
            f"or '滚动每 1 {_COUNTED[every]}'"
        )
    reader.take("前")
    return found


def _by(reader: Reader, every: str, number: int) -> _l.Recurring | None:
    if every == "month":
        return _l.Recurring("month", by=number) if reader.take_any(("日", "号")) else None
    if not reader.take("月"):
        return None
    day = reader.number()
    if day is None or day != int(day) or not reader.take_any(("日", "号")):
        raise reader.error("expected a day such as '31 日'")
    return _l.Recurring("year", by=int(day), month=number)


def write_chinese(limit: _l.Limit) -> str:
    """The canonical Chinese text."""
    match limit:
        case _l.Elapsed(seconds):
            if seconds % 3600 == 0:
                return f"{seconds // 3600} 小时"
            return f"{seconds // 60} 分钟" if seconds % 60 == 0 else f"{seconds} 秒"
        case _l.WorkingTime(seconds):
            if seconds % 3600 == 0:
                return f"{seconds // 3600} 个工作小时"
            return f"{seconds // 60} 个工作分钟" if seconds % 60 == 0 else f"{seconds} 工作秒"
        case _l.WorkingDays(days):
            return "半个工作日" if days == Decimal("0.5") else f"{plain(days)} 个工作日"
        case _l.CalendarDays(days, weeks):
            parts = [f"{weeks} 周"] if weeks else []
            return " ".join([*parts, f"{days} 个自然日"] if days else parts)
        case _l.Months(months, years):
            parts = [f"{years} 年"] if years else []
            return " ".join([*parts, f"{months} 个月"] if months else parts)
        case _l.SameDay(end):
            return "当天" if end == "end of day" else "当天下班前"
        case _:
            return _write_other(limit)


def _write_other(limit: _l.Limit) -> str:
    match limit:
        case _l.FixedPoint():
            return _write_point(limit)
        case _l.Recurring():
            return _write_every(limit)
        case _l.Promise(fact):
            return f"承诺时间: {fact}" if fact else "承诺时间"
        case _l.CustomersDate(fact):
            return f"客户指定时间: {fact}" if fact else "客户指定时间"
        case _l.EventOrder(before):
            return f"先于: {before}"
        case _l.WordOnly(words):
            return f"用语: {words}"
        case _l.Referenced(where):
            return f"另见: {where}"
        case _l.Unset(note):
            return f"未定: {note}" if note else "未定"
    raise AssertionError(limit)  # the union is closed


def _write_point(limit: _l.FixedPoint) -> str:
    if limit.on == "half day":
        return "下一个半天结束" if limit.count == 1 else f"第 {limit.count} 个半天结束"
    if limit.on == "day of month":
        day = "下个月" if limit.months else "本月"
        day += "最后一天" if limit.count == 31 else f" {limit.count} 日"
    else:
        kind = "工作日" if limit.on == "working day" else "自然日"
        day = f"下一个{kind}" if limit.count == 1 else f"第 {limit.count} 个{kind}"
    return f"{day} {wall(limit.time)}" if limit.time else day


def _write_every(limit: _l.Recurring) -> str:
    if limit.rolling:
        return f"滚动每 {limit.count} {_COUNTED[limit.every]}"
    word = next(word for word, every in _EVERY.items() if every == limit.every)
    if limit.by is None:
        return f"每个日历{word}"
    if limit.every == "week":
        return f"每周不晚于周{_WEEKDAYS[limit.by - 1]}"
    if limit.month is not None:
        return f"每年不晚于 {limit.month} 月 {limit.by} 日"
    return "每月不晚于最后一天" if limit.by == 31 else f"每月不晚于 {limit.by} 日"
