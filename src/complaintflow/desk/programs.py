"""The policies of a desk, compiled; those that it does not have come from the store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from complaintflow.domain.domain import Domain
from complaintflow.engine.program import Program
from complaintflow.errors import PolicyError, PolicyFileError
from complaintflow.policy.policy import Policy
from complaintflow.policyfile.dump import dump
from complaintflow.policyfile.load import loads
from complaintflow.store.protocol import UnitOfWork

__all__ = ["Programs"]

_KIND = "policy"


class Programs:
    """Compiled policies by digest.

    The store keeps every policy that a case was ever opened under or moved to, with its calendars
    and clauses, so that a later desk can read the case whatever policies it was made with.

    Args:
        policies: Those that the desk was made with.
        domain: The host's functions and facts, with which kept policies are read.
    """

    def __init__(self, policies: Iterable[Policy], domain: Domain[Any] | None) -> None:
        self._domain = domain
        self._programs = {policy.digest: Program(policy) for policy in policies}
        self._kept: set[str] = set()

    def add(self, policy: Policy) -> Program:
        """The program of *policy*, which the desk knows from now on."""
        found = self._programs.get(policy.digest)
        if found is None:
            found = self._programs[policy.digest] = Program(policy)
        return found

    def get(self, digest: str, work: UnitOfWork) -> Program:
        """The program with that digest.

        Raises:
            PolicyError: neither the desk has it, nor the store in a form that can be read here.
        """
        found = self._programs.get(digest)
        if found is not None:
            return found
        text = work.document(_KIND, digest)
        if text is None:
            raise PolicyError(
                f"the case runs under a policy with digest {digest[:12]}, which neither this desk "
                "nor its store has; pass it to Desk(..., earlier=[...])"
            )
        try:
            policy = loads(text, domain=self._domain)
        except PolicyFileError as error:
            raise PolicyError(
                f"{error}; pass the policy to Desk(..., earlier=[...])", error.problems
            ) from error
        return self.add(policy)

    def keep(self, program: Program, work: UnitOfWork) -> str | None:
        """Have the store keep a policy; its digest, unless the store is known to have it."""
        digest = program.policy.digest
        if digest in self._kept:
            return None
        work.save_document(_KIND, digest, dump(program.policy))
        return digest

    def kept(self, digests: Iterable[str]) -> None:
        """These are in the store: the unit of work was committed."""
        self._kept.update(digests)
