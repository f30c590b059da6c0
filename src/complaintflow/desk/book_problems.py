"""What can be wrong with the entries of a policy book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from complaintflow.desk.book_entry import BookEntry, Span
from complaintflow.errors import Problem, did_you_mean

__all__ = ["problems_in"]

_Values = Mapping[str, tuple[str, ...]]


def problems_in(
    entries: tuple[BookEntry, ...], spans: tuple[Span, ...], values: _Values
) -> tuple[Problem, ...]:
    """Everything that is wrong, each with the number of an entry, from 0.

    Args:
        entries: In the order in which they were given.
        spans: When each of them holds.
        values: What a key can be, where that is known.
    """
    if not entries:
        return (Problem("a policy book has at least one entry", path="entries"),)
    found = [problem for number, one in enumerate(entries) for problem in _alone(number, one)]
    found += _strangers(entries, values)
    found += _versions(entries)
    if not found:  # else most of what follows only follows from it
        found += _overlaps(entries, spans)
        found += _gaps(entries, spans)
        found += _missing(entries, values)
    return tuple(found)


def _path(number: int) -> str:
    return f"entries[{number}]"


def _alone(number: int, one: BookEntry) -> Iterator[Problem]:
    for key, texts in one.when.items():
        if not key.isidentifier():
            yield Problem(f"expected a key such as 'site', got {key!r}", path=_path(number))
        if not texts:
            yield Problem(f"it is for no case: {key} is one of nothing", path=_path(number))
    if one.since is not None and one.until is not None and one.until < one.since:
        message = f"it ends on {one.until}, before it begins on {one.since}"
        yield Problem(message, path=_path(number))


def _strangers(entries: tuple[BookEntry, ...], values: _Values) -> Iterator[Problem]:
    """Values that are not listed."""
    for number, one in enumerate(entries):
        for key, texts in one.when.items():
            for text in sorted(texts.difference(values.get(key, texts))):
                message = f"{key} is one of {', '.join(values[key])}, not {text!r}"
                meant = did_you_mean(text, values[key])
                yield Problem(message, path=_path(number), suggestion=meant)


def _versions(entries: tuple[BookEntry, ...]) -> Iterator[Problem]:
    """One version of one policy with two contents: records would call both alike."""
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for number, one in enumerate(entries):
        policy = one.policy
        known, digest = first.setdefault((policy.id, policy.version), (number, policy.digest))
        if digest != policy.digest:
            message = f"{policy.id} {policy.version} differs from that of {_path(known)}"
            yield Problem(f"{message}; give each edition a version", path=_path(number))


def _overlaps(entries: tuple[BookEntry, ...], spans: tuple[Span, ...]) -> Iterator[Problem]:
    """Pairs for one case at one time, of which neither is the narrower."""
    for (i, one), (j, other) in combinations(enumerate(entries), 2):
        begin, end = max(spans[i][0], spans[j][0]), min(spans[i][1], spans[j][1])
        both = one.common(other)
        same = one.when == other.when
        nested = not same and (one.within(other) or other.within(one))
        if begin >= end or both is None or nested:
            continue
        settled = [] if same else [s for e, s in zip(entries, spans, strict=True) if e.when == both]
        if not _covered(settled, begin, end):
            said = ", ".join(f"{key}={min(both[key])}" for key in sorted(both)) or "every case"
            advice = "end one of them" if same else "add an entry for just these, or part them"
            message = f"it and {_path(i)} both hold for {said}; {advice}: {one} | {other}"
            yield Problem(message, path=_path(j))


def _gaps(entries: tuple[BookEntry, ...], spans: tuple[Span, ...]) -> Iterator[Problem]:
    """Times between two entries for the same cases at which nothing holds for them."""
    for number, one in enumerate(entries):
        end = spans[number][1]
        later = [
            (span[0], other)
            for other, span in zip(entries, spans, strict=True)
            if other.when == one.when and span[0] >= end
        ]
        if not later:
            yield from _unresumed(number, entries, spans)
            continue
        begin, following = min(later, key=lambda pair: pair[0])
        wider = [s for e, s in zip(entries, spans, strict=True) if one.within(e)]
        if not _covered(wider, end, begin):
            message = f"nothing holds between its end and the next: {one} | {following}"
            yield Problem(message, path=_path(number))


def _unresumed(
    number: int, entries: tuple[BookEntry, ...], spans: tuple[Span, ...]
) -> Iterator[Problem]:
    """An entry that just ends, after it took over from one that would have held on."""
    one = entries[number]
    if one.until is None:
        return
    for other, span in zip(entries, spans, strict=True):
        if other.when == one.when and other.until is None and span[0] < spans[number][0]:
            message = f"does {other} hold again after it? Give that entry a last day, or once more"
            yield Problem(f"{message} from the day after {one.until}", path=_path(number))


def _covered(spans: Iterable[Span], begin: int, end: int) -> bool:
    """Whether *spans* leave nothing out between *begin* and *end*."""
    for start, stop in sorted(spans):
        if start > begin or begin >= end:
            break
        begin = max(begin, stop)
    return begin >= end


def _missing(entries: tuple[BookEntry, ...], values: _Values) -> Iterator[Problem]:
    """Cases of the listed values for which there is no entry, whatever the time."""
    keys = [key for key in values if any(key in one.when for one in entries)]
    for texts in product(*(_kinds(entries, key, values[key]) for key in keys)):
        case = dict(zip(keys, texts, strict=True))
        if case and not any(one.fits(case) for one in entries):
            said = ", ".join(f"{key}={text}" for key, text in case.items())
            yield Problem(f"there is no entry for {said}", path="entries")


def _kinds(entries: tuple[BookEntry, ...], key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """One of those *texts* between which no entry makes a difference."""
    told: dict[tuple[bool, ...], str] = {}
    for text in texts:
        told.setdefault(tuple(text in one.when.get(key, ()) for one in entries), text)
    return tuple(told.values())
