"""Calendars as plain data, for TOML and JSON, with every problem at once."""

from __future__ import annotations

import datetime as _dt
import hashlib
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from complaintflow.calendar.algebra import Combined, Operation, Source
from complaintflow.calendar.data import CalendarData, Special
from complaintflow.calendar.hours import WEEKDAYS, Week, days_text, hours_text
from complaintflow.calendar.leaf import Leaf
from complaintflow.errors import (
    ComplaintFlowError,
    InvalidCalendarError,
    Problem,
    did_you_mean,
)

if TYPE_CHECKING:
    from complaintflow.calendar.base import CalendarBase
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["describe", "digest", "from_mapping", "to_mapping"]

_OPERATIONS: tuple[Operation, ...] = ("union", "intersection", "difference")
_COMMON = ("timezone", "name", "standard_day")
_LEAF = (*_COMMON, "week", "closed", "special", "coverage", "periods", "china", "holidays")
_MOST = 400  # tables; a combination has at most 200 parts
_MINUTE = 60_000_000
_STANDARD = re.compile(r"(?:(\d{1,2}) ?h)?(?: ?(\d{1,4}) ?min)?(?: ?(\d{1,5}) ?s)?")


# Writing


def to_mapping(calendar: CalendarBase) -> dict[str, Any]:
    """The calendar as dicts, lists and texts; `from_mapping` gives an equal calendar."""
    found = _source_mapping(calendar._source)
    if calendar.name:
        found["name"] = calendar.name
    if calendar._standard is not None:
        found["standard_day"] = _standard_text(calendar._standard)
    return found


def _source_mapping(source: Source) -> dict[str, Any]:
    if isinstance(source, Combined):
        parts = [_source_mapping(source.left), _source_mapping(source.right)]
        return {"timezone": source.timezone, source.operation: parts}
    assert isinstance(source, Leaf)
    data = source.data
    found: dict[str, Any] = {"timezone": data.timezone, "week": _week_mapping(data.weeks[0][1])}
    if data.closed:
        found["closed"] = {day.isoformat(): name for day, name in data.closed}
    if data.special:
        found["special"] = {day.isoformat(): _special_value(item) for day, item in data.special}
    if data.coverage:
        found["coverage"] = [day.isoformat() for day in data.coverage]
    if len(data.weeks) > 1:
        found["periods"] = {day.isoformat(): _week_mapping(week) for day, week in data.weeks[1:]}
    return found


def _week_mapping(week: Week) -> dict[str, list[str]]:
    groups: dict[tuple[str, ...], list[int]] = {}
    for index, hours in enumerate(week):
        if hours:
            groups.setdefault(tuple(hours_text(hours)), []).append(index)
    return {days_text(days): list(hours) for hours, days in groups.items()}


def _special_value(special: Special) -> Any:
    value: Any = hours_text(special.hours) if special.weekday is None else WEEKDAYS[special.weekday]
    return {"hours": value, "name": special.name} if special.name else value


def _standard_text(micros: int) -> str:
    minutes, rest = divmod(micros, _MINUTE)
    if rest:
        return f"{micros // 1_000_000} s" if micros % 1_000_000 == 0 else f"{micros} us"
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"


