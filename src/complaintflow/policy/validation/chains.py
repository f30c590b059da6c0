"""Duties that follow another one key by key."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.errors import did_you_mean
from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import Expected, Expression
from complaintflow.policy.expression.nodes import Name
from complaintflow.policy.expression.walk import walk
from complaintflow.policy.keys import KEY, followed_by, known_keys
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.expressions import rewrite
from complaintflow.policy.validation.finding import Finding, Path

__all__ = ["chains_in"]


def chains_in(policy: Policy) -> list[Finding]:
    """Where ``.key`` stands that has no meaning there, and chains that no key passes through."""
    found: list[Finding] = []
    duties = {duty.code: duty for duty in policy.duties}

    def visit(path: Path, expression: Expression, expect: Expected) -> Expression:
        allowed = path[0] == "duty" and path[-1] == "starts"
        for node in walk(expression):
            if isinstance(node, Name) and node.path.endswith(KEY) and not allowed:
                message = f"{node.path!r} stands only in 'starts' of a duty with 'each'"
                found.append(Finding(path, message, node.path))
        return expression

    rewrite(policy, visit)
    for duty in policy.duties:
        for code in followed_by(duty):
            if code in duties:
                found += _link(policy, duty, duties[code])
    return found


def _link(policy: Policy, duty: Duty, before: Duty) -> Iterator[Finding]:
    path, word = ("duty", duty.code, "starts"), f"{before.code}{KEY}"
    if before.code == duty.code:
        yield Finding(path, "a duty cannot follow itself", word)
        return
    for one in (duty, before):
        if not one.each:
            meant = did_you_mean(one.code, [d.code for d in policy.duties if d.each])
            message = f"{word!r} needs keys on both sides, but {one.code} has no 'each'"
            yield Finding(path, message, word, None, meant if one is before else None)
    if duty.target is not None and duty.target.extended is not None:
        message = "a duty that follows another one key by key cannot be extended"
        yield Finding((*path[:2], "extended"), message, word)
    ours, theirs = known_keys(policy, duty), known_keys(policy, before)
    if ours and theirs and not set(ours) & set(theirs):
        listed = ", ".join(theirs)
        yield Finding(path, f"no key of {duty.code} is one of {before.code}: {listed}", word)
