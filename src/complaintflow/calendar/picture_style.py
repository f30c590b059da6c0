"""Colours and marks of the picture: small SVG elements as text."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

__all__ = [
    "CLOSED", "COUNTED", "DUE", "FONT", "GRID", "INK", "MUTED", "OPEN", "PAUSED", "START",
    "hatch", "line", "rect", "text",
]  # fmt: skip

FONT: Final = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', sans-serif"
INK: Final = "#1b2733"
MUTED: Final = "#5b6b7a"
GRID: Final = "#e3e8ee"
OPEN: Final = "#d5e6f5"
COUNTED: Final = "#2a6fb0"
CLOSED: Final = "#c3ccd6"
PAUSED: Final = "#e0a030"
START: Final = "#1f7a4d"
DUE: Final = "#b3261e"


def number(value: float) -> str:
    """A coordinate with at most two decimals and no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def hatch() -> str:
    """The patterns for closed days and pauses."""
    return "".join(
        f'<defs><pattern id="{name}" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="7" height="7" fill="{ground}"/>'
        f'<rect width="{width}" height="7" fill="{colour}"/></pattern></defs>'
        for name, ground, colour, width in (
            ("closed", "#f3f5f8", "#e3e8ee", 3),
            ("paused", "#fbeccb", PAUSED, 3),
        )
    )


def rect(
    x: float, y: float, width: float, height: float, fill: str, stroke: str | None = None
) -> str:
    """A filled rectangle."""
    edge = f' stroke="{stroke}"' if stroke else ""
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" '
        f'height="{number(height)}" fill="{fill}"{edge}/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> str:
    """A straight line."""
    return (
        f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
        f'stroke="{colour}" stroke-width="{number(width)}"/>'
    )


def text(
    x: float,
    y: float,
    content: str,
    *,
    size: int = 12,
    fill: str = INK,
    anchor: str = "start",
    weight: str = "normal",
    title: str | None = None,
) -> str:
    """Real text; *title* is shown in full when the pointer rests on it."""
    more = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" fill={quoteattr(fill)} '
        f'text-anchor="{anchor}" font-weight="{weight}">{more}{escape(content)}</text>'
    )
