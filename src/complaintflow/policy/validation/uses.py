"""What the resolved expressions of a policy mention."""

from __future__ import annotations

import re
from collections.abc import Iterator

from complaintflow.domain.types import Simple
from complaintflow.policy.expression import (
    Call,
    Choice,
    Expected,
    Expression,
    In,
    Is,
    Listing,
    Member,
    Name,
)
from complaintflow.policy.expression.walk import walk
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.expressions import rewrite
from complaintflow.policy.validation.finding import Finding, Path
from complaintflow.policy.validation.ledger import Ledger

__all__ = ["uses_in"]

_CODE = re.compile(r"[A-Za-z]\w*")


def uses_in(policy: Policy, ledger: Ledger, failed: list[Finding]) -> None:
    """Note in *ledger* what expressions mention; *failed* is what does not fit in them."""
    bad = {(finding.path, finding.word) for finding in failed}

    def visit(path: Path, expression: Expression, expect: Expected) -> Expression:
        for node in walk(expression):
            _note(node, path, ledger, bad)
        return expression

    rewrite(policy, visit)
    for choice in policy.choices:
        for word in _words((choice.taken, choice.others)):
            for space in ("name", "member", "role", "form"):
                ledger.use(space, word)
    for finding in failed:
        word = finding.word.split(".")[0]
        if word and word not in ledger.names and not word.startswith("$"):
            ledger.strangers.setdefault(word, "word")
            if finding.word != word:
                ledger.strangers.setdefault(finding.word.split(".")[-1], "word")


def _words(reading: object) -> Iterator[str]:
    """The codes in the readings of a choice, also of those that were not taken."""
    if isinstance(reading, str):
        yield from _CODE.findall(reading)
    elif isinstance(reading, (list, tuple)):
        for part in reading:
            yield from _words(part)


def _note(node: Expression, path: Path, ledger: Ledger, bad: set[tuple[Path, str]]) -> None:
    match node:
        case Name(name):
            ledger.use("name", name.split(".")[0])
            ledger.use("name", name)
            if name not in ledger.names and (path, name) not in bad:
                ledger.use("member", name)  # in an expression that has other problems
                ledger.use("role", name)
        case Is(Name("state"), Member(code)) | Is(Member(code), Name("state")):
            ledger.use("state", code)
        case In(Name("state"), Listing(items)):
            for one in items:
                if isinstance(one, Member):
                    ledger.use("state", one.code)
        case Member(code, kind):
            ledger.use("role" if kind == Simple("role") else "member", code)
        case Call("filled", (Name(form),)):
            ledger.use("form", form)
        case Choice(code):
            if code in ledger.spaces.get("choice", {}):
                ledger.use("choice", code)
            else:
                known = ledger.known("choice")
                ledger.stranger(
                    path, f"no choice is called {code!r}", code, known, taken_for="choice"
                )
        case _:
            pass
