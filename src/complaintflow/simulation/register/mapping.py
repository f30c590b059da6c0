"""The mapping: which column of a register means which fact of a policy."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from complaintflow.simulation.register.sheet import Layout
from complaintflow.simulation.register.stamps import Stamp, Times

__all__ = ["Entries", "Opening", "RegisterMapping", "Shown", "Source", "Taken", "Who"]


@attrs.frozen
class Source:
    """Where the value of one fact comes from.

    Args:
        fact: The fact's code in the policy.
        columns: Headings; several are joined by *join*. None of them: *constant* is it.
        join: What stands between the cells of several columns.
        constant: The value of every row, where there is no column.
        values: What cells say, to what the policy says; empty: the cell is the value.
        otherwise: The value where *values* has no translation.
        empty: The value of an empty cell; None leaves the fact unknown.
        unit: The unit of plain numbers; an amount in another unit is rejected.
        required: Whether an empty cell rejects the row.
        step: The step or duty at which the value became known; None the opening.
    """

    fact: str
    columns: tuple[str, ...] = ()
    join: str = " "
    constant: str | None = None
    values: Mapping[str, str] = attrs.Factory(dict)
    otherwise: str | None = None
    empty: str | None = None
    unit: str | None = None
    required: bool = False
    step: str | None = None


@attrs.frozen
class Who:
    """Who acts: a *column* with names or, where it is empty or absent, a *constant*."""

    column: str | None = None
    constant: str | None = None


@attrs.frozen
class Opening:
    """How a row opens a case.

    Args:
        number: Heading of the complaint's number.
        received: The column that says when it was received.
        step: The step that opens the case; None is the only one that can.
        role: The role that takes it; None is the first that may.
        who: The person who takes it.
    """

    number: str = "number"
    received: Stamp = attrs.Factory(lambda: Stamp("received"))
    step: str | None = None
    role: str | None = None
    who: Who = attrs.Factory(Who)


@attrs.frozen
class Taken:
    """A later step or duty that the register itself tells: done at *when*, if not empty."""

    step: str
    when: Stamp
    role: str | None = None
    who: Who = attrs.Factory(Who)


@attrs.frozen
class Entries:
    """The headings of the file of entries, in the order of the documentation."""

    number: str = "number"
    occurred: Stamp = attrs.Factory(lambda: Stamp("occurred"))
    recorded: Stamp = attrs.Factory(lambda: Stamp("recorded"))
    role: str = "role"
    who: str = "who"
    what: str = "what"
    key: str = "key"
    facts: str = "facts"
    present: str = "present"
    evidence: str = "evidence"
    reason: str = "reason"
    via: str = "via"
    signed: str = "signed"
    names: Mapping[str, str] = attrs.Factory(dict)


@attrs.frozen
class Shown:
    """What the ledger shows: facts (or a decision) of the policy.

    Args:
        customer: The fact that names the customer.
        product: Facts that name the product, joined by a space.
        grade: The decision that is the grade.
        department: The decision or fact by which the summary groups; None the owner.
    """

    customer: str | None = None
    product: tuple[str, ...] = ()
    grade: str | None = None
    department: str | None = None


@attrs.frozen
class RegisterMapping:
    """How a register and its entries are read. Every part has a usual value.

    Args:
        times: What times mean, in both files.
        layout: How the register is laid out.
        opening: How a row opens a case.
        sources: Where facts come from; empty: every heading that is a fact's code.
        taken: Later steps that the register itself tells.
        entries: The headings of the file of entries.
        shown: What the ledger shows.
        file: The mapping's file name, for messages.
        lines: Dotted path in that file to the line of its key.
    """

    times: Times = attrs.Factory(Times)
    layout: Layout = attrs.Factory(Layout)
    opening: Opening = attrs.Factory(Opening)
    sources: tuple[Source, ...] = ()
    taken: tuple[Taken, ...] = ()
    entries: Entries = attrs.Factory(Entries)
    shown: Shown = attrs.Factory(Shown)
    file: str = ""
    lines: Mapping[str, int] = attrs.field(factory=dict, eq=False, repr=False)
