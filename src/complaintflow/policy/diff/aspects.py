"""The aspects of each sort of thing: what is compared, and how it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from complaintflow.policy.choice import Open
from complaintflow.policy.diff.canonical import canonical, same
from complaintflow.policy.diff.change import Change, Said, Teller
from complaintflow.policy.expression import Expression
from complaintflow.policy.fact import Ask
from complaintflow.policy.naming import Naming
from complaintflow.policy.party import Party
from complaintflow.policy.rung import Rung
from complaintflow.policy.validation.finding import Path

__all__ = [
    "Aspect",
    "Place",
    "compared",
    "condition",
    "ladder",
    "listing",
    "members",
    "parties",
    "plain",
]

Say = Callable[[Naming, Any], str]


@attrs.frozen
class Aspect:
    """One attribute of a part.

    Args:
        key: Its word in the catalogue, and its last key in a policy file.
        get: From the part to the value.
        say: How a value is said.
    """

    key: str
    get: Callable[[Any], Any]
    say: Say


@attrs.frozen
class Place:
    """Where a change is told: the part, its clauses and its path."""

    teller: Teller
    what: Said
    path: Path
    clauses: tuple[str, ...]

    def tell(self, kind: str, key: str, **values: Said | str) -> Change:
        """A sentence about the attribute *key* of the part."""
        path = (*self.path, key) if key else self.path
        return self.teller.tell(kind, path, self.clauses, what=self.what, **values)


def plain(naming: Naming, value: Any) -> str:
    """Texts, dates and codes."""
    if isinstance(value, bool):
        from complaintflow.policy.diff.messages import DIFF

        return DIFF["yes" if value else "no"][naming.language]
    if isinstance(value, Open):
        return naming.open(value)
    return naming.name(str(value))


def condition(naming: Naming, value: Any) -> str:
    """A condition, moment or formula, or an open item."""
    return naming.open(value) if isinstance(value, Open) else naming.condition(value)


def listing(naming: Naming, value: Any) -> str:
    """Several codes."""
    return naming.open(value) if isinstance(value, Open) else naming.names(value)


def ladder(naming: Naming, value: Any) -> str:
    """The rungs of a target."""
    return "; ".join(_rung(naming, rung) for rung in value)


def _rung(naming: Naming, rung: Rung) -> str:
    named = "" if rung.code == str(rung.at) else f"{rung.code}, "
    quiet = f", {rung.quiet}" if rung.quiet else ""
    cited = f" ({', '.join(rung.clauses)})" if rung.clauses else ""
    return f"{named}{rung.at}: {naming.names(rung.to)}{quiet}{cited}"


def _equal(one: Any, other: Any) -> bool:
    expressions = isinstance(one, Expression) and isinstance(other, Expression)
    return same(one, other) if expressions else bool(one == other)


def compared(place: Place, aspects: Iterable[Aspect], old: Any, new: Any) -> Iterator[Change]:
    """The aspects in which *old* and *new* differ."""
    for aspect in aspects:
        before, after = aspect.get(old), aspect.get(new)
        if not _equal(before, after):
            yield _told(place, aspect, before, after)


def _told(place: Place, aspect: Aspect, before: Any, after: Any) -> Change:
    teller, word = place.teller, place.teller.word(aspect.key)
    was = teller.was(lambda naming: aspect.say(naming, before))
    now = teller.is_(lambda naming: aspect.say(naming, after))
    if _is_nothing(before):
        return place.tell("value added", aspect.key, aspect=word, new=now)
    if _is_nothing(after):
        return place.tell("value removed", aspect.key, aspect=word, old=was)
    return place.tell("value", aspect.key, aspect=word, old=was, new=now)


def _is_nothing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, (tuple, Mapping)) and not value)


def members(
    place: Place, key: str, old: Iterable[Any], new: Iterable[Any], say: Say, path: str = ""
) -> Iterator[Change]:
    """What came to a list and what went; in which order it stands makes no difference."""
    before = {_identity(one): one for one in old}
    after = {_identity(one): one for one in new}
    teller, word = place.teller, place.teller.word(key)
    gone = [one for at, one in before.items() if at not in after]
    come = [one for at, one in after.items() if at not in before]
    for one in come:
        said = teller.is_(lambda naming, one=one: say(naming, one))  # type: ignore[misc]
        yield place.tell("member added", path or key, aspect=word, new=said)
    for one in gone:
        said = teller.was(lambda naming, one=one: say(naming, one))  # type: ignore[misc]
        yield place.tell("member removed", path or key, aspect=word, old=said)


def _identity(one: Any) -> Any:
    """What makes a member the same: conditions count by meaning."""
    if isinstance(one, Ask):
        return one.names, None if one.when is None else canonical(one.when)
    return one


def parties(
    place: Place,
    key: str,
    old: Party | Open | None,
    new: Party | Open | None,
    kinds: tuple[str, str],
) -> Iterator[Change]:
    """Who came to a party and who left it; the party as a whole where its word changed.

    Args:
        place: The part.
        key: The attribute.
        old: Who it was.
        new: Who it is.
        kinds: The sentences for who came and who left.
    """
    if old == new:
        return
    if not (isinstance(old, Party) and isinstance(new, Party)) or not _only_members(old, new):
        aspect = Aspect(key if key != "by" else "party", lambda value: value, Naming.party)
        change = _told(place, aspect, old, new)
        yield attrs.evolve(change, path=(*place.path, key))
        return
    come, left = kinds
    for name in new.names:
        if name not in old.names:
            kind = "signs" if new.how == "and" and come == "owes" else come
            yield place.tell(kind, key, who=place.teller.name(name))
    for name in old.names:
        if name not in new.names:
            kind = "signs no more" if old.how == "and" and left == "owes no more" else left
            yield place.tell(kind, key, who=place.teller.name(name))


def _only_members(old: Party, new: Party) -> bool:
    """Whether only names came or went, in an order that does not matter."""
    alike = old.how == new.how or "one" in (old.how, new.how)
    ordered = "then" in (old.how, new.how) or old.enough != new.enough
    return alike and not ordered and set(old.names) != set(new.names)
