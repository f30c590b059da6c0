"""Differences in duties: who owes them, from when, and by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from complaintflow.calendar.conventions import Conventions
from complaintflow.policy.diff.aspects import (
    Aspect,
    Place,
    compared,
    condition,
    ladder,
    listing,
    members,
    parties,
    plain,
)
from complaintflow.policy.diff.change import Change
from complaintflow.policy.duty import Duty, Target
from complaintflow.policy.extension import Extension
from complaintflow.policy.naming import Naming

__all__ = ["duty_about", "duty_changes"]


def _counting(naming: Naming, conventions: Conventions) -> str:
    rules = conventions.to_mapping() or {"like": "default"}
    return ", ".join(f"{rule} = {choice}" for rule, choice in rules.items())


def _number(naming: Naming, value: Any) -> str:
    return str(value)


def _ids(naming: Naming, value: Any) -> str:
    return ", ".join(value)


_DUTY = (
    Aspect("starts", lambda duty: duty.starts, condition),
    Aspect("if", lambda duty: duty.when, condition),
    Aspect("ends", lambda duty: duty.ends, condition),
    Aspect("form", lambda duty: duty.form, plain),
    Aspect("via", lambda duty: duty.via, listing),
    Aspect("makes", lambda duty: duty.makes, listing),
)
_LIFE = (
    Aspect("ruled_by", lambda life: life.ruled_by, Naming.party),
    Aspect("passed_on_by", lambda life: life.passed_on_by, Naming.party),
    Aspect("waived_by", lambda life: life.waived_by, Naming.party),
    Aspect("bounces", lambda life: life.bounces, plain),
    Aspect("arbiter", lambda life: life.arbiter, Naming.party),
)
_TARGET = (
    Aspect("per", lambda target: target.per, plain),
    Aspect("date", lambda target: target.date, plain),
    Aspect("kind", lambda target: target.kind, plain),
    Aspect("pauses", lambda target: target.pauses, condition),
    Aspect("rungs", lambda target: target.rungs, ladder),
    Aspect("regrade", lambda target: target.regrade, plain),
    Aspect("ranks", lambda target: target.ranks, plain),
    Aspect("calendar of its own", lambda target: target.calendar, plain),
    Aspect("conventions", lambda target: target.conventions, _counting),
)


_EXTENSION = (
    Aspect("extended on", lambda extension: extension.on, condition),
    Aspect("extended by", lambda extension: extension.by, Naming.limit),
    Aspect("extended from", lambda extension: extension.start, condition),
    Aspect("extended most", lambda extension: extension.most, _number),
    Aspect("extended longest", lambda extension: extension.longest, Naming.limit),
    Aspect("extended regrade", lambda extension: extension.regrade, plain),
    Aspect("extended clause", lambda extension: extension.clauses, _ids),
)


def duty_about(naming: Naming, duty: Duty) -> str:
    """Who owes a new duty, and by when."""
    said = [] if duty.owner is None else [naming.party(duty.owner)]
    target = duty.target
    if target is not None and target.within is not None and not isinstance(target.within, Mapping):
        said.append(naming.limit(target.within))
    return "".join(f", {part}" for part in said)


def duty_changes(place: Place, old: Duty, new: Duty) -> Iterator[Change]:
    """Everything that makes a duty another one; the limit first."""
    before, after = old.target or Target(), new.target or Target()
    yield from _limits(place, before, after)
    yield from parties(place, "owner", old.owner, new.owner, ("owes", "owes no more"))
    yield from parties(place, "jointly", old.jointly, new.jointly, ("joins", "joins no more"))
    first, second = _keys(old), _keys(new)
    yield from members(place, "each", first, second, plain)
    yield from members(place, "asks", old.asks, new.asks, Naming.ask)
    yield from compared(place, _DUTY, old, new)
    yield from compared(place, _TARGET, before, after)
    yield from compared(place, _LIFE, old.life, new.life)
    yield from _extensions(place, before.extended, after.extended)


def _extensions(place: Place, old: Extension | None, new: Extension | None) -> Iterator[Change]:
    if old is not None and new is not None:
        yield from compared(place, _EXTENSION, old, new)
    elif old != new:
        word = place.teller.word("extended")
        kind, one = ("value added", new) if old is None else ("value removed", old)
        teller = place.teller.is_ if old is None else place.teller.was
        said = teller(lambda naming: _extension(naming, one))
        yield place.tell(kind, "extended", aspect=word, **{"new" if old is None else "old": said})


def _extension(naming: Naming, extension: Extension | None) -> str:
    assert extension is not None  # one of the two is there
    return f"{naming.limit(extension.by)}, {naming.condition(extension.on)}"


def _keys(duty: Duty) -> tuple[str, ...]:
    return duty.each if isinstance(duty.each, tuple) else (duty.each,)


def _limits(place: Place, old: Target, new: Target) -> Iterator[Change]:
    """``T6 from 24 h to 36 h``; where limits depend on an answer, one sentence an answer."""
    if isinstance(old.within, Mapping) and isinstance(new.within, Mapping):
        for answer in dict.fromkeys((*old.within, *new.within)):
            was, now = old.within.get(answer), new.within.get(answer)
            if was != now:
                yield _limit(place, was, now, answer)
        return
    if old.within == new.within:
        return
    yield _limit(place, old.within, new.within, "")


def _limit(place: Place, was: Any, now: Any, answer: str) -> Change:
    teller = place.teller
    old = teller.was(lambda naming: _said(naming, was))
    new = teller.is_(lambda naming: _said(naming, now))
    if answer:
        word = teller.word("within for")
        named = teller.name(answer)
        return place.tell(
            "value",
            "within",
            aspect=lambda language: word(language).format(named(language)),
            old=old,
            new=new,
        )
    if was is None:
        return place.tell("value added", "within", aspect=teller.word("within"), new=new)
    if now is None:
        return place.tell("value removed", "within", aspect=teller.word("within"), old=old)
    return place.tell("limit", "within", old=old, new=new)


def _said(naming: Naming, limit: Any) -> str:
    if isinstance(limit, Mapping):
        parts = (f"{naming.name(a)} {naming.limit(one)}" for a, one in limit.items())
        return naming.say("list").join(parts)
    return naming.limit(limit)
