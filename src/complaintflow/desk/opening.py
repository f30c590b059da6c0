"""Opening a case: what the complaint says, and the policy under which it is opened."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping
from typing import Any

import attrs

from complaintflow.desk.book import PolicyBook
from complaintflow.desk.view import HasFacts
from complaintflow.domain.complaint import Complaint
from complaintflow.domain.domain import Domain
from complaintflow.engine.commands import Command, Receive
from complaintflow.errors import InvalidValueError
from complaintflow.moments import from_micros, zone
from complaintflow.policy.policy import Policy

__all__ = ["Given", "Opening", "given"]


@attrs.frozen
class Given:
    """What a complaint says.

    Args:
        facts: By name.
        lent: Whether they are all that the domain's class has, of which a policy takes what it
            uses; else each of them is meant for the policy, which refuses what it does not know.
        at: When it was received, if the complaint says so.
        number: Its number, if the complaint says so.
    """

    facts: Mapping[str, Any]
    lent: bool = False
    at: _dt.datetime | None = None
    number: str | None = None


def given(complaint: object, domain: Domain[Any] | None) -> Given:
    """What *complaint* says: facts by name, one of the *domain*'s class, or what has ``facts()``.

    Raises:
        InvalidValueError: it is none of these, or a value is not of its type.
    """
    if isinstance(complaint, Mapping):
        return Given(dict(complaint))
    at = number = None
    if isinstance(complaint, Complaint):
        at, number = complaint.received_at, complaint.number
    if domain is not None and isinstance(complaint, domain.complaint):
        return Given(domain.facts_of(complaint), True, at, number)
    if isinstance(complaint, HasFacts):
        return Given(dict(complaint.facts()), False, at, number)
    raise InvalidValueError(
        f"expected facts by name or a complaint, got {type(complaint).__name__}; tell the desk "
        "what your complaints are: Desk(..., domain=Domain.of(YourComplaint))"
    )


@attrs.frozen
class Opening:
    """Under which policy a new case is opened.

    Args:
        book: Where the policy is looked up.
        keys: What is said of the case, such as ``{"site": "wuhan"}``.
        received: What decides on the version, if it is not when the command happened.
        lent: See `Given`.
    """

    book: PolicyBook
    keys: Mapping[str, str]
    received: _dt.datetime | None = None
    lent: bool = False

    def policy(self, command: Command) -> Policy:
        """The policy. Raises PolicyError or InvalidValueError, see `PolicyBook.choose`."""
        received = self.received or from_micros(command.occurred, zone("UTC"))
        return self.book.choose(received, **self.keys)

    def fitted(self, command: Command, policy: Policy) -> Command:
        """*command* with those of the lent facts that *policy* speaks of."""
        what = command.what
        if not self.lent or not isinstance(what, Receive):
            return command
        known = {fact.code for fact in policy.facts if fact.given}
        facts = {name: value for name, value in what.facts.items() if name in known}
        return attrs.evolve(command, what=attrs.evolve(what, facts=facts))
