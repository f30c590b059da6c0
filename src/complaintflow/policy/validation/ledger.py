"""Which codes a policy declares and which it mentions; what is mentioned but not declared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import attrs

from complaintflow.errors import did_you_mean
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Finding, Path

__all__ = ["Declared", "Ledger", "declared_in"]


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


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
        strangers: Words that are mentioned but declared nowhere, with what they were taken for:
            ``state``, ``clause``, ``choice``, ``calendar``, ``anything`` (in ``[names]``), or
            ``word`` for all that expressions can name.
    """

    findings: list[Finding] = attrs.Factory(list)
    names: dict[str, Declared] = attrs.Factory(dict)
    spaces: dict[str, dict[str, Declared]] = attrs.Factory(dict)
    used: set[tuple[str, str]] = attrs.Factory(set)
    named: set[str] = attrs.Factory(set)
    strangers: dict[str, str] = attrs.Factory(dict)

    def declare(self, space: str, one: Declared) -> None:
        """Add a declaration; a second one of the same code is a finding."""
        table = self.names if space == "name" else self.spaces.setdefault(space, {})
        first = table.get(one.code)
        if first is None:
            table[one.code] = one
            return
        shared = (
            "; facts, decisions, steps, duties, approvals, actions and links share one name space"
        )
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
        self,
        path: Path,
        message: str,
        word: str,
        known: Iterable[str],
        *,
        key: bool = False,
        taken_for: str = "word",
    ) -> None:
        """Report a word that is declared nowhere."""
        self.strangers.setdefault(word, taken_for)
        meant = did_you_mean(word, known)
        self.findings.append(Finding(path, message, word, None, meant, key))


def declared_in(policy: Policy, ledger: Ledger) -> None:
    """Add every declaration of *policy* to *ledger*."""
    rows: tuple[tuple[str, str, str, Iterable[_Coded]], ...] = (
        ("role", "role", "roles", policy.roles),
        ("name", "fact", "facts", policy.facts),
        ("name", "decision", "decide", policy.decisions),
        ("name", "step", "step", policy.steps),
        ("name", "duty", "duty", policy.duties),
        ("name", "approval", "approval", policy.approvals),
        ("name", "action", "action", policy.actions),
        ("name", "link", "link", policy.links),
        ("form", "form", "form", policy.forms),
        ("tell", "tell", "tell", policy.tells),
        ("route", "route", "route", policy.routes),
        ("record", "record", "records", policy.records),
        ("apart", "rule", "apart", policy.apart),
        ("choice", "choice", "choices", policy.choices),
    )
    for space, kind, section, coded in rows:
        for row in coded:
            ledger.declare(space, Declared(kind, row.code, (section, row.code)))
    for clause in policy.clauses:
        ledger.declare("clause", Declared("clause", clause, ("clauses", clause)))
    # Keys and kinds may stand in several rows; each is one code.
    keys = ledger.spaces.setdefault("key", {})
    for duty in policy.duties:
        for index, key in enumerate(duty.each if isinstance(duty.each, tuple) else ()):
            keys[key] = Declared("key", key, ("duty", duty.code, "each", index), key=False)
    meanings = ledger.spaces.setdefault("meaning", {})
    for section, rows_ in (("step", policy.steps), ("approval", policy.approvals)):
        for one in rows_:
            if one.meaning is not None:
                path = (section, one.code, "meaning")
                meanings[one.meaning] = Declared("meaning", one.meaning, path, key=False)
    kinds = ledger.spaces.setdefault("kind", {})
    for action in policy.actions:
        for kind in action.kinds:
            kinds[kind] = Declared("kind", kind, ("action", action.code, "kinds"), key=False)
