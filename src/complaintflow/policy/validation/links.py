"""Links: what is opened, for whom, and what goes down and comes up."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.errors import did_you_mean
from complaintflow.policy.expression import names
from complaintflow.policy.link import Link
from complaintflow.policy.policy import Policy
from complaintflow.policy.step import Step
from complaintflow.policy.validation.finding import Finding

__all__ = ["links_in"]


def links_in(policy: Policy) -> Iterator[Finding]:
    """What does not fit together within each link."""
    for link in policy.links:
        path = ("link", link.code)
        if link.is_outside:
            for key in ("member", "takes"):
                if getattr(link, key):
                    message = f"{key!r} goes with a case: say step = the one that opens it"
                    yield Finding((*path, key), message, key, key=True)
        elif link.closed_by is not None:
            message = "the case that it opens closes the link; nobody reports it"
            yield Finding((*path, "closed_by"), message, "closed_by", key=True)
        if link.member is not None and not link.each:
            message = "'member' says for which one of 'each' the case is, and there is no 'each'"
            yield Finding((*path, "member"), message, link.member)
        if link.each and link.gives:
            message = "each of several would overwrite what another gives; leave out 'gives'"
            yield Finding((*path, "gives"), message, "gives", key=True)
        if link.policy == policy.id:
            message = "a case under this same policy: leave out 'policy'"
            yield Finding((*path, "policy"), message, link.policy)
        elif link.policy is None and link.step is not None:
            yield from _step(policy, link)


def _step(policy: Policy, link: Link) -> Iterator[Finding]:
    path = ("link", link.code, "step")
    opening = {step.code: step for step in policy.steps if step.opens}
    code = link.step or ""
    step = opening.get(code)
    if step is None:
        message = f"no step that opens a case is called {code!r}"
        yield Finding(path, message, code, None, did_you_mean(code, opening))
        return
    against = [key for key in ("needs", "should", "signed", "via", "makes") if getattr(step, key)]
    if against:
        message = (
            f"nobody is there to meet {' and '.join(map(repr, against))} of {step.code}; "
            "give the link an opening step of its own"
        )
        yield Finding(path, message, step.code)
    if not leads_to_one(step):
        message = f"{step.code} leads to several states; a link opens a case in just one"
        yield Finding(path, message, step.code)
    if step.code in names(link.starts) and link.when is None:
        message = f"the case that {step.code} opens would open one as well, without end; say 'if'"
        yield Finding(path, message, step.code)


def leads_to_one(step: Step) -> bool:
    """Whether it is plain where *step* leads."""
    return len(step.to) == 1 and isinstance(step.to[0].to, str) and step.to[0].when is None
