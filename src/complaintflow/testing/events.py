"""Hypothesis strategies for what happened: facts, events, trails, messages.

Every kind of event is built from the types of its fields, so a new kind is drawn the day it
appears.
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from complaintflow.audit.converter import INSTANTS
from complaintflow.audit.events import TAGS, Answer, Body, Event
from complaintflow.audit.messages import MESSAGE_KINDS, Message
from complaintflow.domain.values import UNITS, Evidence, Money, Quantity, Ratio
from complaintflow.moments import MAX_MICROS, from_micros, zone

__all__ = [
    "bodies",
    "codes",
    "decimals",
    "events",
    "evidence",
    "fact_values",
    "facts",
    "instants",
    "messages",
    "micros",
    "texts",
    "trails",
]

_ZONES: Final = ("UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu")


def texts() -> st.SearchStrategy[str]:
    """Any text that UTF-8 can hold; shrinks to none."""
    return st.text(st.characters(codec="utf-8"), max_size=8)


def codes() -> st.SearchStrategy[str]:
    """Codes such as facts have; few, so that they meet."""
    return st.sampled_from(("amount", "phone", "grade", "lot", "客户"))


def micros() -> st.SearchStrategy[int]:
    """Instants from 1970 to 2200, whole seconds and not."""
    return st.integers(0, MAX_MICROS) | st.integers(0, MAX_MICROS // 1_000_000).map(
        lambda seconds: seconds * 1_000_000
    )


def decimals(*, least: int = -(10**12)) -> st.SearchStrategy[Decimal]:
    """Exact numbers with up to six places; trailing zeros are kept."""
    return st.decimals(least, 10**12, allow_nan=False, allow_infinity=False, places=2) | st.builds(
        lambda number, places: Decimal(number).scaleb(-places),
        st.integers(least, 10**12),
        st.integers(0, 6),
    )


def evidence() -> st.SearchStrategy[Evidence]:
    """Files by name, some with a place, a size and a digest."""
    digests = st.sampled_from(("", "0" * 64, "0123456789abcdef" * 4))
    return st.builds(Evidence, texts(), texts(), st.integers(0, 10**9), digests)


def instants() -> st.SearchStrategy[_dt.datetime]:
    """Aware datetimes: in named zones, both passes of repeated hours, and at bare offsets."""
    named = st.builds(lambda at, name: from_micros(at, zone(name)), micros(), _zones())
    offsets = st.integers(-14 * 60, 14 * 60).map(
        lambda minutes: _dt.timezone(_dt.timedelta(minutes=minutes))
    )
    return named | st.builds(lambda at, offset: at.astimezone(offset), named, offsets)


def _zones() -> st.SearchStrategy[str]:
    return st.sampled_from(_ZONES)


def fact_values() -> st.SearchStrategy[Any]:
    """Every kind of value that a fact can have; None is unknown."""
    share = st.integers(0, 10_000).map(lambda parts: Ratio(Decimal(parts) / 10_000))
    return st.one_of(
        st.none(),
        st.booleans(),
        texts(),
        st.integers(-(10**9), 10**9),
        decimals(),
        st.builds(Money, decimals(), st.sampled_from(("CNY", "EUR", "JPY"))),
        st.builds(Quantity, decimals(least=0), st.sampled_from(tuple(UNITS))),
        share,
        st.dates(_dt.date(1970, 1, 1), _dt.date(2200, 12, 31)),
        instants(),
        st.frozensets(texts(), max_size=3),
        st.lists(evidence(), max_size=2).map(tuple),
    )


def facts() -> st.SearchStrategy[dict[str, Any]]:
    """A few facts by name."""
    return st.dictionaries(codes(), fact_values(), max_size=3)


@cache
def bodies() -> st.SearchStrategy[Body]:
    """Every kind of event's body."""
    return st.one_of([_body(kind) for kind in TAGS])


def _body(kind: type[Body]) -> st.SearchStrategy[Body]:
    attrs.resolve_types(kind)
    fields = {field.name: field.type for field in attrs.fields(kind)}
    times = INSTANTS.get(kind, ())
    drawn = {
        name: micros() if name in times else _FIELDS[wanted] for name, wanted in fields.items()
    }
    return st.builds(kind, **drawn)


_PEOPLE: Final = st.dictionaries(codes(), texts(), max_size=2)
_GROUPS: Final = st.dictionaries(codes(), st.lists(texts(), max_size=3).map(tuple), max_size=2)
_SEVERAL: Final = st.lists(texts(), max_size=3).map(tuple)
_FIELDS: Final[Mapping[Any, st.SearchStrategy[Any]]] = {
    str: texts(),
    str | None: st.none() | texts(),
    bool: st.booleans(),
    int: st.integers(0, 10**6),
    int | None: st.none() | st.integers(0, 10**6),
    Answer: st.none() | st.booleans() | texts() | _SEVERAL,
    tuple[str, ...]: _SEVERAL,
    tuple[Evidence, ...]: st.lists(evidence(), max_size=2).map(tuple),
    Mapping[str, str]: _PEOPLE,
    Mapping[str, int]: st.dictionaries(codes(), st.integers(1, 10**6), max_size=2),
    Mapping[str, tuple[str, ...]]: _GROUPS,
    Mapping[str, Any]: facts(),
    Any: fact_values(),
}


@st.composite
def events(draw: st.DrawFn, position: int = 1) -> Event:
    """Any event at *position*; it is recorded when it occurs, or later."""
    occurred, recorded = sorted(draw(st.lists(micros(), min_size=2, max_size=2)))
    body, by, role, command = draw(bodies()), draw(texts()), draw(texts()), draw(texts())
    return Event(position, body, by, role, occurred, recorded, command, "0" * 64)


def trails(*, max_size: int = 6) -> st.SearchStrategy[tuple[Event, ...]]:
    """One case's events, one to *max_size* of them, numbered from 1."""
    return st.lists(events(), min_size=1, max_size=max_size).map(
        lambda drawn: tuple(
            attrs.evolve(event, position=position) for position, event in enumerate(drawn, 1)
        )
    )


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """Messages with keys from a small pool."""
    names = st.dictionaries(codes(), st.tuples(texts(), texts()), max_size=2)
    return Message(
        key=draw(st.sampled_from(("C-1:1:qa", "C-1:2:qa", "C-2:1:sales"))),
        case="C-1",
        about=draw(texts()),
        role=draw(texts()),
        person=draw(texts()),
        at=draw(micros()),
        kind=draw(st.sampled_from(MESSAGE_KINDS)),
        channel=draw(texts()),
        zone=draw(_zones()),
        clauses=draw(_SEVERAL),
        names=draw(names),
        facts=draw(facts()),
        personal=draw(_SEVERAL),
        data=draw(facts()),
    )
