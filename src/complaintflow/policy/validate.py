"""Whether a policy can be used: every problem, however the policy was made."""

from __future__ import annotations

from collections.abc import Mapping

from complaintflow.domain.types import FactType
from complaintflow.errors import PolicyError, Problem
from complaintflow.policy.expression import Function
from complaintflow.policy.policy import Policy
from complaintflow.policy.scope import scope_of
from complaintflow.policy.validation.apart import apart_in
from complaintflow.policy.validation.chains import chains_in
from complaintflow.policy.validation.decisions import decisions_in, unused_answers
from complaintflow.policy.validation.expressions import resolved
from complaintflow.policy.validation.finding import Finding, Path
from complaintflow.policy.validation.ledger import Ledger, declared_in
from complaintflow.policy.validation.lent import disagreeing, lend, take_back
from complaintflow.policy.validation.links import links_in
from complaintflow.policy.validation.lives import lives_in
from complaintflow.policy.validation.mentions import mentions_in
from complaintflow.policy.validation.people import people_in
from complaintflow.policy.validation.rings import rings_in
from complaintflow.policy.validation.rows import rows_in
from complaintflow.policy.validation.states import states_in
from complaintflow.policy.validation.unused import names_in, unused_in
from complaintflow.policy.validation.uses import uses_in

__all__ = ["checked", "findings_of", "problems_of"]


def checked(
    policy: Policy,
    functions: Mapping[str, Function] | None = None,
    facts: Mapping[str, FactType] | None = None,
) -> Policy:
    """*policy*, ready to be used: its expressions know their types.

    A policy read from a file has been checked. One built in Python is checked here.

    Args:
        policy: From a file or built in Python.
        functions: The host's own functions that its expressions may call.
        facts: What the host's complaints know; see `findings_of`.

    Raises:
        PolicyError: with every problem.
    """
    ready, findings = findings_of(policy, functions, facts)
    if findings:
        count = len(findings)
        raise PolicyError(
            f"the policy has {count} problem{'s' if count > 1 else ''}",
            tuple(map(_problem, findings)),
        )
    return ready


def problems_of(
    policy: Policy,
    functions: Mapping[str, Function] | None = None,
    facts: Mapping[str, FactType] | None = None,
) -> tuple[Problem, ...]:
    """Everything that is wrong with *policy*, each with its path; empty when it can be used.

    Args:
        policy: From a file or built in Python.
        functions: The host's own functions that its expressions may call.
        facts: What the host's complaints know; see `findings_of`.
    """
    return tuple(map(_problem, findings_of(policy, functions, facts)[1]))


def findings_of(
    policy: Policy,
    functions: Mapping[str, Function] | None = None,
    facts: Mapping[str, FactType] | None = None,
) -> tuple[Policy, tuple[Finding, ...]]:
    """*policy* with types in its expressions, and what is wrong with it.

    Args:
        policy: From a file or built in Python.
        functions: The host's own functions.
        facts: What the host's complaints know, name to type: it may be used without being
            declared. What is used becomes a fact of the policy; the rest does not, so that a
            new field in the host's class leaves its policies as they are.
    """
    ledger = Ledger()
    ledger.findings += disagreeing(policy, facts or {})
    declared = {fact.code for fact in policy.facts}
    policy = lend(policy, facts or {})
    declared_in(policy, ledger)
    failed: list[Finding] = []
    ready = resolved(policy, scope_of(policy), functions or {}, failed)
    ledger.findings += failed
    states_in(policy, ledger)
    mentions_in(policy, ledger)
    decisions_in(policy, ledger)
    rows_in(policy, ledger)
    ledger.findings += links_in(policy)
    lives_in(policy, ledger)
    apart_in(policy, ledger)
    ledger.findings += people_in(policy)
    ledger.findings += chains_in(policy)
    uses_in(ready, ledger, failed)
    names_in(policy, ledger)
    unused_answers(policy, ledger)
    ready = take_back(ready, declared, ledger)
    unused_in(ready, ledger, declared)
    ledger.findings += rings_in(policy)
    return ready, tuple(dict.fromkeys(ledger.findings))


def _problem(finding: Finding) -> Problem:
    return Problem(
        finding.message,
        column=finding.column,
        path=_dotted(finding.path),
        suggestion=finding.suggestion,
    )


def _dotted(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