def digest(calendar: CalendarBase) -> str:
    """SHA-256 over the canonical JSON of the mapping."""
    text = json.dumps(to_mapping(calendar), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def describe(calendar: CalendarBase) -> str:
    """One line for people: zone, hours, how many days are closed or special, coverage."""
    source = calendar._source
    parts = [calendar.name] if calendar.name else []
    parts.append(source.timezone)
    if isinstance(source, Leaf):
        week = _week_mapping(source.data.weeks[-1][1])
        parts += [f"{days} {' '.join(hours)}" for days, hours in week.items()]
        parts += [f"{len(source.data.closed)} closed"] if source.data.closed else []
        parts += [f"{len(source.data.special)} special"] if source.data.special else []
    elif isinstance(source, Combined):
        parts.append(source.operation)
    if source.coverage:
        parts.append(f"known {source.coverage[0]} to {source.coverage[1]}")
    return ", ".join(parts)


# Reading


def from_mapping(mapping: Any) -> WorkingCalendar:
    """The calendar of a mapping such as `to_mapping` gives or a TOML table holds.

    Raises:
        InvalidCalendarError: with every problem, each with its path.
    """
    found, left = 0, [mapping]
    while left:  # before descending: a mapping may hold one table many times over
        table = left.pop()
        found += 1
        if found > _MOST:
            raise _fail([Problem(f"more than {_MOST} calendars are combined")])
        if isinstance(table, Mapping):
            for key in _OPERATIONS:
                parts = table.get(key)
                left += parts[:_MOST] if isinstance(parts, list) else []
    return _read(mapping, "")


def _fail(problems: list[Problem]) -> InvalidCalendarError:
    what = "; ".join(map(str, problems[:5]))
    more = f" and {len(problems) - 5} more" if len(problems) > 5 else ""
    return InvalidCalendarError(f"the calendar cannot be used: {what}{more}", tuple(problems))


def _read(mapping: Any, path: str) -> WorkingCalendar:
    if not isinstance(mapping, Mapping):
        raise _fail([Problem(f"expected a table, got {mapping!r:.60}", path=path)])
    operations = [key for key in _OPERATIONS if key in mapping]
    if len(operations) > 1:
        raise _fail([Problem(f"both {operations[0]} and {operations[1]}: choose one", path=path)])
    known = (*_COMMON, operations[0]) if operations else _LEAF
    problems = [
        Problem(
            f"unknown key; known are {', '.join(known)}",
            path=_join(path, str(key)[:60]),
            suggestion=did_you_mean(str(key)[:60], (*known, *_OPERATIONS)),
        )
        for key in mapping
        if key not in known
    ]
    if "timezone" not in mapping and not ("china" in mapping and not operations):
        problems.append(
            Problem("missing; for example 'Asia/Shanghai'", path=_join(path, "timezone"))
        )
    standard = _standard(mapping.get("standard_day"), path, problems)
    if operations:
        return _read_combined(mapping, operations[0], standard, path, problems)
    return _read_leaf(mapping, standard, path, problems)


def _read_combined(
    mapping: Mapping[str, Any],
    operation: Operation,
    standard: _dt.timedelta | None,
    path: str,
    problems: list[Problem],
) -> WorkingCalendar:
    from complaintflow.calendar.working import WorkingCalendar

    parts = mapping[operation]
    if not isinstance(parts, list) or len(parts) < 2:
        problems.append(
            Problem("expected a list of two or more calendars", path=_join(path, operation))
        )
        raise _fail(problems)
    found: list[WorkingCalendar] = []
    for index, part in enumerate(parts):
        try:
            found.append(_read(part, f"{_join(path, operation)}[{index}]"))
        except InvalidCalendarError as error:
            problems.extend(error.problems)
    if problems:
        raise _fail(problems)
    try:
        result = found[0]
        for part in found[1:]:
            result = result._combined(operation, part, mapping["timezone"])
        micros = None if standard is None else standard // _dt.timedelta(microseconds=1)
        if micros is not None and not 0 < micros <= 1_440 * _MINUTE:
            raise InvalidCalendarError("standard_day: expected more than 0 and at most 24 hours")
        name = mapping.get("name", "")
        if not isinstance(name, str):
            raise InvalidCalendarError(f"a name is text, got {name!r:.60}")
        return WorkingCalendar._of(result._source, name, micros)
    except ComplaintFlowError as error:
        raise _fail([Problem(error.message, path=path)]) from None


def _read_leaf(
    mapping: Mapping[str, Any], standard: _dt.timedelta | None, path: str, problems: list[Problem]
) -> WorkingCalendar:
    from complaintflow.calendar.working import WorkingCalendar

    given: dict[str, Any] = {"timezone": mapping.get("timezone"), "standard_day": standard}
    given["name"] = mapping.get("name", "")
    given["week"] = mapping.get("week", {})
    closed = mapping.get("closed", {})
    if isinstance(closed, list):
        closed = {day: "" for day in closed if isinstance(day, (str, _dt.date))}
    given["closed"] = _dated(closed, "closed", path, problems)
    given["special"] = _dated(mapping.get("special", {}), "special", path, problems)
    given["periods"] = _dated(mapping.get("periods", {}), "periods", path, problems)
    coverage = mapping.get("coverage")
    if coverage is not None:
        if isinstance(coverage, list) and len(coverage) == 2:
            days = [_day(day, _join(path, "coverage"), problems) for day in coverage]
            given["coverage"] = None if None in days else tuple(days)
        else:
            problems.append(
                Problem("expected two dates, first and last", path=_join(path, "coverage"))
            )
    listed = [key for key in ("china", "holidays") if key in mapping]
    if listed:
        _add_listed(mapping, listed[0], given, path, problems)
        given["timezone"] = mapping.get("timezone", "Asia/Shanghai")
    try:
        calendar = WorkingCalendar(**given)
    except InvalidCalendarError as error:
        for problem in error.problems:
            where = _join(path, problem.path)
            problems.append(Problem(problem.message, path=where, suggestion=problem.suggestion))
        raise _fail(problems) from None
    if problems:
        raise _fail(problems)
    return calendar


def _add_listed(
    mapping: Mapping[str, Any], key: str, given: dict[str, Any], path: str, problems: list[Problem]
) -> None:
    """Fill in an announced list: ``china = [2024, 2026]`` or ``holidays = {country = "DE", ...}``.

    What the mapping itself says of a date wins over the list.
    """
    from complaintflow.calendar.sources.china import china
    from complaintflow.calendar.sources.package import from_holidays

    asked = mapping[key]
    try:
        if key == "china":
            if not isinstance(asked, list) or len(asked) != 2:
                raise InvalidCalendarError("expected [first year, last year]")
            base = china(given["week"], years=(asked[0], asked[1]))
        else:
            options = dict(asked)
            years = options.pop("years")
            base = from_holidays(
                options.pop("country"),
                week=given["week"],
                years=tuple(years),
                timezone=mapping["timezone"],
                **options,
            )
    except (KeyError, TypeError, ValueError, ComplaintFlowError) as error:
        message = getattr(error, "message", None) or (
            "expected country and years, for example {country = 'DE', years = [2024, 2026]}"
        )
        problems.append(Problem(message, path=_join(path, key)))
        return
    data = _leaf_data(base)
    own = {*given["closed"], *given["special"]}
    given["closed"] = {day: n for day, n in data.closed if day not in own} | given["closed"]
    given["special"] = {
        day: _special_value(item) for day, item in data.special if day not in own
    } | given["special"]
    given.setdefault("coverage", data.coverage)


def _leaf_data(calendar: CalendarBase) -> CalendarData:
    source = calendar._source
    assert isinstance(source, Leaf)
    return source.data


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path and key else path or key


def _day(value: Any, path: str, problems: list[Problem]) -> _dt.date | None:
    if isinstance(value, _dt.date) and not isinstance(value, _dt.datetime):
        return value
    if isinstance(value, str) and len(value) == 10:
        try:
            return _dt.date.fromisoformat(value)
        except ValueError:
            pass
    problems.append(Problem(f"expected a date such as '2026-05-01', got {value!r:.60}", path=path))
    return None


def _dated(value: Any, key: str, path: str, problems: list[Problem]) -> dict[_dt.date, Any]:
    found: dict[_dt.date, Any] = {}
    if not isinstance(value, Mapping):
        problems.append(
            Problem(f"expected a table by date, got {value!r:.60}", path=_join(path, key))
        )
        return found
    for text, what in value.items():
        day = _day(text, _join(path, f"{key}.{str(text)[:40]}"), problems)
        if day is not None:
            found[day] = what
    return found


def _standard(value: Any, path: str, problems: list[Problem]) -> _dt.timedelta | None:
    if value is None:
        return None
    match = _STANDARD.fullmatch(value) if isinstance(value, str) and len(value) < 40 else None
    micros = re.fullmatch(r"(\d{1,12}) us", value) if isinstance(value, str) else None
    if micros:
        return _dt.timedelta(microseconds=int(micros[1]))
    if match is None or not any(match.groups()):
        problems.append(
            Problem(
                f"expected '8 h' or '450 min', got {value!r:.60}", path=_join(path, "standard_day")
            )
        )
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return _dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
