"""Differences in the head of a policy: version, final states, counting rules, calendar."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterator

from complaintflow.calendar import WorkingCalendar
from complaintflow.policy.diff.aspects import Aspect, Place, compared, members, plain
from complaintflow.policy.diff.change import Change, Teller
from complaintflow.policy.naming import Naming
from complaintflow.policy.policy import Policy

__all__ = ["head_changes"]


def _title(naming: Naming, title: object) -> str:
    return str(getattr(title, naming.language) or getattr(title, "en", ""))


_ASPECTS = (
    Aspect("id", lambda policy: policy.id, plain),
    Aspect("semantics", lambda policy: policy.semantics, plain),
    Aspect("version", lambda policy: policy.version, plain),
    Aspect("title", lambda policy: policy.title, _title),
    Aspect("effective", lambda policy: policy.effective, plain),
    Aspect("approved by", lambda policy: policy.approved_by, plain),
    Aspect("keeper", lambda policy: policy.keeper, plain),
)
_MOST_DAYS = 5
_MOST_COMPARED = 3_653
_YEARS = (2025, 2026)  # looked at where a calendar says nothing of its coverage


def head_changes(teller: Teller, old: Policy, new: Policy) -> Iterator[Change]:
    """Everything that is not about a single part."""
    place = Place(teller, teller.word("policy"), ("policy",), ())
    yield from compared(place, _ASPECTS, old, new)
    yield from members(place, "final states", old.final, new.final, plain, "final")
    yield from members(place, "parked states", old.parked, new.parked, plain, "states")
    before, after = old.conventions.to_mapping(), new.conventions.to_mapping()
    for rule in sorted({*before, *after}):
        if before.get(rule) != after.get(rule):
            yield place.tell(
                "value",
                "conventions",
                aspect=lambda language, rule=rule: _counting(teller, language, rule),  # type: ignore[misc]
                old=str(before.get(rule, "default")),
                new=str(after.get(rule, "default")),
            )
    yield from _calendar(place, old.calendar, new.calendar)
    yield from members(place, "calendars", old.calendars, new.calendars, plain, "calendar")
    for name in sorted({*old.calendars} & {*new.calendars}):
        yield from _calendar(place, old.calendars[name], new.calendars[name])


def _counting(teller: Teller, language: str, rule: str) -> str:
    return teller.word("counting")(language).format(rule)


def _calendar(place: Place, old: WorkingCalendar, new: WorkingCalendar) -> Iterator[Change]:
    if old == new:
        return
    days = [day for day in _days(old, new) if old.day(day).intervals != new.day(day).intervals]
    if days:
        shown = ", ".join(map(str, days[:_MOST_DAYS])) + (", …" if len(days) > _MOST_DAYS else "")
        yield place.tell("hours", "calendar", count=str(len(days)), days=shown)
    else:
        yield place.tell("calendar", "calendar")


def _days(old: WorkingCalendar, new: WorkingCalendar) -> Iterator[_dt.date]:
    """The days of which both calendars know the holidays, of ten years at most."""
    covers = [cover for cover in (old.coverage, new.coverage) if cover is not None]
    first = max((cover[0] for cover in covers), default=_dt.date(_YEARS[0], 1, 1))
    last = min((cover[1] for cover in covers), default=_dt.date(_YEARS[1], 12, 31))
    known = (last - first).days + 1
    for number in range(max(0, known - _MOST_COMPARED), known):
        yield first + _dt.timedelta(days=number)
