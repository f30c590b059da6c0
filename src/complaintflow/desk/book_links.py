"""Links from one policy of a book to another: what they name must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from complaintflow.desk.book import PolicyBook
from complaintflow.errors import PolicyError, Problem, did_you_mean
from complaintflow.policy.link import Link
from complaintflow.policy.policy import Policy
from complaintflow.policy.scope import scope_of
from complaintflow.policy.validation.links import leads_to_one

__all__ = ["check_links"]


def check_links(book: PolicyBook, policies: Iterable[Policy]) -> None:
    """Refuse links that open a case under a policy of the book which does not fit them.

    Raises:
        PolicyError: with every problem: no such policy or step, a fact that it does not have.
    """
    problems = tuple(
        problem
        for policy in policies
        for link in policy.links
        if link.policy is not None
        for problem in _problems(book, policy, link)
    )
    if problems:
        count = len(problems)
        raise PolicyError(
            f"links between policies have {count} problem{'s' if count > 1 else ''}", problems
        )


def _problems(book: PolicyBook, policy: Policy, link: Link) -> Iterator[Problem]:
    others = [one for one in book.policies if one.id == link.policy]
    path = f"{policy.id}.link.{link.code}"
    if not others:
        known = sorted({one.id for one in book.policies})
        meant = did_you_mean(link.policy or "", known)
        message = f"the book has no policy {link.policy!r}; it has {', '.join(known)}"
        yield Problem(message, path=f"{path}.policy", suggestion=meant)
    for other in others:
        yield from _between(policy, link, other, path)


def _between(policy: Policy, link: Link, other: Policy, path: str) -> Iterator[Problem]:
    named = f"{other.id} {other.version}"
    opening = [step for step in other.steps if step.opens]
    wanted = [step for step in opening if link.step in (None, step.code)]
    if len(wanted) != 1 or not leads_to_one(wanted[0]):
        known = ", ".join(step.code for step in opening if leads_to_one(step)) or "none"
        message = f"say the step of {named} that opens the case and leads to one state: {known}"
        yield Problem(message, path=f"{path}.step")
    facts = {fact.code: fact.type for fact in other.facts if fact.given}
    own = scope_of(policy)
    theirs = scope_of(other)
    for name in link.takes:
        if facts.get(name) != own[name]:
            message = f"{named} has no fact {name!r} of the type {own[name]} that people give"
            meant = did_you_mean(name, facts)
            yield Problem(message, path=f"{path}.takes", suggestion=meant)
    if link.member is not None and link.member not in facts:
        message = f"{named} has no fact {link.member!r}"
        meant = did_you_mean(link.member, facts)
        yield Problem(message, path=f"{path}.member", suggestion=meant)
    for name in link.gives:
        if theirs.get(name) != own[name]:
            message = f"{named} has nothing called {name!r} of the type {own[name]}"
            yield Problem(message, path=f"{path}.gives", suggestion=did_you_mean(name, theirs))
