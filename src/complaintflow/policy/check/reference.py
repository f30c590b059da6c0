"""The page that lists every finding, made from the catalogue so that it cannot fall behind."""

from __future__ import annotations

from complaintflow.policy.check.advice import ADVICE
from complaintflow.policy.check.messages import CATALOGUE, FAMILIES, SEVERITIES

__all__ = ["findings_page"]

_HEAD = """# Findings of `check`

`complaintflow check POLICY` and `policy.check()` report findings. A code never changes its
meaning. [Reading check](../how-to/reading-check.md) explains how to work with them.

An **error** means that a case cannot be handled as written; only errors make `complaintflow check`
exit with 1. A **warning** is probably a slip. A **note** is good to know: what the procedure
leaves open, and what it means to say twice.

Words in braces stand for codes of the policy.
"""


def findings_page(language: str = "en") -> str:
    """The reference page of all findings, as Markdown.

    Args:
        language: In which the messages and the advice are; the frame is English.
    """
    parts = [_HEAD]
    family = ""
    for code in CATALOGUE:
        here = max((start for start in FAMILIES if code.startswith(start)), key=len)
        if here != family:
            family = here
            parts.append(f"## {FAMILIES[family][language]}\n")
        said = CATALOGUE[code][language]
        parts.append(f"`{code}` {SEVERITIES[code]}\n: {said}.\n  *{ADVICE[code][language]}*\n")
    return "\n".join(parts)
