"""Rows of ``[apart]``: whether every act that they name is one, and whether they say anything."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.domain.types import Simple
from complaintflow.errors import did_you_mean
from complaintflow.policy.apart import Act, Apart
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Finding, Path
from complaintflow.policy.validation.ledger import Ledger

__all__ = ["apart_in"]

_TEXT = Simple("text")


def apart_in(policy: Policy, ledger: Ledger) -> None:
    """Note what the rows mention; add what is wrong with them to the findings."""
    acts = _Acts(policy)
    for row in policy.apart:
        for index, act in enumerate(row.acts):
            path = ("apart", row.code, "acts", index)
            ledger.use("name", act.code)
            problem = acts.problem(act)
            if problem:
                ledger.findings.append(_finding(path, act, problem, acts.known))
                if act.code not in ledger.names:
                    ledger.strangers.setdefault(act.code, "word")
            elif act in row.acts[:index]:
                ledger.findings.append(Finding(path, f"{str(act)!r} is named twice", str(act)))
        if not any(acts.problem(act) for act in row.acts):
            ledger.findings += acts.says_nothing(row)


def _finding(path: Path, act: Act, problem: str, known: tuple[str, ...]) -> Finding:
    return Finding(path, problem, act.code, None, did_you_mean(str(act), known))


class _Acts:
    """What people can do under a policy."""

    def __init__(self, policy: Policy) -> None:
        self.done = {
            *(step.code for step in policy.steps),
            *(duty.code for duty in policy.duties),
            *(action.code for action in policy.actions),
        }
        self.raised = {action.code for action in policy.actions}
        self.verified = {one.code for one in policy.actions if one.verified_by is not None}
        self.signed = {step.code for step in policy.steps if step.signed is not None}
        self.attended = {duty.code for duty in policy.duties if duty.jointly is not None}
        self.answered = {approval.code: approval.by.names for approval in policy.approvals}
        self.facts = {fact.code: fact.type for fact in policy.facts}
        self.known = (
            *sorted(self.done),
            *(f"raise {code}" for code in sorted(self.raised)),
            *(f"verify {code}" for code in sorted(self.verified)),
            *(f"sign {code}" for code in sorted(self.signed)),
            *(f"attend {code}" for code in sorted(self.attended)),
            *self.answered,
            *(f"{code}.{name}" for code, names in self.answered.items() for name in names),
            *(code for code, kind in self.facts.items() if kind == _TEXT),
        )

    def problem(self, act: Act) -> str:
        """Why *act* is none; empty if it is one."""
        said = str(act)
        if act.verb:
            return self._of_verb(act)
        if act.party:
            parties = self.answered.get(act.code)
            if parties is None:
                return f"no approval is called {act.code!r}, so it has no party {act.party!r}"
            if act.party not in parties:
                return f"{act.code} is answered by {', '.join(parties)}, not by {act.party!r}"
            return ""
        if act.code in self.done or act.code in self.answered:
            return ""
        kind = self.facts.get(act.code)
        if kind is None:
            return f"no step, duty, action, approval or fact is called {said!r}"
        return "" if kind == _TEXT else f"{act.code} is {kind}; a person is named by a text"

    def _of_verb(self, act: Act) -> str:
        needed = {
            "raise": (self.raised, "is no action that could be raised"),
            "verify": (self.verified, "is no action that anybody verifies: verified_by = 'role'"),
            "sign": (self.signed, "is no step that anybody signs: signed = 'role'"),
            "attend": (self.attended, "is no duty that is done jointly: jointly = 'a and b'"),
        }.get(act.verb)
        if needed is None or act.party:
            return f"expected an act such as 'close' or 'verify measure', got {str(act)!r}"
        codes, problem = needed
        return "" if act.code in codes else f"{act.code!r} {problem}"

    def says_nothing(self, row: Apart) -> Iterator[Finding]:
        """A row that no case could ever offend, or that no case could satisfy."""
        named = {act.code for act in row.acts if not act.verb and act.code in self.facts}
        several = any(
            act.verb in ("sign", "attend") or (act.code in self.answered and not act.party)
            for act in row.acts
        )
        path: Path = ("apart", row.code)
        if len(row.acts) == len(named) or (len(row.acts) < 2 and not several):
            message = "say at least two acts, or one that several people do: an approval, 'sign x'"
            yield Finding(path, message, row.code, key=True)
        for act in row.acts:
            if act.verb == "attend" and Act(act.code) in row.acts:
                message = f"who does {act.code} attends it, so they cannot be apart"
                yield Finding(path, message, act.code, key=True)
