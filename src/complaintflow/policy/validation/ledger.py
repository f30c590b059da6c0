"""Which codes a policy declares and which it mentions; what is mentioned but not declared."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from complaintflow.errors import did_you_mean
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Finding, Path

__all__ = ["Declared", "Ledger", "declared_in"]


@attrs.frozen
class Declared:
    """One declaration: what *kind* of thing *code* is, and where that is said."""

    kind: str
    code: str
    path: Path
    key: bool = True


@attrs.define
class Ledger:
    """Declarations and mentions.

    Attributes:
        findings: What is wrong so far.
        names: The shared name space: facts, decisions, steps, duties, approvals, actions, links.
        spaces: Every other space by its name: roles, forms, states, choices ...
        used: What is mentioned, as (space, code).
        named: Codes that ``[names]`` gives a name.
        strangers: Words that are mentioned but declared nowhere.
    """

    findings: list[Finding] = attrs.Factory(list)
    names: dict[str, Declared] = attrs.Factory(dict)
    spaces: dict[str, dict[str, Declared]] = attrs.Factory(dict)
    used: set[tuple[str, str]] = attrs.Factory(set)
    named: set[str] = attrs.Factory(set)
    strangers: dict[str, Path] = attrs.Factory(dict)

    def declare(self, space: str, one: Declared) -> None:
        """Add a declaration; a second one of the same code is a finding."""
        table = self.names if space == "name" else self.spaces.setdefault(space, {})
        first = table.get(one.code)
        if first is None:
            table[one.code] = one
            return
        shared = "; facts, decisions, steps, duties, approvals, actions and links share one name space"
        message = (
            f"{one.code!r} is declared twice"
            if first.kind == one.kind
            else f"the {one.kind} {one.code!r} has the name of a {first.kind}{shared}"
        )
        self.findings.append(Finding(one.path, message, one.code, key=one.key))

    def known(self, *spaces: str) -> list[str]:
        """Every code declared in *spaces*."""
        return [
            code
            for space in spaces
            for code in (self.names if space == "name" else self.spaces.get(space, {}))
        ]

    def kinds(self, *kinds: str) -> list[str]:
        """The codes of the shared name space that are of one of *kinds*."""
        return [code for code, one in self.names.items() if one.kind in kinds]

    def use(self, space: str, code: str) -> None:
        """Note that *code* is mentioned."""
        self.used.add((space, code))

    def stranger(
        self, path: Path, message: str, word: str, known: Iterable[str], *, key: bool = False
    ) -> None:
        """Report a word that is declared nowhere."""
        self.strangers.setdefault(word, path)
        meant = did_you_mean(word, known)
        self.findings.append(Finding(path, message, word, None, meant, key))


def declared_in(policy: Policy, ledger: Ledger) -> None:
    """Add every declaration of *policy* to *ledger*."""
    for role in policy.roles:
        ledger.declare("role", Declared("role", role.code, ("roles", role.code)))
    for section, kind, rows in (
        ("facts", "fact", policy.facts),
        ("decide", "decision", policy.decisions),
        ("step", "step", policy.steps),
        ("duty", "duty", policy.duties),
        ("approval", "approval", policy.approvals),
        ("action", "action", policy.actions),
        ("link", "link", policy.links),
    ):
        for row in rows:
            code: str = row.code
            ledger.declare("name", Declared(kind, code, (section, code)))
    for form in policy.forms:
        ledger.declare("form", Declared("form", form.code, ("form", form.code)))
    for tell in policy.tells:
        ledger.declare("tell", Declared("tell", tell.code, ("tell", tell.code)))
    for record in policy.records:
        ledger.declare("record", Declared("record", record.code, ("records", record.code)))
    for choice in policy.choices:
        ledger.declare("choice", Declared("choice", choice.code, ("choices", choice.code)))
    for clause in policy.clauses:
        ledger.declare("clause", Declared("clause", clause, ("clauses", clause)))
    for duty in policy.duties:
        if isinstance(duty.each, tuple):
            for index, key in enumerate(duty.each):
                path = ("duty", duty.code, "each", index)
                ledger.spaces.setdefault("key", {})[key] = Declared("key", key, path, key=False)
    for action in policy.actions:
        for kind in action.kinds:
            path = ("action", action.code, "kinds")
            ledger.spaces.setdefault("kind", {})[kind] = Declared("kind", kind, path, key=False)
