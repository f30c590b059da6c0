"""Drawings of a policy as Mermaid text, which many viewers show as a picture."""

from __future__ import annotations

from typing import Literal

from complaintflow.errors import InvalidValueError, did_you_mean
from complaintflow.policy.policy import Policy
from complaintflow.report.diagrams.grading import grading
from complaintflow.report.diagrams.time import time
from complaintflow.report.diagrams.workflow import workflow

__all__ = ["KINDS", "Kind", "draw", "grading", "time", "workflow"]

Kind = Literal["workflow", "grading", "time"]
KINDS: tuple[Kind, ...] = ("workflow", "grading", "time")
_DRAWN = {"workflow": workflow, "grading": grading, "time": time}


def draw(policy: Policy, kind: str = "workflow", language: str = "en") -> str:
    """One drawing of *policy*.

    Args:
        policy: What is drawn.
        kind: ``workflow`` (states and steps), ``grading`` (criteria and answers) or ``time``
            (who owes what by when).
        language: Names in ``en`` or ``zh``.

    Raises:
        InvalidValueError: there is no such drawing or language.
    """
    if kind not in _DRAWN:
        meant = did_you_mean(kind, KINDS)
        hint = f"; did you mean {meant!r}?" if meant else ""
        raise InvalidValueError(f"a drawing is one of {', '.join(KINDS)}, got {kind!r:.40}{hint}")
    return _DRAWN[kind](policy, language)
