"""The policy book: which policy, in which version, a new case is opened under."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Collection, Iterable, Mapping

import attrs

from complaintflow.desk.book_entry import BookEntry, Span, spans_of
from complaintflow.desk.book_problems import problems_in
from complaintflow.errors import InvalidValueError, PolicyError, did_you_mean
from complaintflow.moments import to_micros
from complaintflow.policy.policy import Policy

__all__ = ["KEYS", "PolicyBook"]

KEYS = ("site", "customer", "product", "kind")
"""What may be said of any new case, whether or not an entry asks for it."""


def _entries(entries: Iterable[BookEntry | Policy]) -> tuple[BookEntry, ...]:
    return tuple(one if isinstance(one, BookEntry) else BookEntry(one) for one in entries)


def _listed(values: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(listed) for key, listed in values.items()}


@attrs.frozen
class PolicyBook:
    """Chooses policy and version for a new case by site, customer, product, kind and time.

    Of two entries for a case, the one for fewer cases wins where all its cases are also the
    other's: ``site=wuhan, kind=oral`` before ``site=wuhan`` before an entry that asks nothing.
    Whatever else fits twice is a problem. An entry without a last day ends where the next one
    for the same cases begins, so that a new version is just one more entry.

    Args:
        entries: Entries; a bare policy is an entry for every case from its ``effective`` on.
        values: What a key can be, such as ``{"site": ["wuhan", "chengdu"]}``. With it, a value
            that no entry is for and an entry for a value that does not exist are problems.

    Raises:
        PolicyError: with every problem: overlaps, gaps in time, values without a policy ...
    """

    entries: tuple[BookEntry, ...] = attrs.field(converter=_entries)
    values: Mapping[str, tuple[str, ...]] = attrs.field(
        factory=dict, converter=_listed, kw_only=True
    )
    _spans: tuple[Span, ...] = attrs.field(init=False, eq=False, repr=False)

    @_spans.default
    def _held(self) -> tuple[Span, ...]:
        return spans_of(self.entries)

    def __attrs_post_init__(self) -> None:
        problems = problems_in(self.entries, self._spans, self.values)
        if problems:
            count = len(problems)
            raise PolicyError(
                f"the policy book has {count} problem{'s' if count > 1 else ''}", problems
            )

    @classmethod
    def of(cls, policy: Policy) -> PolicyBook:
        """The book of a single policy, which holds for every case at any time."""
        return cls([BookEntry(policy, since=None)])

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy once, in the order of the entries."""
        return tuple({entry.policy.digest: entry.policy for entry in self.entries}.values())

    @property
    def keys(self) -> tuple[str, ...]:
        """What may be said of a case: the usual keys, and those that entries ask for."""
        asked = (key for entry in self.entries for key in entry.when)
        return tuple(dict.fromkeys([*KEYS, *asked, *self.values]))

    def choose(self, at: _dt.datetime, **keys: str) -> Policy:
        """The policy for a case that was received at *at*: ``choose(at, site="wuhan")``.

        Args:
            at: An aware datetime.
            keys: What is said of the case. What no entry for such a case asks need not be said.

        Raises:
            InvalidValueError: there is no such key or value; a key is needed and not given.
            PolicyError: no entry holds for such a case at that time; says which there are.
        """
        now = to_micros(at, "at")
        self._known(keys)
        held = [
            entry
            for entry, (begin, end) in zip(self.entries, self._spans, strict=True)
            if begin <= now < end and entry.fits(keys)
        ]
        needed = sorted({key for entry in held for key in entry.when.keys() - keys.keys()})
        if needed:
            raise InvalidValueError(
                f"which policy holds depends on {' and '.join(needed)}; say "
                + ", ".join(f"{key}=..." for key in needed)
            )
        if not held:
            raise PolicyError(self._nothing(at, keys))
        return next(one for one in held if all(one.within(other) for other in held)).policy

    def version(self, policy: str, at: _dt.datetime) -> Policy:
        """The version of the policy with the identifier *policy* that holds at *at*.

        Raises:
            PolicyError: none holds then, or one for some cases and another for others.
        """
        held = self.versions(policy, at)
        if len(held) == 1:
            return held[0]
        found = "several versions hold" if held else "no version holds"
        there = "".join(f"\n  {entry}" for entry in self.entries if entry.policy.id == policy)
        raise PolicyError(f"{found} of the policy {policy!r} on {at:%Y-%m-%d}; there is{there}")

    def versions(self, policy: str, at: _dt.datetime) -> tuple[Policy, ...]:
        """The versions of a policy that hold at *at*: several where it depends on the case."""
        now = to_micros(at, "at")
        spans = zip(self.entries, self._spans, strict=True)
        held = {
            entry.policy.digest: entry.policy
            for entry, (begin, end) in spans
            if entry.policy.id == policy and begin <= now < end
        }
        return tuple(held.values())

    def _known(self, keys: Mapping[str, str]) -> None:
        for key, value in keys.items():
            if key not in self.keys:
                raise InvalidValueError(
                    f"policies are chosen by {', '.join(self.keys)}, not by {key!r}"
                    + _meant(key, self.keys)
                )
            listed = self.values.get(key)
            if listed is not None and value not in listed:
                raise InvalidValueError(
                    f"{key} is one of {', '.join(listed)}, not {value!r}{_meant(value, listed)}"
                )

    def _nothing(self, at: _dt.datetime, keys: Mapping[str, str]) -> str:
        said = ", ".join(f"{key}={value}" for key, value in keys.items()) or "a case"
        hints = ""
        for key, value in keys.items():
            known = {text for entry in self.entries for text in entry.when.get(key, ())}
            hints += "" if value in known else _meant(value, known)
        there = "".join(f"\n  {entry}" for entry in self.entries)
        return f"no policy holds for {said} on {at:%Y-%m-%d}{hints}; there is{there}"


def _meant(word: str, known: Iterable[str]) -> str:
    meant = did_you_mean(word, known)
    return f"; did you mean {meant!r}?" if meant else ""
