"""The calendar's catalogue; that no key lacks a language is tested for all catalogues at once."""

from __future__ import annotations

import pytest

from complaintflow.calendar.messages import MESSAGES, WEEKDAYS, say
from complaintflow.errors import InvalidValueError


def test_a_text_is_filled_in() -> None:
    assert say("hours", "en", count=3) == "3 h"
    assert say("hours", "zh", count=3) == "3 小时"


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="'en' and 'zh'"):
        say("hours", "de", count=3)  # type: ignore[arg-type]


def test_every_language_has_seven_weekdays() -> None:
    assert {len(names) for names in WEEKDAYS.values()} == {7}
    assert {lang for texts in MESSAGES.values() for lang in texts} == set(WEEKDAYS)
