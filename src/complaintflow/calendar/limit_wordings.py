"""Limits that are no amount of time: each stays what the text says it is."""

from __future__ import annotations

from typing import Any

import attrs

from complaintflow.calendar.limit_base import Limit, words

__all__ = ["CustomersDate", "EventOrder", "Promise", "Referenced", "Unset", "WordOnly"]


def _no_words(value: Any) -> str:
    return words(value, empty=True)


def _some_words(value: Any) -> str:
    return words(value, empty=False)


@attrs.frozen
class Promise(Limit):
    """An instant that somebody told the customer; never moved.

    Args:
        fact: Name of the fact that holds it, if the policy names one.
    """

    sort = "promise"
    fact: str = attrs.field(default="", converter=_no_words)


@attrs.frozen
class CustomersDate(Limit):
    """A date or instant the customer named.

    Args:
        fact: Name of the fact that holds it, if the policy names one.
    """

    sort = "customer's date"
    fact: str = attrs.field(default="", converter=_no_words)


@attrs.frozen
class EventOrder(Limit):
    """A gate: before something else may happen, without an instant."""

    sort = "event order"
    before: str = attrs.field(converter=_some_words)


@attrs.frozen
class WordOnly(Limit):
    """A word such as "promptly": a duty without an instant, never overdue by itself."""

    sort = "word only"
    words: str = attrs.field(converter=_some_words)


@attrs.frozen
class Referenced(Limit):
    """Given elsewhere: an open item at load, an error when a case needs it."""

    sort = "referenced"
    where: str = attrs.field(converter=_some_words)


@attrs.frozen
class Unset(Limit):
    """Nobody has said: an open item at load, an error when a case needs it.

    Args:
        note: What the text leaves blank, as written.
    """

    sort = "unset"
    note: str = attrs.field(default="", converter=_no_words)
