"""Whatever a file holds, it is loaded or its problems are told; nothing else is ever raised."""

from __future__ import annotations

import copy
import datetime as _dt
import tomllib
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from complaintflow.errors import PolicyFileError
from complaintflow.policyfile import from_mapping, loads

SMALL = (FilePath(__file__).parent / "policies" / "small.toml").read_text("utf-8")
TREE = tomllib.loads(SMALL)


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every path below *value*."""
    if isinstance(value, dict):
        items: Any = value.items()
    else:
        items = enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield (*path, key)
        yield from paths_of(part, (*path, key))


PATHS = list(paths_of(TREE))
JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.sampled_from(
            ["", "$", "$start", "$nobody", "a, b", "loss", "24 h", "not", "any", "é", "\n"]
        ),
        st.text(max_size=5),
        st.just(_dt.date(2026, 1, 1)),
        st.just(_dt.datetime(2026, 1, 1, tzinfo=_dt.UTC)),
        st.just(_dt.time(9)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["a", "is", "type", "clause", "count", "when", "", "a, b", "C1"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=5,
)


@given(st.lists(st.tuples(st.sampled_from(PATHS), JUNK), min_size=1, max_size=3))
def test_anything_in_place_of_anything(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    tree = copy.deepcopy(TREE)
    for path, junk in changes:
        inside: Any = tree
        try:
            for part in path[:-1]:
                inside = inside[part]
            inside[path[-1]] = junk
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took it away
    try:
        from_mapping(tree)
    except PolicyFileError as error:
        assert error.problems
        assert all(problem.message for problem in error.problems)


@given(
    st.integers(0, len(SMALL)),
    st.integers(0, 12),
    st.text('"[]{}=.,#$\n abAC1é', max_size=4),
)
def test_any_slip_in_the_text(at: int, gone: int, new: str) -> None:
    text = SMALL[:at] + new + SMALL[at + gone :]
    try:
        loads(text)
    except PolicyFileError as error:
        lines = text.count("\n") + 1
        assert error.problems
        assert all(1 <= (problem.line or 1) <= lines for problem in error.problems)
