"""A due instant told to people: one statement a line, in English or Chinese."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from complaintflow.calendar import steps as _s
from complaintflow.calendar.limits import Language
from complaintflow.calendar.messages import WEEKDAYS, say
from complaintflow.calendar.outcome import Left

if TYPE_CHECKING:
    from complaintflow.calendar.due import Due, Moved, Reprojection

__all__ = ["explain", "headline", "moved_text", "reprojection_text"]

_SHOWN = 12  # more items than this are told in part: the first ones and the last one
_WEEKDAY = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}


def headline(due: Due, lang: Language = "en") -> str:
    """The answer in one line."""
    limit = due.limit.text(lang)
    if due.at is None and due.left is None:
        return say("headline no instant", lang, limit=limit, why=say(f"why {due.sort}", lang))
    start = _instant(due.start, lang)
    if due.left is not None:
        key, data = "headline paused", {"left": _left(due.left, lang)}
    else:
        key, data = "headline", {"due": _instant(due.at, lang)}
    return say(key, lang, limit=limit, start=start, zone=due.calendar.timezone, **data)


def explain(due: Due, lang: Language = "en") -> str:
    """Every step, in the order in which it was taken."""
    lines = [headline(due, lang)]
    steps = due.steps
    lines += [_moved(due, step, lang) for step in steps if isinstance(step, _s.StartMoved)]
    counted = [step for step in steps if isinstance(step, _s.CountedDay)]
    if counted and counted[0].date > due.outcome.day:
        lines.append(say("day zero", lang, day=_day(due.outcome.day, lang)))
    if counted:
        lines.append(_items("counted", [_counted(step, lang) for step in counted], lang))
    skipped = [step for step in steps if isinstance(step, _s.SkippedDay)]
    parted = any(isinstance(step, _s.FractionAdded) for step in steps)
    if skipped:
        lines.append(_items("skipped", _runs(skipped, lang), lang))
    paused = [step.date for step in steps if isinstance(step, _s.PausedDay)]
    if paused:
        lines.append(_items("paused", _date_runs(paused, lang), lang))
    lines += [line for step in steps if (line := _rest(due, step, lang))]
    spans = [step for step in steps if isinstance(step, _s.CountedInterval)]
    if spans and (due.sort != "elapsed" or parted or due.pauses):
        lines.append(
            _items("counted", [_span(due, step.start, step.end, lang) for step in spans], lang)
        )
    stops = [step for step in steps if isinstance(step, _s.PausedTime)]
    if stops:
        shown = [_span(due, step.start, step.end, lang) for step in stops]
        lines.append(_items("paused", shown, lang))
    lines += [
        say("provisional", lang, date=_day(why.date, lang), first=why.first, last=why.last)
        for why in due.reasons
    ]
    return "\n".join(lines)


def _moved(due: Due, step: _s.StartMoved, lang: Language) -> str:
    name = None
    if step.convention == "on_closed_day":
        name = due.calendar.day(due.calendar.day_of(step.before)).name
    key = f"where {step.convention}" + (" named" if name else "")
    where = say(key, lang, name=name) if name else say(key, lang)
    return say(
        "start moved",
        lang,
        before=_us(due, step.before, lang),
        where=where,
        after=_us(due, step.after, lang),
        convention=say(f"convention {step.convention}", lang),
        choice=say(f"choice {step.choice}", lang),
    )


def _rest(due: Due, step: _s.Step, lang: Language) -> str:
    match step:
        case _s.LastDayMoved(convention, choice, before, after):
            if convention == "last_day_off":
                choice = say(f"choice {choice}", lang)
            return say(
                f"last day moved {convention}",
                lang,
                before=_day(before, lang),
                after=_day(after, lang),
                choice=choice,
            )
        case _s.NextCountedDay(before, after):
            return say(
                "next counted day", lang, before=_us(due, before, lang), after=_us(due, after, lang)
            )
        case _s.DayEnd(date, rule, closed):
            key = f"end {rule}" + (" closed" if closed else "")
            return say(key, lang, day=_day(date, lang))
        case _s.FractionAdded(start, micros):
            return say("fraction", lang, length=_length(micros, lang), start=_us(due, start, lang))
        case _s.Capped(before, after):
            return say("capped", lang, before=_us(due, before, lang), after=_us(due, after, lang))
        case _s.OtherReading(limit, at):
            shown = say("no instant", lang) if at is None else _us(due, at, lang)
            return say("other reading", lang, limit=limit.text(lang), due=shown)
    return ""


def _items(key: str, items: Sequence[str], lang: Language) -> str:
    shown = list(items)
    if len(items) > _SHOWN:
        more = say("more", lang, count=len(items) - 7)
        shown = [*items[:6], more, items[-1]]
    return say(key, lang, items=say("separator", lang).join(shown))


def _counted(step: _s.CountedDay, lang: Language) -> str:
    name = step.name
    if name is None and step.kind == "make-up" and step.stands_for is not None:
        weekday = WEEKDAYS[lang][_WEEKDAY[step.stands_for]]
        name = say("kind make-up", lang, weekday=weekday)
    if name is None and step.kind == "special":
        name = say("kind special", lang)
    if name is None:
        return say("day counted", lang, day=_day(step.date, lang), number=step.number)
    return say("day counted named", lang, day=_day(step.date, lang), number=step.number, name=name)


def _runs(skipped: Iterable[_s.SkippedDay], lang: Language) -> list[str]:
    """Skipped days by the name they share; a name with many runs is told by its number."""
    names: dict[str, list[_dt.date]] = {}
    for step in skipped:
        names.setdefault(step.name or _kind(step, lang), []).append(step.date)
    shown = []
    for name, dates in names.items():
        runs = _date_runs(dates, lang)
        whats = runs if len(runs) <= 3 else [say("several days", lang, count=len(dates))]
        shown += [say("with name", lang, what=what, name=name) for what in whats]
    return shown


def _kind(step: _s.SkippedDay, lang: Language) -> str:
    weekday = step.date.weekday()
    if step.kind != "weekly":
        return say(f"kind {step.kind}", lang)
    if weekday > 4:
        return say("kind weekend", lang)
    return say("kind weekly", lang, weekday=WEEKDAYS[lang][weekday])


def _date_runs(dates: Sequence[_dt.date], lang: Language) -> list[str]:
    runs: list[list[_dt.date]] = []
    for date in dates:
        if runs and (date - runs[-1][-1]).days == 1:
            runs[-1].append(date)
        else:
            runs.append([date])
    return [
        _day(run[0], lang)
        if len(run) == 1
        else say("run", lang, first=_day(run[0], lang), last=_day(run[-1], lang))
        for run in runs
    ]


def _span(due: Due, start: int, end: int | None, lang: Language) -> str:
    if end is None:
        return say("since", lang, start=_us(due, start, lang))
    first, last = due._shown(start), due._shown(end)
    assert first is not None and last is not None
    same = first.date() == last.date()
    return say(
        "interval",
        lang,
        start=_instant(first, lang),
        end=_clock(last) if same else _instant(last, lang),
        length=_length(end - start, lang),
    )


def _left(left: Left, lang: Language) -> str:
    days = say("left days", lang, count=left.days)
    if not left.micros:
        return days if left.days else say("seconds", lang, count=0)
    time = _length(left.micros, lang)
    return say("left both", lang, days=days, time=time) if left.days else time


def _length(micros: int, lang: Language) -> str:
    seconds = micros // 1_000_000
    parts = []
    if seconds >= 3_600:
        parts.append(say("hours", lang, count=seconds // 3_600))
    if seconds % 3_600 >= 60:
        parts.append(say("minutes", lang, count=seconds % 3_600 // 60))
    if seconds % 60 or not parts:
        parts.append(say("seconds", lang, count=seconds % 60))
    return " ".join(parts)


def _day(date: _dt.date, lang: Language) -> str:
    weekday = WEEKDAYS[lang][date.weekday()]
    return f"{weekday} {date}" if lang == "en" else f"{date}（{weekday}）"


def _clock(at: _dt.datetime) -> str:
    return at.strftime("%H:%M:%S" if at.second else "%H:%M")


def _instant(at: _dt.datetime | None, lang: Language) -> str:
    assert at is not None
    return f"{_day(at.date(), lang)}{' ' if lang == 'en' else ''}{_clock(at)}"


def _us(due: Due, at: int, lang: Language) -> str:
    return _instant(due._shown(at), lang)


def moved_text(moved: Moved, lang: Language = "en") -> str:
    """What moved, in one line."""
    old, new = moved.before, moved.after
    return say(
        "moved",
        lang,
        limit=old.limit.text(lang),
        start=_instant(old.start, lang),
        before=_state(old, lang),
        after=_state(new, lang),
    )


def _state(due: Due, lang: Language) -> str:
    if due.left is not None:
        return _left(due.left, lang)
    return say("no instant", lang) if due.at is None else _instant(due.at, lang)


def reprojection_text(report: Reprojection, lang: Language = "en") -> str:
    """The report for people."""
    head = say(
        "reprojected",
        lang,
        count=len(report.dues),
        moved=len(report.moved),
        settled=len(report.settled),
    )
    return "\n".join([head, *(moved_text(moved, lang) for moved in report.moved)])
