"""Duties: what somebody owes while the case rests. A duty with a limit has a target."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.limits import Limit
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import Expression
from complaintflow.policy.extension import Extension
from complaintflow.policy.fact import Ask
from complaintflow.policy.life import UNMOVED, Life
from complaintflow.policy.party import Party
from complaintflow.policy.rung import Rung

__all__ = ["Duty", "Target"]


@attrs.frozen
class Target:
    """By when a duty is owed.

    Args:
        within: The limit; an open item; or, with *per*, a limit for each answer.
        per: The decision that chooses among the limits of *within*.
        date: A fact of type instant or date that is the due date (a promise), or a fact
            of type limit that is the limit. Beside a limit it is the date that somebody, often
            the customer, named.
        ranks: With a limit and a date: the ``earliest`` governs, or the date ``replaces`` the
            limit once it is known.
        kind: ``internal``, ``customer``, ``statutory`` or ``promise``.
        pauses: While this condition holds the clock stands; None never.
        rungs: The ladder: who is told, at which points.
        regrade: A new limit after a regrade counts from the ``original`` start or from
            the ``regrade``.
        conventions: How this limit is counted, where it departs from the policy.
        calendar: The calendar on which it is counted, where it departs from the policy.
        extended: How it is extended; None not at all.
    """

    within: Limit | Open | Mapping[str, Limit | Open] | None = None
    per: str | None = None
    date: str | None = None
    kind: str = "internal"
    pauses: Expression | None = None
    rungs: tuple[Rung, ...] = ()
    regrade: str = "original"
    conventions: Conventions | None = None
    calendar: str | None = None
    ranks: str = "earliest"
    extended: Extension | None = None


@attrs.frozen
class Duty:
    """What somebody owes.

    Args:
        code: Its name; as a condition it means "nothing more is owed".
        owner: Who owes it.
        starts: The moment from which it is owed; each time it turns true begins a new round.
        when: It is owed only while this holds (the file says ``if``); an act is never unmade.
        ends: What discharges it; None is an act of its own name by its owner.
        each: Keys that owe separately: the members listed, or the decision or fact that
            answers them.
        asks: Facts that its act must make known.
        form: A form that its act must fill.
        jointly: The decision or party whose roles must all be present at its act.
        via: Channels of which one must be used.
        makes: Documents that must be among the act's evidence.
        target: By when, if there is a limit.
        life: Who may reject it and have that ruled on, pass it on, waive it.
    """

    code: str
    owner: Party | Open | None
    starts: Expression | Open
    clauses: tuple[str, ...] = ()
    when: Expression | None = None
    ends: Expression | None = None
    each: tuple[str, ...] | str = ()
    asks: tuple[Ask, ...] = ()
    form: str | None = None
    jointly: Party | None = None
    via: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    target: Target | None = None
    life: Life = UNMOVED
