"""Two policies, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from complaintflow.policy.diff.aspects import Place, members
from complaintflow.policy.diff.change import Change, Said, Teller
from complaintflow.policy.diff.decisions import decision_changes
from complaintflow.policy.diff.duties import duty_about, duty_changes
from complaintflow.policy.diff.facts import fact_changes, form_changes
from complaintflow.policy.diff.heads import head_changes
from complaintflow.policy.diff.others import (
    action_changes,
    apart_about,
    apart_changes,
    approval_changes,
    choice_changes,
    link_changes,
    permission_about,
    permission_changes,
    record_changes,
    role_changes,
    route_changes,
    tell_changes,
)
from complaintflow.policy.diff.steps import step_changes
from complaintflow.policy.naming import NAMING, Naming
from complaintflow.policy.policy import Policy

__all__ = ["diff"]


def _silent(naming: Naming, part: Any) -> str:
    return ""


_SECTIONS = (
    ("roles", "roles", "role", role_changes, _silent),
    ("facts", "facts", "fact", fact_changes, _silent),
    ("forms", "form", "form", form_changes, _silent),
    ("decisions", "decide", "decision", decision_changes, _silent),
    ("steps", "step", "step", step_changes, _silent),
    ("duties", "duty", "duty", duty_changes, duty_about),
    ("approvals", "approval", "approval", approval_changes, _silent),
    ("actions", "action", "action", action_changes, _silent),
    ("tells", "tell", "tell", tell_changes, _silent),
    ("routes", "route", "route", route_changes, _silent),
    ("links", "link", "link", link_changes, _silent),
    ("records", "records", "record", record_changes, _silent),
    ("apart", "apart", "rule", apart_changes, apart_about),
    ("permissions", "allow", "permission", permission_changes, permission_about),
    ("choices", "choices", "choice", choice_changes, _silent),
)


def diff(old: Policy, new: Policy) -> tuple[Change, ...]:
    """What *new* says that *old* did not, and what it no longer says, in words.

    Parts are compared by their codes, conditions by meaning: in what order their parts stand,
    which side a bound stands on and where a ``not`` stands makes no difference. A choice that
    was settled shows where it is used as well. Two policies with equal digests have no
    differences.

    Args:
        old: The earlier version.
        new: The later one.

    Returns:
        The differences in the order of a policy file.
    """
    teller = Teller(old, new)
    found = list(head_changes(teller, old, new))
    for attribute, section, sort, changes, about in _SECTIONS:
        before = {part.code: part for part in getattr(old, attribute)}
        after = {part.code: part for part in getattr(new, attribute)}
        for code, part in after.items():
            what = _what(teller, section, part)
            if code not in before:
                said = teller.is_(lambda naming, part=part, about=about: about(naming, part))  # type: ignore[misc]
                word = teller.word(f"sort {sort}")
                path = (section, code)
                found.append(
                    teller.tell("added", path, part.clauses, sort=word, what=what, about=said)
                )
                continue
            place = Place(teller, what, (section, code), part.clauses)
            found += changes(place, before[code], part)
            found += members(place, "clauses", before[code].clauses, part.clauses, _as_it_is)
        for code, part in before.items():
            if code not in after:
                what, word = _what(teller, section, part), teller.word(f"sort {sort}")
                path = (section, code)
                found.append(teller.tell("removed", path, part.clauses, sort=word, what=what))
    return (*found, *_clauses(teller, old, new), *_names(teller, old, new))


def _what(teller: Teller, section: str, part: Any) -> Said:
    """What a part is called; the commands of ``[allow]`` have names of their own."""
    if section != "allow":
        return teller.what(part.code, part.clauses)
    cited = f" ({', '.join(part.clauses)})" if part.clauses else ""
    return lambda language: NAMING[f"allow {part.code}"][language] + cited


def _as_it_is(naming: Naming, value: Any) -> str:
    return str(value)


def _clauses(teller: Teller, old: Policy, new: Policy) -> Iterator[Change]:
    word = teller.word("sort clause")
    for clause, text in new.clauses.items():
        path = ("clauses", clause)
        before = old.clauses.get(clause)
        if before is None:
            about = f": {text}"
            yield teller.tell("added", path, (clause,), sort=word, what=clause, about=about)
        elif before != text:
            yield teller.tell("clause text", path, (clause,), what=clause, old=before, new=text)
    for clause in old.clauses:
        if clause not in new.clauses:
            yield teller.tell("removed", ("clauses", clause), (clause,), sort=word, what=clause)


def _names(teller: Teller, old: Policy, new: Policy) -> Iterator[Change]:
    for code, name in new.names.items():
        before = old.names.get(code)
        if before is not None and before != name:
            yield teller.tell(
                "renamed",
                ("names", code),
                code=code,
                old=teller.was(lambda naming, code=code: naming.name(code)),  # type: ignore[misc]
                new=teller.is_(lambda naming, code=code: naming.name(code)),  # type: ignore[misc]
            )
