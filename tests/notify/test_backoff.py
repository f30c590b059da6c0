"""When a message is tried again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.errors import InvalidValueError
from complaintflow.notify.backoff import Backoff
from complaintflow.testing.events import texts

SECOND = 1_000_000
BACKOFFS = st.builds(Backoff, st.integers(1, 600), st.integers(1, 10**6), st.integers(1, 60))


def nominal(backoff: Backoff, attempt: int) -> int:
    """Naively: begin with the first, double it, never above the longest."""
    wait = min(backoff.first, backoff.longest)
    for _ in range(attempt - 1):
        wait = min(wait * 2, backoff.longest)
    return wait * SECOND


@given(BACKOFFS, texts(), st.integers(1, 100))
def test_a_wait_lies_between_a_half_and_the_whole(backoff: Backoff, key: str, attempt: int) -> None:
    most = nominal(backoff, attempt)
    assert most / 2 <= backoff.wait(key, attempt) <= most
    assert backoff.wait(key, attempt) == backoff.wait(key, attempt)


@given(BACKOFFS, texts(), st.integers(1, 100), st.integers(0, 10**8))
def test_what_a_receiver_asks_for_is_kept_within_bounds(
    backoff: Backoff, key: str, attempt: int, asked: int
) -> None:
    own = backoff.wait(key, attempt)
    wait = backoff.wait(key, attempt, asked)
    assert wait == max(own, min(asked, backoff.longest) * SECOND)
    assert wait <= backoff.longest * SECOND


@given(BACKOFFS, texts(), st.integers(1, 100))
def test_the_last_attempt_is_the_last(backoff: Backoff, key: str, attempt: int) -> None:
    at = backoff.retry_at(key, attempt, 5)
    assert (at is None) == (attempt >= backoff.attempts)
    assert at is None or at == 5 + backoff.wait(key, attempt)


def test_messages_that_failed_together_come_back_apart() -> None:
    waits = {Backoff().wait(f"C-{number}:4:qa", 3) for number in range(100)}
    assert len(waits) == 100
    assert max(waits) - min(waits) > 100 * SECOND  # of the 120 s that they may differ


def test_the_defaults_try_for_about_two_days() -> None:
    backoff = Backoff()
    most = sum(nominal(backoff, attempt) for attempt in range(1, backoff.attempts))
    assert 1 <= most / 2 / SECOND / 86_400 < most / SECOND / 86_400 < 2.5


@pytest.mark.parametrize("wrong", [{"first": 0}, {"longest": -1}, {"attempts": 0}, {"first": 1.5}])
def test_what_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidValueError, match="is a whole number from 1"):
        Backoff(**wrong)
