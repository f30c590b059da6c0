"""What a day-counted limit leaves open, as named choices.

A text that says "3 days" does not say what happens to a complaint that arrives on a
Sunday, whether that day counts, when the last day ends, or what follows when nobody works
on it. Each of these is one field here, with a default and none of them hidden.
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, get_args

import attrs

from complaintflow.errors import InvalidCalendarError, InvalidValueError, Problem, did_you_mean

__all__ = [
    "BUNDLES",
    "DEFAULT",
    "EU_1182_71",
    "PRC_CIVIL_CODE",
    "Conventions",
    "End",
    "FirstDay",
    "LastDayOff",
    "Placement",
]

Placement: TypeAlias = Literal["kept", "same_time_next_working_day", "next_opening"]
FirstDay: TypeAlias = Literal["excluded", "included"]
End: TypeAlias = Literal["by unit", "close of business", "end of day", "same time of day"]
LastDayOff: TypeAlias = Literal["unadjusted", "following", "preceding", "modified following"]

_CHOICES: dict[str, tuple[str, ...]] = {
    "on_closed_day": get_args(Placement),
    "before_opening": get_args(Placement),
    "in_break": get_args(Placement),
    "after_closing": get_args(Placement),
    "first_day": get_args(FirstDay),
    "end": get_args(End),
    "last_day_off": get_args(LastDayOff),
}


def _choice(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    known = _CHOICES[attribute.name]
    if value not in known:
        raise InvalidValueError(_wrong_choice(attribute.name, value))


def _wrong_choice(field: str, value: object) -> str:
    known = _CHOICES[field]
    meant = did_you_mean(value, known) if isinstance(value, str) else None
    hint = f"; did you mean {meant!r}?" if meant else ""
    return f"{field} is one of {', '.join(map(repr, known))}, got {value!r:.60}{hint}"


@attrs.frozen(kw_only=True)
class Conventions:
    """How a day-counted limit is read where its text is silent.

    Where the start falls is applied first, in the order of the fields, judged against the
    hours of the day the start belongs to. An instant inside a working day's hours belongs
    to that day (Tuesday 03:00 inside Monday's night shift is Monday), any other to its
    local date.

    Args:
        on_closed_day: A start on a day without hours: ``kept`` (default),
            ``same_time_next_working_day`` or ``next_opening``.
        before_opening: A start before the first opening of its day; the same choices.
        in_break: A start between two openings of its day; the same choices.
        after_closing: A start at or after the last closing of its day; the same choices.
        cut_off: An earlier hour for *after_closing*: from this wall time on a start counts
            as after closing.
        first_day: Whether the day of the start counts: ``excluded`` (default; PRC Civil
            Code Art. 201, Regulation (EEC, Euratom) No 1182/71 Art. 3(1)) or ``included``.
        end: The point of the last day: ``close of business`` (24:00 on a day open round
            the clock; 23:59:59 on a day without hours), ``end of day`` (23:59:59),
            ``same time of day`` as the effective start, or ``by unit`` (default): close of
            business for working days, end of day for calendar days, months and years.
        last_day_off: What happens when calendar days, months or years end on a day
            nobody works: ``unadjusted`` (default), ``following`` working day,
            ``preceding`` working day (never before the date of the start), or
            ``modified following``: following, unless that is in another month, then
            preceding.
        least_working_days: A period of two or more calendar days holds at least so many
            working days (Regulation 1182/71 Art. 3(5): 2); 0 asks for none.

    Raises:
        InvalidValueError: a choice that does not exist; says which were probably meant.
    """

    on_closed_day: Placement = attrs.field(default="kept", validator=_choice)
    before_opening: Placement = attrs.field(default="kept", validator=_choice)
    in_break: Placement = attrs.field(default="kept", validator=_choice)
    after_closing: Placement = attrs.field(default="kept", validator=_choice)
    cut_off: _dt.time | None = attrs.field(default=None)
    first_day: FirstDay = attrs.field(default="excluded", validator=_choice)
    end: End = attrs.field(default="by unit", validator=_choice)
    last_day_off: LastDayOff = attrs.field(default="unadjusted", validator=_choice)
    least_working_days: int = attrs.field(default=0)
    placed: bool = attrs.field(init=False, eq=False, repr=False)

    @cut_off.validator
    def _is_wall_time(self, _: object, value: object) -> None:
        if value is not None and (
            not isinstance(value, _dt.time) or value.tzinfo is not None or value.microsecond
        ):
            raise InvalidValueError(
                f"cut_off is a wall time such as time(17, 0), without a zone, got {value!r}"
            )

    @least_working_days.validator
    def _is_small(self, _: object, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10:
            raise InvalidValueError(f"least_working_days is 0 to 10, got {value!r}")

    def __attrs_post_init__(self) -> None:
        moves = (self.on_closed_day, self.before_opening, self.in_break, self.after_closing)
        # The fast path asks once whether a start can move at all.
        object.__setattr__(self, "placed", any(move != "kept" for move in moves))

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Conventions:
        """Conventions from a TOML table; ``like`` names a bundle to start from.

        Raises:
            InvalidCalendarError: with every problem, each with its key.
        """
        problems: list[Problem] = []
        given: dict[str, Any] = dict(data)
        base = DEFAULT
        like = given.pop("like", None)
        if like is not None:
            found = BUNDLES.get(like) if isinstance(like, str) else None
            if found is None:
                meant = did_you_mean(like, BUNDLES) if isinstance(like, str) else None
                problems.append(
                    Problem(
                        f"no bundle is called {like!r:.60}; known: {', '.join(BUNDLES)}",
                        path="like",
                        suggestion=meant,
                    )
                )
            base = found or base
        known = (*_CHOICES, "cut_off", "least_working_days")
        for key, value in list(given.items()):
            if key not in known:
                meant = did_you_mean(key, (*known, "like")) if isinstance(key, str) else None
                problems.append(Problem("no such convention", path=str(key), suggestion=meant))
                continue
            try:
                if key == "cut_off":
                    given[key] = value = _read_time(value)
                one: dict[str, Any] = {key: value}
                attrs.evolve(DEFAULT, **one)
            except InvalidValueError as error:
                problems.append(Problem(error.message, path=key))
        if problems:
            raise InvalidCalendarError(
                "the conventions cannot be used: " + "; ".join(map(str, problems)),
                tuple(problems),
            )
        return attrs.evolve(base, **given)

    def to_mapping(self) -> dict[str, str | int]:
        """The shortest TOML table that `from_mapping` reads back: what is not the default.

        A bundle is named by ``like``, so that its legal source stays visible.
        """
        for name, bundle in BUNDLES.items():
            if self == bundle:
                return {} if name == "default" else {"like": name}
        found: dict[str, str | int] = {}
        for field in (*_CHOICES, "cut_off", "least_working_days"):
            value = getattr(self, field)
            if value != getattr(DEFAULT, field):
                found[field] = value.isoformat() if isinstance(value, _dt.time) else value
        return found


def _read_time(value: object) -> _dt.time | None:
    """A TOML local time, or text such as ``17:00``."""
    if value is None or isinstance(value, _dt.time):
        return value
    try:
        if isinstance(value, str):
            return _dt.time.fromisoformat(value)
    except ValueError:
        pass
    raise InvalidValueError(f"cut_off is a wall time such as '17:00', got {value!r:.60}")


DEFAULT = Conventions()
"""Start kept where it falls, its day excluded, last day unadjusted, ended by its unit."""

PRC_CIVIL_CODE = Conventions(last_day_off="following", end="close of business")
"""Civil Code of the People's Republic of China (2020), Articles 200-204.

Art. 201: counted in years, months or days, the first day is excluded; counted in hours, from
the agreed hour. Art. 202: months and years end on the corresponding day, or on the last day of
the month. Art. 203: a last day that is a statutory holiday gives way to the day after the
holiday; the last day ends at 24:00 or, where there are business hours, when business stops.
"""

EU_1182_71 = Conventions(last_day_off="following", end="end of day", least_working_days=2)
"""Regulation (EEC, Euratom) No 1182/71 of the Council, Article 3.

3(1): the day of the event is excluded. 3(2)(b),(c): days, weeks, months and years end with
the last hour of the last day; a month without that day gives its last day. 3(3): holidays
and weekends count. 3(4): a last day that is a public holiday, Sunday or Saturday moves to
the following working day. 3(5): two days or more hold at least two working days. Its rule that
periods in hours begin with the next full hour (3(1), 3(2)(a)) is not applied: hours are
physical time from the second they start.
"""

BUNDLES: Mapping[str, Conventions] = {
    "default": DEFAULT,
    "PRC Civil Code": PRC_CIVIL_CODE,
    "EU 1182/71": EU_1182_71,
}
"""The bundles by the name that a policy file uses."""
