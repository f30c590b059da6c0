"""The tables of the reference page: what each section of a policy file takes."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.domain.types import SIMPLE
from complaintflow.policy.decision import PICKS
from complaintflow.policy.validation.targets import (
    AFTER_REGRADE,
    KINDS,
    QUIET,
    RANKS,
    REGRADES,
)
from complaintflow.policyfile.language import LANGUAGE, PARTS, Key, Section

__all__ = ["KINDS_IN_WORDS", "tables"]

_TYPES = ("money CNY", "one of: a, b", "some of: a, b")
KINDS_IN_WORDS: dict[str, str] = {
    "amount": "a [limit](limits.md), or a fact of type limit",
    "anchor": "`due` (the default), or a moment: an [expression](expressions.md)",
    "acts": '`["a step", "verify action"]`, or one text; see [above](#what-people-do)',
    "any": "a reading: what could stand where it is used",
    "any list": "a list of readings",
    "asks": '`["a", "b | c", "d if condition"]`',
    "cases": '`"cases"`',
    "clauses": '`"T4, E1"`, or a list',
    "code": "a code",
    "codes": '`"a, b"`, or a list',
    "conventions": "a table of [conventions](../explanation/conventions.md), or a bundle's name",
    "count": "a whole number from 1",
    "date": "`2026-03-10`",
    "dropped": ", ".join(f"`{word}`" for word in AFTER_REGRADE),
    "expression": "an [expression](expressions.md)",
    "extension": '`{ on = "consent is yes", by = "2 working days" }`, see below',
    "flag": "`true` or `false`",
    "kind": ", ".join(f"`{word}`" for word in KINDS),
    "limit": "a [limit](limits.md)",
    "limits": 'a [limit](limits.md), a fact of type limit, or `{ A = "24 h" }` with `per`',
    "name": '`["English", "中文"]` or `{ en = ..., zh = ... }`',
    "needs": '`{ clause = "condition" }`, or a list of needs',
    "one": "`1`",
    "party": "`a`, `a or b`, `a and b`, `a then b`, `2 of a, b, c`",
    "pick": ", ".join(f"`{word}`" for word in PICKS),
    "point": "`50 %`, `2 h before`, `due`, `24 h after`, `every 24 h after, 3 times`",
    "quiet": ", ".join(f"`{word}`" for word in QUIET),
    "ranks": ", ".join(f"`{word}`" for word in RANKS),
    "regrade": ", ".join(f"`{word}`" for word in REGRADES),
    "rules": "a list of rules",
    "rungs": "a list of rungs",
    "sets": "`{ fact = value }`",
    "strategies": "`skill subject, sticky customer, least loaded` ...",
    "text": "text",
    "texts": "a text, or a list of texts",
    "to": 'a state, or `{ condition = "state", else = "state" }`',
    "type": ", ".join(
        f"`{word}`" for word in (*SIMPLE, "money CNY", "one of: a, b", "some of: a, b")
    ),
    "window": "a [limit](limits.md), or `unlimited`",
}
"""What each kind of key takes, in words."""


def tables() -> str:
    """Every section and part as Markdown."""
    parts = [_section(f"`[{section.name}]`", section) for section in LANGUAGE.values()]
    parts += [_section(f"A {part.name}", part) for part in PARTS.values()]
    return "\n".join(parts)


def _section(title: str, section: Section) -> str:
    lines = [f"### {title}", "", f"{section.says[0].upper()}{section.says[1:]}.", ""]
    if section.row:
        short = (
            f" Short form: {section.shorter}, {KINDS_IN_WORDS[section.short]}."
            if section.short
            else ""
        )
        lines += [f"Each key is a {section.row}.{short}", ""]
    if section.keys:
        lines += ["| key | takes | meaning |", "| --- | --- | --- |"]
        lines += [_row(key) for key in section.keys]
        lines.append("")
    return "\n".join(lines)


def _row(key: Key) -> str:
    return f"| `{key.name}`{' (needed)' if key.needed else ''} | {_takes(key)} | {key.says} |"


def _takes(key: Key) -> str:
    words = KINDS_IN_WORDS[key.kind].replace("|", "\\|")
    return f"{words}; may be an open choice" if key.choice else words


def marked(page: str) -> Iterator[str]:
    """The lines of *page* with the tables between its two marks."""
    inside = False
    for line in page.split("\n"):
        if line.startswith("<!-- end of tables"):
            inside = False
        if not inside:
            yield line
        if line.startswith("<!-- tables"):
            inside = True
            yield ""
            yield from tables().rstrip("\n").split("\n")
            yield ""
