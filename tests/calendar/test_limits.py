"""Limits: what can be said, what it means, and what is refused."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.calendar import limits as _l
from complaintflow.calendar.limits import Limit
from complaintflow.errors import InvalidValueError, TextError

SAID = {
    # as written in policies and procedures: (the limit, canonical English, canonical Chinese)
    "24 h": (_l.Elapsed(86_400), "24 h", "24 小时"),
    "90 min": (_l.Elapsed(5_400), "90 min", "90 分钟"),
    "0.5 h": (_l.Elapsed(1_800), "30 min", "30 分钟"),
    "half an hour": (_l.Elapsed(1_800), "30 min", "30 分钟"),
    "1 h 30 min": (_l.Elapsed(5_400), "90 min", "90 分钟"),
    "45 s": (_l.Elapsed(45), "45 s", "45 秒"),
    "十二小时": (_l.Elapsed(43_200), "12 h", "12 小时"),
    "4 working hours": (_l.WorkingTime(14_400), "4 working hours", "4 个工作小时"),
    "1 working hour": (_l.WorkingTime(3_600), "1 working hour", "1 个工作小时"),
    "90 working minutes": (_l.WorkingTime(5_400), "90 working minutes", "90 个工作分钟"),
    "2工作小时": (_l.WorkingTime(7_200), "2 working hours", "2 个工作小时"),
    "3 working days": (_l.WorkingDays(3), "3 working days", "3 个工作日"),
    "three business days": (_l.WorkingDays(3), "3 working days", "3 个工作日"),
    "三个工作日内": (_l.WorkingDays(3), "3 working days", "3 个工作日"),
    "half working day": (_l.WorkingDays("0.5"), "half working day", "半个工作日"),
    "半个工作日": (_l.WorkingDays("0.5"), "half working day", "半个工作日"),
    "1.5 working days": (_l.WorkingDays("1.5"), "1.5 working days", "1.5 个工作日"),
    "10 calendar days": (_l.CalendarDays(10), "10 calendar days", "10 个自然日"),
    "within 3 days": (_l.CalendarDays(3), "3 calendar days", "3 个自然日"),
    "三日": (_l.CalendarDays(3), "3 calendar days", "3 个自然日"),
    "2 weeks": (_l.CalendarDays(weeks=2), "2 weeks", "2 周"),
    "一周内": (_l.CalendarDays(weeks=1), "1 week", "1 周"),
    "1 week 2 days": (_l.CalendarDays(2, 1), "1 week 2 calendar days", "1 周 2 个自然日"),
    "6 months": (_l.Months(6), "6 months", "6 个月"),
    "1 year": (_l.Months(years=1), "1 year", "1 年"),
    "1 year and 6 months": (_l.Months(6, 1), "1 year 6 months", "1 年 6 个月"),
    "same day": (_l.SameDay(), "same day", "当天"),
    "当日内": (_l.SameDay(), "same day", "当天"),
    "same day, by close of business": (
        _l.SameDay("close of business"),
        "same day by close of business",
        "当天下班前",
    ),
    "09:00 on the next working day": (
        _l.FixedPoint("working day", 1, 0, dt.time(9)),
        "09:00 on the next working day",
        "下一个工作日 09:00",
    ),
    "the 2nd working day at 17:30": (
        _l.FixedPoint("working day", 2, 0, dt.time(17, 30)),
        "17:30 on the 2nd working day",
        "第 2 个工作日 17:30",
    ),
    "次日": (_l.FixedPoint("calendar day"), "the next calendar day", "下一个自然日"),
    "the 5th of next month": (
        _l.FixedPoint("day of month", 5, 1),
        "the 5th of next month",
        "下个月 5 日",
    ),
    "the last day of this month": (
        _l.FixedPoint("day of month", 31),
        "the last day of this month",
        "本月最后一天",
    ),
    "end of the next half day": (
        _l.FixedPoint("half day"),
        "end of the next half day",
        "下一个半天结束",
    ),
    "every month by the 5th": (
        _l.Recurring("month", by=5),
        "every month by the 5th",
        "每月不晚于 5 日",
    ),
    "每月5日前": (_l.Recurring("month", by=5), "every month by the 5th", "每月不晚于 5 日"),
    "every year by 31 March": (
        _l.Recurring("year", by=31, month=3),
        "every year by 31 March",
        "每年不晚于 3 月 31 日",
    ),
    "every week by friday": (
        _l.Recurring("week", by=5),
        "every week by Friday",
        "每周不晚于周五",
    ),
    "every rolling year": (
        _l.Recurring("year", rolling=True),
        "every rolling year",
        "滚动每 1 年",
    ),
    "every 6 rolling months": (
        _l.Recurring("month", 6, rolling=True),
        "every 6 rolling months",
        "滚动每 6 个月",
    ),
    "the 2nd calendar day": (
        _l.FixedPoint("calendar day", 2),
        "the 2nd calendar day",
        "第 2 个自然日",
    ),
    "every month by the last day": (
        _l.Recurring("month", by=31),
        "every month by the last day",
        "每月不晚于最后一天",
    ),
    "every calendar month": (_l.Recurring("month"), "every calendar month", "每个日历月"),
    "当天下班前": (
        _l.SameDay("close of business"),
        "same day by close of business",
        "当天下班前",
    ),
    "第2个半天结束": (
        _l.FixedPoint("half day", 2),
        "end of the 2nd half day",
        "第 2 个半天结束",
    ),
    "次月最后一天 12:00 前": (
        _l.FixedPoint("day of month", 31, 1, dt.time(12)),
        "12:00 on the last day of next month",
        "下个月最后一天 12:00",
    ),
    "每月最后一天": (
        _l.Recurring("month", by=31),
        "every month by the last day",
        "每月不晚于最后一天",
    ),
    "二十四小时": (_l.Elapsed(86_400), "24 h", "24 小时"),
    "promise": (_l.Promise(), "promise", "承诺时间"),
    "promise: promised_for": (
        _l.Promise("promised_for"),
        "promise: promised_for",
        "承诺时间: promised_for",
    ),
    "customer's date": (_l.CustomersDate(), "customer's date", "客户指定时间"),
    "customer\u2019s date": (_l.CustomersDate(), "customer's date", "客户指定时间"),
    "before: commitment": (_l.EventOrder("commitment"), "before: commitment", "先于: commitment"),
    "word: promptly": (_l.WordOnly("promptly"), "word: promptly", "用语: promptly"),
    "word: at once (马上)": (
        _l.WordOnly("at once (马上)"),
        "word: at once (马上)",
        "用语: at once (马上)",
    ),
    "用语：及时": (_l.WordOnly("及时"), "word: 及时", "用语: 及时"),
    "referenced: stipulated time": (
        _l.Referenced("stipulated time"),
        "referenced: stipulated time",
        "另见: stipulated time",
    ),
    "unset": (_l.Unset(), "unset", "未定"),
    "unset: [X1] working days": (
        _l.Unset("[X1] working days"),
        "unset: [X1] working days",
        "未定: [X1] working days",
    ),
    "10 working days (also written: 2 weeks)": (
        _l.Disagreeing(_l.WorkingDays(10), _l.CalendarDays(weeks=2)),
        "10 working days (also written: 2 weeks)",
        "10 个工作日(另写作: 2 周)",
    ),
}


@pytest.mark.parametrize("said", SAID)
def test_what_is_said_is_understood(said: str) -> None:
    limit, english, chinese = SAID[said]
    assert Limit.parse(said) == limit
    assert isinstance(limit, Limit)
    assert str(limit) == limit.text() == english
    assert limit.text("zh") == chinese


def test_every_sort_is_said_above() -> None:
    sorts = {limit.sort for limit, _, _ in SAID.values()}
    assert sorts == {
        "elapsed", "working time", "working days", "calendar days", "months", "same day",
        "fixed point", "recurring", "promise", "customer's date", "event order", "word only",
        "referenced", "unset", "disagreeing",
    }  # fmt: skip


WRONG = {
    # text: (column of the mistake, what was probably meant, words of the message)
    "24 hurs": (4, "hours", "unit"),
    "3 workng days": (3, "working", "unit"),
    "3 working dys": (11, "days", "working"),
    "09:00 on the nxt working day": (14, "next", "next"),
    "09:00 the next working day": (7, None, "'on'"),
    "25:00 on the next working day": (1, None, "no clock shows"),
    "every month": (12, None, "every calendar month"),
    "every mnth by the 5th": (7, "month", "quarter"),
    "every year by 31 Marsh": (18, "march", "month's name"),
    "every quarter by the 5th": (18, None, "quarter"),
    "every 2 calendar months": (7, None, "one by one"),
    "same": (1, "same", "expected a limit"),
    "": (1, None, "expected a limit"),
    "   ": (4, None, "expected a limit"),
    "3": (2, None, "unit"),
    "0 h": (1, None, "between 1"),
    "0 working days": (1, None, "above 0"),
    "  0 days": (3, None, "between 1"),
    "2.5 days": (1, None, "half working day"),
    "0.5 weeks": (1, None, "fractions"),
    "1 week 0.5 months": (8, None, "added up"),
    "2.5 years": (1, None, "fractions"),
    "the 2.5th working day": (5, None, "whole number"),
    "the nth working day": (5, None, "'2nd'"),
    "the 2nd wrking day": (9, "working", "working day"),
    "09:00 on the next working day at": (31, None, "did not expect"),
    "the next working day at noon": (25, None, "wall time"),
    "every 1.5 rolling years": (7, None, "whole number"),
    "every year by March": (15, None, "31 March"),
    "every week by frday": (15, "friday", "weekday"),
    "滚动每月": (4, None, "滚动每 6 个月"),
    "滚动每 6 号": (7, None, "个季度"),
    "每号": (2, None, "季度"),
    "每年 3 月 5": (9, None, "31 日"),
    "每年 5": (5, None, "每个日历年"),
    "每年 3 号": (6, None, "每个日历年"),
    "第 2 个月": (5, None, "自然日"),
    "0.0001 s": (1, None, "second"),
    "1.0005 working days": (1, None, "three decimals"),
    "1 h 2 days": (5, None, "added up"),
    "12345678901234567890 h": (1, None, "too long"),
    "3 working days please": (16, None, "'please'"),
    "promptly": (1, None, "word: promptly"),
    "word:": (6, None, "needs words"),
    "2 weeks (10 working days)": (10, None, "also written"),
    "2 weeks (also written: 14 days": (31, None, "')'"),
    "2 weeks (also written: 2 weeks)": (1, None, "disagree"),
    "半天": (1, "半个工作日", "half a day"),
    "3 个工作曰": (3, None, "个工作日"),
    "每月": (3, None, "每月不晚于 5 日"),
    "第工作日": (2, None, "whole number"),
    "下个月": (4, None, "最后一天"),
    "the 32nd of next month": (1, None, "between 1 and 31"),
}


@pytest.mark.parametrize("text", WRONG)
def test_an_error_points_at_the_character(text: str) -> None:
    column, meant, words = WRONG[text]
    with pytest.raises(TextError) as caught:
        Limit.parse(text)
    assert (caught.value.column, caught.value.suggestion) == (column, meant)
    assert caught.value.text == text
    assert words in caught.value.message
    assert str(caught.value).endswith(" " * (column - 1) + "^")


def test_a_text_that_is_too_long_is_refused_at_once() -> None:
    with pytest.raises(TextError, match="at most 300"):
        Limit.parse("1 h " * 1_000_000)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="read from text"):
        Limit.parse(3)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="'en' and 'zh'"):
        _l.Elapsed(60).text("de")  # type: ignore[arg-type]


@given(
    st.text(max_size=60) | st.text("0123456789 .:半个工作日月年第每周hdaysworking()", max_size=60)
)
def test_any_text_is_a_limit_or_a_text_error(text: str) -> None:
    try:
        limit = Limit.parse(text)
    except TextError as error:
        assert 1 <= error.column <= len(text) + 1
    else:
        assert Limit.parse(str(limit)) == limit


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: _l.Elapsed(1.5), "whole number"),
        (lambda: _l.Elapsed(True), "whole number"),
        (lambda: _l.Elapsed(0), "between 1"),
        (lambda: _l.Elapsed(dt.timedelta(microseconds=1)), "whole seconds"),
        (lambda: _l.WorkingTime(3_600_000_001), "between"),
        (lambda: _l.WorkingDays(0.5), "Decimal"),
        (lambda: _l.WorkingDays("NaN"), "above 0"),
        (lambda: _l.WorkingDays("x"), "plain decimal"),
        (lambda: _l.WorkingDays(Fraction(1, 3)), "plain decimal"),
        (lambda: _l.WorkingDays(36_526), "36,525"),
        (_l.CalendarDays, "between 1"),
        (lambda: _l.CalendarDays(-1, 2), "between 0"),
        (lambda: _l.Months(0), "between 1"),
        (lambda: _l.SameDay("noon"), "end is one of"),  # type: ignore[arg-type]
        (lambda: _l.FixedPoint("working day", 0), "between 1"),
        (lambda: _l.FixedPoint("night"), "on is one of"),  # type: ignore[arg-type]
        (lambda: _l.Recurring("day"), "every is one of"),  # type: ignore[arg-type]
        (lambda: _l.FixedPoint("working day", 1, 1), "between 0 and 0"),
        (lambda: _l.FixedPoint("half day", 1, 0, dt.time(9)), "half day"),
        (lambda: _l.FixedPoint("working day", 1, 0, dt.time(9, tzinfo=dt.UTC)), "no zone"),
        (lambda: _l.Recurring("month", 2), "between 1 and 1"),
        (lambda: _l.Recurring("quarter", by=3), "day to be done by"),
        (lambda: _l.Recurring("year", by=3), "with its month"),
        (lambda: _l.Recurring("year", month=3), "needs a day"),
        (lambda: _l.Recurring("week", by=8), "between 1 and 7"),
        (lambda: _l.Recurring("year", by=1, month=13), "between 1 and 12"),
        (lambda: _l.WordOnly("  "), "empty"),
        (lambda: _l.WordOnly("a\nb"), "one line"),
        (lambda: _l.Referenced("x" * 201), "200"),
        (lambda: _l.Unset(3), "text"),
        (lambda: _l.Disagreeing(_l.Unset(), _l.Elapsed(60)), "two amounts"),
    ],
)
def test_what_cannot_be_is_refused(make: Any, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        make()


def test_amounts_are_exact_and_equal_by_value() -> None:
    assert (
        _l.WorkingDays("1.50") == _l.WorkingDays(Decimal("1.5")) == _l.WorkingDays(Fraction(3, 2))
    )
    assert hash(_l.WorkingDays("2.0")) == hash(_l.WorkingDays(2))
    assert _l.WorkingDays("100").days == 100
    assert _l.Elapsed(dt.timedelta(hours=2)) == _l.Elapsed(7_200)
    assert _l.CalendarDays(weeks=2) != _l.CalendarDays(14)
    assert _l.CalendarDays(weeks=2).total == _l.CalendarDays(14).total


def test_limits_are_frozen_and_survive_pickling() -> None:
    for limit, _, _ in SAID.values():
        assert pickle.loads(pickle.dumps(limit)) == limit
    with pytest.raises(AttributeError):
        _l.Elapsed(60).seconds = 61  # type: ignore[misc]
