"""Wall times of a scenario, in the zone of the policy's calendar, and how they are shown."""

from __future__ import annotations

import datetime as _dt
import re

from pendulum.tz.timezone import Timezone

from complaintflow.errors import InvalidValueError
from complaintflow.moments import from_micros, instant, to_micros
from complaintflow.simulation.scenarios.node import Node

__all__ = ["INSTANT", "shown", "wall"]

INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?")
_CLOCK = re.compile(r"\d\d:\d\d(?::\d\d)?\Z")
_EXPECTED = "expected a date and time such as '2026-03-10 09:20', or '09:20' on the same day"


def wall(node: Node, zone: Timezone, before: int | None = None) -> int | None:
    """A wall time as microseconds since 1970 UTC; None with a problem noted.

    Args:
        node: Text or a TOML date-time; a time alone is on the day of *before*.
        zone: The zone of times without an offset.
        before: The instant of the entry before, if there is one.
    """
    raw = node.value
    text = raw.isoformat() if isinstance(raw, (_dt.datetime, _dt.time)) else raw
    if not isinstance(text, str):
        node.expected("a date and time such as '2026-03-10 09:20'")
        return None
    text = text.strip()
    if _CLOCK.match(text):
        if before is None:
            node.complain("say the date too, as in '2026-03-10 09:20'")
            return None
        text = f"{from_micros(before, zone).date().isoformat()} {text}"
    if not INSTANT.match(text):
        node.complain(f"{_EXPECTED}, got {text!r:.40}")
        return None
    try:
        return to_micros(instant(text, zone.name))
    except InvalidValueError as error:
        node.complain(error.message)
        return None


def shown(micros: int, zone: Timezone) -> str:
    """An instant as a scenario writes it, with seconds."""
    return from_micros(micros, zone).strftime("%Y-%m-%d %H:%M:%S")
