"""A forecast as a picture: each clock a bar on one axis of time; SVG with real text.

The same forecast gives the same characters.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from pendulum import DateTime

from complaintflow.audit.forecast import Forecast, Span, say, stamp
from complaintflow.calendar.picture_style import (
    CLOSED,
    COUNTED,
    DUE,
    FONT,
    GRID,
    INK,
    MUTED,
    OPEN,
    PAUSED,
    START,
    hatch,
    line,
    rect,
    text,
)
from complaintflow.moments import to_micros

__all__ = ["timeline"]

_LEFT, _RIGHT, _TOP, _ROW, _BAR = 230, 20, 66, 30, 14
_AXIS = 610
_WIDTH = _LEFT + _AXIS + _RIGHT
_MOST_LABELS = 7
_HOUR = 3_600_000_000
_HOURS = (1, 2, 3, 6, 12, 24, 48, 72, 168, 336, 720, 2_160, 8_760)


def timeline(forecast: Forecast, language: str = "en") -> str:
    """An SVG document: a bar for each clock, from its start to its due instant.

    What has not begun is drawn light; pauses are hatched; a triangle says when somebody would be
    told, and after its due instant a clock is red.

    Args:
        forecast: Of one case.
        language: Names in ``en`` or ``zh``.

    Raises:
        InvalidValueError: there is no such language.
    """
    return _Timeline(forecast, language).svg()


class _Timeline:
    def __init__(self, forecast: Forecast, language: str) -> None:
        self.forecast = forecast
        self.language = language
        self.first = min((span.start for span in forecast.spans), default=forecast.now)
        self.first = min(self.first, forecast.now)
        self.last = max(forecast.until, self.first.add(hours=1))

    def svg(self) -> str:
        spans = self.forecast.spans
        height = _TOP + _ROW * len(spans) + 48
        title = say(
            "title", self.language, case=self.forecast.case, until=stamp(self.forecast.until)
        )
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
            f'width="{_WIDTH}" height="{height}" role="img" xml:lang="{self.language}" '
            f'font-family="{FONT}" font-size="12">'
        )
        parts = [
            head,
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(self.forecast.text(self.language))}</desc>",
            hatch(),
            rect(0, 0, _WIDTH, height, "#ffffff"),
            text(14, 24, title, size=15, weight="bold"),
            *self._axis(_TOP + _ROW * len(spans)),
        ]
        for index, span in enumerate(spans):
            parts += self._row(span, _TOP + index * _ROW)
        if not spans:
            parts.append(text(14, 46, say("nothing", self.language), fill=MUTED))
        return "\n".join([*parts, *self._legend(height - 24), "</svg>", ""])

    # -- time to place ---------------------------------------------------------------------

    def _x(self, at: DateTime) -> float:
        """Where an instant is; what lies outside the axis is at its end."""
        whole = to_micros(self.last) - to_micros(self.first)
        part = to_micros(at) - to_micros(self.first)
        return _LEFT + _AXIS * min(max(part, 0), whole) / whole

    def _axis(self, bottom: int) -> list[str]:
        parts = []
        hours = (to_micros(self.last) - to_micros(self.first)) // _HOUR
        every = next((step for step in _HOURS if hours // step <= _MOST_LABELS), _HOURS[-1])
        at = self.first.start_of("day")
        while at <= self.last:
            if at >= self.first:
                x = self._x(at)
                shown = f"{at:%m-%d}" if every % 24 == 0 else f"{at:%m-%d %H:%M}"
                parts += [
                    line(x, _TOP - 8, x, bottom, GRID),
                    text(x, _TOP - 12, shown, size=10, fill=MUTED, anchor="middle"),
                ]
            at = at.add(days=every // 24) if every % 24 == 0 else at.add(hours=every)
        x = self._x(self.forecast.now)
        label = say("axis now", self.language)
        parts += [
            line(x, _TOP - 8, x, bottom, START, width=2),
            text(x, bottom + 12, label, size=10, fill=START, anchor="middle"),
        ]
        return parts

    # -- one clock -------------------------------------------------------------------------

    def _row(self, span: Span, y: int) -> list[str]:
        name = span.named(self.language)
        short = name if len(name) <= 30 else name[:29] + "…"
        middle = y + _BAR / 2
        kind = say(f"kind {span.whose}", self.language)
        begin, end = self._x(span.start), self._x(span.due or self.last)
        parts = [
            text(_LEFT - 10, middle + 1, short, size=11, anchor="end", title=name),
            text(_LEFT - 10, middle + 12, kind, size=9, fill=MUTED, anchor="end"),
            rect(begin, y, max(end - begin, 1), _BAR, OPEN if span.projected else COUNTED),
        ]
        for since, until in span.pauses:
            low, high = self._x(since), self._x(until or self.last)
            if low < high:
                parts.append(rect(low, y, high - low, _BAR, "url(#paused)"))
        if span.due is not None and span.due <= self.last:
            if not span.projected:
                parts.append(rect(end, y + 5, _LEFT + _AXIS - end, 4, DUE))
            anchor = "end" if end > _LEFT + _AXIS - 40 else "middle"
            due = f"{span.due:%m-%d %H:%M}"
            parts += [
                line(end, y - 3, end, y + _BAR + 3, DUE, width=2),
                text(end, y + _BAR + 11, due, size=9, fill=DUE, anchor=anchor),
            ]
        for tick in span.ticks:
            if tick <= self.last:
                parts.append(self._tick(self._x(tick), y))
        return parts

    def _tick(self, x: float, y: int) -> str:
        points = f"{x - 4:.1f},{y - 5} {x + 4:.1f},{y - 5} {x:.1f},{y + 2}"
        return f'<polygon points="{points}" fill="{INK}"/>'

    def _legend(self, y: int) -> list[str]:
        items = (
            ("runs", COUNTED), ("stands", "url(#paused)"), ("ahead", OPEN), ("late", DUE),
            ("tick", INK),
        )  # fmt: skip
        parts, x = [], 14
        for key, fill in items:
            parts += [
                rect(x, y, 14, 10, fill, stroke=PAUSED if key == "stands" else CLOSED),
                text(x + 20, y + 9, say(key, self.language), size=11, fill=INK),
            ]
            x += 140
        return parts
