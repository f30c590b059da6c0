"""From the merged tree to a policy, and from what is wrong with it to lines of the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from complaintflow.calendar import WorkingCalendar
from complaintflow.domain.types import FactType
from complaintflow.errors import did_you_mean
from complaintflow.policy.expression import Function
from complaintflow.policy.policy import Policy
from complaintflow.policy.validate import findings_of
from complaintflow.policy.validation.finding import Finding
from complaintflow.policyfile import read_others, read_people, read_policy
from complaintflow.policyfile.language import SECTIONS
from complaintflow.policyfile.places import Path
from complaintflow.policyfile.read_decisions import read_decisions
from complaintflow.policyfile.read_duties import read_duties
from complaintflow.policyfile.read_facts import read_facts, read_forms, read_roles
from complaintflow.policyfile.read_steps import read_steps
from complaintflow.policyfile.reading import Complaint, Node, Reading
from complaintflow.policyfile.sources import Sources, Spot

__all__ = ["Built", "build"]


@attrs.frozen
class Built:
    """A policy as far as it could be read, and what is wrong.

    Args:
        policy: As far as it could be read.
        complaints: What is wrong.
        spot: Where what the policy has at a path stands in the files.
    """

    policy: Policy
    complaints: tuple[Complaint, ...]
    spot: Callable[[Path], Spot]


def build(
    sources: Sources,
    *,
    parameters: Mapping[str, Any],
    functions: Mapping[str, Function],
    known: Mapping[str, FactType] | None = None,
    instead: Mapping[str, int] | None = None,
) -> Built:
    """Read the whole tree.

    Args:
        sources: The files.
        parameters: What the caller fills the blanks with.
        functions: The host's own functions.
        known: What the host's complaints know; it need not be declared.
        instead: For some choices the number of another reading to take.
    """
    reading = Reading(sources.tree)
    reading.broken.update(sources.broken)
    _unknown_sections(reading)
    choices = read_policy.read_choices(reading, parameters, instead or {})
    calendars = _section(reading, "calendar", read_policy.read_calendars, {})
    head_node = reading.section("policy")
    if head_node is None:
        Node(reading, (), sources.tree).complain(
            "there is no section [policy]: policy = { id = ..., version = ..., calendar = ... }"
        )
    head = read_policy.read_head(head_node) if head_node else read_policy.Head()
    calendar = _calendar(reading, head.calendar, calendars)
    facts = _section(reading, "facts", lambda node: read_facts(node, known), ())
    types = {**(known or {}), **{fact.code: fact.type for fact in facts}}
    policy = Policy(
        id=head.id,
        version=head.version,
        calendar=calendar,
        final=head.final,
        conventions=head.conventions,
        keeper=head.keeper,
        roles=_section(reading, "roles", read_roles, ()),
        facts=facts,
        forms=_section(reading, "form", read_forms, ()),
        decisions=_section(reading, "decide", read_decisions, ()),
        steps=_section(reading, "step", lambda n: read_steps(n, types, calendar.timezone), ()),
        duties=_section(reading, "duty", lambda n: read_duties(n, types), ()),
        approvals=_section(reading, "approval", read_others.read_approvals, ()),
        actions=_section(reading, "action", read_others.read_actions, ()),
        tells=_section(reading, "tell", read_others.read_tells, ()),
        routes=_section(reading, "route", read_others.read_routes, ()),
        links=_section(reading, "link", read_others.read_links, ()),
        choices=choices,
        records=_section(reading, "records", read_others.read_records, ()),
        apart=_section(reading, "apart", read_people.read_apart, ()),
        permissions=_section(reading, "allow", read_people.read_permissions, ()),
        clauses=_section(reading, "clauses", read_policy.read_clauses, {}),
        names=_section(reading, "names", read_policy.read_names, {}),
        calendars={name: one for name, one in calendars.items() if name != head.calendar},
        effective=head.effective,
        approved_by=head.approved_by,
        title=head.title,
        parked=_section(reading, "states", read_policy.read_states, ()),
    )
    ready, findings = findings_of(policy, functions, known)
    complaints = [*reading.complaints, *_unused_choices(reading)]
    complaints += [
        Complaint(_spot(reading, finding), finding.message, finding.suggestion)
        for finding in findings
        if not _follows(finding, reading.broken)
    ]
    return Built(ready, tuple(complaints), lambda path: _aliased(reading, path))


def _unused_choices(reading: Reading) -> list[Complaint]:
    """Choices that nothing uses, where a choice of a similar name is used but not declared."""
    strangers = [code for code in reading.used if code not in {*reading.taken, *reading.open}]
    found: list[Complaint] = []
    for code in (*reading.taken, *reading.open):
        meant = None if code in reading.used else did_you_mean(code, strangers)
        if meant is not None:
            section = "choices" if reading.section("choices", code) else "parameters"
            message = (
                f"the choice {code!r} is declared but never used, while {meant!r} is used but "
                "never declared"
            )
            found.append(Complaint(Spot((section, code), key=True), message, meant))
    return found


def _section(reading: Reading, name: str, read: Any, nothing: Any) -> Any:
    node = reading.section(name)
    return nothing if node is None else read(node)


def _unknown_sections(reading: Reading) -> None:
    for name in reading.tree:
        if name not in SECTIONS:
            node = Node(reading, (name,), reading.tree[name])
            meant = did_you_mean(name, SECTIONS)
            listed = "" if meant else f"; known: {', '.join(SECTIONS)}"
            node.complain(f"no section is called {name!r}{listed}", key=True, suggestion=meant)


def _calendar(
    reading: Reading, name: str, calendars: Mapping[str, WorkingCalendar]
) -> WorkingCalendar:
    found = calendars.get(name)
    if found is not None:
        return found
    if name and name not in reading.broken:
        node = reading.section("policy", "calendar")
        if node is not None:
            known = f"; known: {', '.join(calendars)}" if calendars else ""
            node.complain(
                f"no calendar is called {name!r}{known}; calendars stand in calendar.toml beside "
                "the policy or in [calendar.name]",
                suggestion=did_you_mean(name, calendars),
            )
    return WorkingCalendar.always("UTC")


def _follows(finding: Finding, broken: set[str]) -> bool:
    """Whether *finding* only follows from something that was already reported."""
    return bool(finding.word) and bool(broken & {finding.word, finding.word.split(".")[0]})


def _spot(reading: Reading, finding: Finding) -> Spot:
    """Where a finding's place stands in the files."""
    spot = _aliased(reading, finding.path)
    key = finding.key or spot.key
    index = spot.index
    if finding.column is not None:
        index = (index or 0) + finding.column - 1
        choice = _choice_at(reading, spot.path, index, key=key)
        if choice is not None:
            return choice
    return attrs.evolve(spot, key=key, index=index, word=finding.word)


def _aliased(reading: Reading, path: Path) -> Spot:
    for cut in range(len(path), 0, -1):
        alias = reading.aliases.get(path[:cut])
        if alias is None:
            continue
        rest = path[cut:]
        if not rest:
            # A row may be an alias of a row whose value is the reading of a choice.
            deeper = reading.aliases.get(alias.path) if not alias.key else None
            return deeper if deeper is not None and deeper.user is not None else alias
        return attrs.evolve(alias, path=(*alias.path, *rest), key=False, index=None)
    return Spot(path)


def _choice_at(reading: Reading, path: Path, index: int, *, key: bool) -> Spot | None:
    """The reading of the choice whose ``$name`` stands at that character, if one does."""
    if key:
        text: Any = path[-1]
    else:
        text = reading.tree
        for part in path:
            try:
                text = text[part]
            except (KeyError, IndexError, TypeError):
                return None
    if not isinstance(text, str) or text[index : index + 1] != "$":
        return None
    end = index + 1
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    taken = reading.taken.get(text[index + 1 : end])
    return None if taken is None else Spot(taken[1], user=path)
