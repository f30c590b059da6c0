"""Grading: how criteria that match make one answer, and what an unknown fact does."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.audit.events import Answer
from complaintflow.domain.types import Simple
from complaintflow.engine.grading import CompiledDecision, evaluate
from complaintflow.policy.decision import PICKS, Criterion, Decision
from complaintflow.policy.expression import compile as compiled
from complaintflow.policy.expression import parse, resolve

SCOPE = {name: Simple("yes/no") for name in "abc"}
NAMES = tuple(SCOPE)
TRUTH: Sequence[bool | None] = (True, False, None)


def decision(pick: str, **options: object) -> CompiledDecision:
    """Answers A, B, C under the facts a, b, c."""
    criteria = tuple(
        Criterion((name.upper(),), resolve(parse(name), SCOPE)[0], (f"C.{name}",)) for name in NAMES
    )
    order = ("A", "B", "C") if pick == "highest" else ()
    made = Decision("grade", pick, criteria, order, **options)  # type: ignore[arg-type]
    return CompiledDecision(made, tuple((c, compiled(c.when)) for c in criteria))


def answer(pick: str, facts: Sequence[bool | None], **options: object) -> tuple[Answer, str]:
    graded = evaluate(decision(pick, **options), dict(zip(NAMES, facts, strict=True)))
    return graded.answer, graded.why


@pytest.mark.parametrize(
    ("pick", "facts", "wanted"),
    [
        ("highest", (False, True, True), ("B", "matched")),
        ("highest", (True, None, None), ("A", "matched")),
        ("highest", (None, True, False), (None, "unknown facts")),
        ("highest", (False, False, False), (None, "nothing fits")),
        ("first", (False, True, None), ("B", "matched")),
        ("first", (None, True, True), (None, "unknown facts")),
        ("first", (False, False, False), (None, "nothing fits")),
        ("unique", (False, True, False), ("B", "matched")),
        ("unique", (True, True, False), (None, "answers differ")),
        ("unique", (True, None, False), (None, "unknown facts")),
        ("unique", (False, False, False), (None, "nothing fits")),
        ("all", (True, None, True), (("A", "C"), "matched")),
        ("all", (False, None, False), (None, "unknown facts")),
        ("all", (False, False, False), ((), "residual")),
        ("flag", (None, True, False), (True, "matched")),
        ("flag", (None, False, False), (None, "unknown facts")),
        ("flag", (False, False, False), (False, "nothing fits")),
    ],
)
def test_how_answers_are_picked(
    pick: str, facts: Sequence[bool | None], wanted: tuple[Answer, str]
) -> None:
    assert answer(pick, facts) == wanted


def test_the_residual_answer_needs_everything_to_be_known() -> None:
    assert answer("highest", (False, False, False), residual="C") == ("C", "residual")
    assert answer("highest", (False, None, False), residual="C") == (None, "unknown facts")
    assert answer("all", (False, False, False), residual="C") == (("C",), "residual")


def test_the_strict_side_while_something_is_unknown() -> None:
    """s003d: undetermined goes the strict way."""
    assert answer("highest", (None, True, False), undetermined="A") == ("A", "strict side")
    assert answer("highest", (False, True, False), undetermined="A") == ("B", "matched")


def test_every_criterion_is_accounted_for() -> None:
    graded = evaluate(decision("highest"), {"a": None, "b": True, "c": False})
    assert [value for _, value in graded.results] == [None, True, False]
    assert (graded.matched, graded.unknown) == (("C.b",), ("C.a",))


@given(st.sampled_from(PICKS), st.tuples(*[st.sampled_from(TRUTH)] * 3))
def test_what_is_answered_stays_when_more_becomes_known(
    pick: str, facts: tuple[bool | None, ...]
) -> None:
    """An answer never depends on what an unknown fact will turn out to be.

    ``all`` may only grow; a determined answer of any other pick is that of every completion.
    """
    known = answer(pick, facts)[0]
    if known is None:
        return
    choices = [(True, False) if fact is None else (fact,) for fact in facts]
    for completion in itertools.product(*choices):
        later = answer(pick, completion)[0]
        if isinstance(known, tuple):
            assert isinstance(later, tuple)
            assert set(known) <= set(later)
        else:
            assert later == known
