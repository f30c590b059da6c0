"""A deadline being counted, week by week, as a picture: SVG with real text.

Drawn from the data of the explanation; the same due instant gives the same characters.
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from complaintflow.calendar.explanation_text import explain
from complaintflow.calendar.limit_base import Language
from complaintflow.calendar.messages import WEEKDAYS, say
from complaintflow.calendar.picture_style import (
    CLOSED,
    COUNTED,
    DUE,
    FONT,
    GRID,
    INK,
    MUTED,
    OPEN,
    START,
    hatch,
    line,
    rect,
    text,
)
from complaintflow.calendar.steps import CountedDay, CountedInterval, FractionAdded
from complaintflow.errors import InvalidValueError

if TYPE_CHECKING:
    from complaintflow.calendar.due import Due

__all__ = ["week_view"]

_LEFT, _TOP, _COLUMN, _HOUR = 46, 58, 102, 6
_HEAD, _GAP = 20, 16
_BODY = 24 * _HOUR
_WEEK = _HEAD + _BODY + _GAP
_WIDTH = _LEFT + 7 * _COLUMN + 14
_FIRST, _LAST = 4, 2  # of more weeks than these, the middle is left out
_ONE = _dt.timedelta(days=1)


def week_view(due: Due, lang: Language = "en") -> str:
    """An SVG document: the weeks from the start to the due instant, one row each.

    Open hours are light, what counted is dark, closed days are hatched and carry their
    name. Of a long limit the first four and the last two weeks are shown.

    Raises:
        InvalidValueError: there is nothing to draw, because the limit has no instant.
    """
    return _Picture(due, lang).svg()


class _Picture:
    def __init__(self, due: Due, lang: Language) -> None:
        if due.us is None and due.left is None:
            raise InvalidValueError(f"there is nothing to draw: {explain(due, lang)}")
        self.due, self.lang = due, lang
        self.calendar = due.calendar
        lasting = [begin for begin, end in due.pauses if end is None]
        self.end = due.us if due.us is not None else max(lasting[0], due.outcome.effective)
        self.steps = due.steps
        self.parts: list[str] = []

    def svg(self) -> str:
        weeks = self._weeks()
        rows: list[_dt.date | int] = list(weeks)
        if len(weeks) > _FIRST + _LAST + 1:
            rows = [*weeks[:_FIRST], len(weeks) - _FIRST - _LAST, *weeks[-_LAST:]]
        y = _TOP + (18 if self.due.provisional else 0)
        for row in rows:
            if isinstance(row, int):
                label = say("picture weeks left out", self.lang, count=row)
                self._put(text(_WIDTH / 2, y + 14, label, fill=MUTED, anchor="middle"))
                y += 30
            else:
                self._week(row, y)
                y += _WEEK
        self._legend(y + 8)
        return self._document(y + 34)

    def _put(self, *parts: str) -> None:
        self.parts += parts

    def _document(self, height: int) -> str:
        lines = explain(self.due, self.lang).split("\n")
        limit = self.due.limit.text(self.lang)
        title = escape(say("picture title", self.lang, limit=limit))
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
            f'width="{_WIDTH}" height="{height}" role="img" xml:lang="{self.lang}" '
            f'font-family="{FONT}" font-size="12">'
        )
        return "\n".join(
            [
                head,
                f"<title>{title}</title>",
                f"<desc>{escape(' '.join(lines))}</desc>",
                hatch(),
                rect(0, 0, _WIDTH, height, "#ffffff"),
                text(14, 24, limit, size=16, weight="bold"),
                text(14, 43, lines[0], size=11, fill=MUTED),
                *([text(14, 61, lines[-1], size=11, fill=DUE)] if self.due.provisional else []),
                *self.parts,
                "</svg>",
                "",
            ]
        )

    # -- time to place --------------------------------------------------------------------

    def _local(self, at: int) -> _dt.datetime:
        zoned = _dt.datetime.fromtimestamp(at // 1_000_000, self.calendar.tz)
        return zoned.replace(tzinfo=None)

    def _weeks(self) -> list[_dt.date]:
        first = self._local(self.due.outcome.start).date()
        last = self._local(max(self.end - 1, self.due.outcome.start)).date()
        monday = first - first.weekday() * _ONE
        count = (last - monday).days // 7 + 1
        return [monday + 7 * i * _ONE for i in range(count)]

    def _spans(self, start: int, end: int, monday: _dt.date) -> Iterator[tuple[int, int, int]]:
        """(column, from, to) in seconds after midnight, for each day of the week it touches."""
        first, last = self._local(start), self._local(end)
        for column in range(7):
            midnight = _dt.datetime.combine(monday + column * _ONE, _dt.time())
            low = max((first - midnight).total_seconds(), 0)
            high = min((last - midnight).total_seconds(), 86_400)
            if low < high:
                yield column, int(low), int(high)

    # -- one week -------------------------------------------------------------------------

    def _week(self, monday: _dt.date, y: int) -> None:
        top = y + _HEAD
        for column in range(7):
            self._day(monday + column * _ONE, _LEFT + column * _COLUMN, top)
        for start, end in self._counted():
            self._bars(start, end, monday, top, COUNTED)
        for start, stop in self.due.pauses:
            until = min(stop, self.end) if stop is not None else self.end + 6 * 3_600_000_000
            if start <= self.end:
                self._bars(start, until, monday, top, "url(#paused)")
        for column in range(7):
            self._number(monday + column * _ONE, _LEFT + column * _COLUMN, top)
        for hour in (0, 6, 12, 18, 24):
            at = top + hour * _HOUR
            self._put(line(_LEFT, at, _LEFT + 7 * _COLUMN, at, GRID))
            self._put(text(_LEFT - 6, at + 4, f"{hour:02}:00", size=10, fill=MUTED, anchor="end"))
        self._marker(self.due.outcome.start, "picture start", START, monday, top)
        if self.due.us is not None:
            self._marker(self.due.us, "picture due", DUE, monday, top)

    def _day(self, date: _dt.date, x: int, top: int) -> None:
        label = f"{WEEKDAYS[self.lang][date.weekday()]} {date:%m-%d}"
        if date.weekday() == 0 or date.day == 1:
            label = f"{WEEKDAYS[self.lang][date.weekday()]} {date}"
        self._put(text(x + _COLUMN / 2, top - 6, label, size=11, anchor="middle"))
        day = self.calendar.day(date)
        midnight = _dt.datetime.combine(date, _dt.time())
        if not day.working:
            self._put(rect(x + 1, top, _COLUMN - 2, _BODY, "url(#closed)"))
        # the shift of the day before may still run
        for start, end in (*self.calendar.day(date - _ONE).intervals, *day.intervals):
            low = max((self._local(start) - midnight).total_seconds(), 0)
            high = min((self._local(end) - midnight).total_seconds(), 86_400)
            if low < high:
                self._bar(x, top, int(low), int(high), OPEN)
        name = day.name or (day.stands_for and self._stands_for(day.stands_for))
        if name:
            room = 14 if name.isascii() else 8
            short = name if len(name) <= room else name[: room - 1] + "…"
            at = top + _BODY - 6
            self._put(text(x + _COLUMN / 2, at, short, size=10, anchor="middle", title=name))

    def _stands_for(self, weekday: str) -> str:
        names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        return f"↔ {WEEKDAYS[self.lang][names.index(weekday)]}"

    def _counted(self) -> list[tuple[int, int]]:
        """What is drawn dark: the time that counted, or the hours of the days that did."""
        spans = [(s.start, s.end) for s in self.steps if isinstance(s, CountedInterval)]
        timed = spans and not any(isinstance(s, FractionAdded) for s in self.steps)
        if timed:
            return spans
        for step in self.steps:
            if isinstance(step, CountedDay):
                spans += [
                    (low, min(high, self.end))
                    for low, high in self.calendar.day(step.date).intervals
                    if low < self.end
                ]
        return spans

    def _bars(self, start: int, end: int, monday: _dt.date, top: int, fill: str) -> None:
        for column, low, high in self._spans(start, end, monday):
            self._bar(_LEFT + column * _COLUMN, top, low, high, fill)

    def _bar(self, x: int, top: int, low: int, high: int, fill: str) -> None:
        y = top + low * _HOUR / 3_600
        self._put(rect(x + 8, y, _COLUMN - 16, (high - low) * _HOUR / 3_600, fill))

    def _number(self, date: _dt.date, x: int, top: int) -> None:
        for step in self.steps:
            if isinstance(step, CountedDay) and step.date == date:
                self._put(
                    f'<circle cx="{x + 18}" cy="{top + 12}" r="9" fill="{COUNTED}" '
                    'stroke="#ffffff"/>',
                    text(x + 18, top + 16, str(step.number), size=10, fill="#fff", anchor="middle"),
                )

    def _marker(self, at: int, key: str, colour: str, monday: _dt.date, top: int) -> None:
        local = self._local(at)
        column = (local.date() - monday).days
        if not 0 <= column < 7:
            return
        seconds = local.hour * 3_600 + local.minute * 60 + local.second
        x, y = _LEFT + column * _COLUMN, top + seconds * _HOUR / 3_600
        clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
        label = f"{say(key, self.lang)} {clock}"
        box = y + 3 if y < top + _BODY - 20 else y - 18
        self._put(
            line(x + 2, y, x + _COLUMN - 2, y, colour, width=2.5),
            rect(x + 4, box, _COLUMN - 8, 15, "#ffffff", stroke=colour),
            text(
                x + _COLUMN / 2,
                box + 11.5,
                label,
                size=11,
                fill=colour,
                weight="bold",
                anchor="middle",
            ),
        )

    def _legend(self, y: int) -> None:
        items = [("counted", COUNTED), ("open", OPEN), ("closed", "url(#closed)")]
        if self.due.pauses:
            items.append(("paused", "url(#paused)"))
        x = _LEFT
        for key, fill in items:
            label = say(f"picture {key}", self.lang)
            self._put(
                rect(x, y, 14, 12, fill, stroke=CLOSED), text(x + 20, y + 10, label, fill=INK)
            )
            x += 150
        zone = self.calendar.timezone
        self._put(text(_WIDTH - 14, y + 10, zone, size=10, fill=MUTED, anchor="end"))
