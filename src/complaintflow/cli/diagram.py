"""``complaintflow diagram``: the workflow, grading or times of a policy as Mermaid text."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from complaintflow.cli.options import DomainName, Lang, Language, PolicyName

__all__ = ["add"]


class Kind(StrEnum):
    """What is drawn."""

    workflow = "workflow"
    grading = "grading"
    time = "time"


def add(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command(name="diagram", help="Draw a policy as Mermaid text.")(diagram)


def diagram(
    policy: PolicyName,
    kind: Annotated[
        Kind, typer.Option("--kind", help="States and steps, criteria, or who owes what by when.")
    ] = Kind.workflow,
    domain: DomainName = None,
    lang: Lang = Language.en,
) -> None:
    """Print a Mermaid drawing."""
    from complaintflow.cli.policies import find_policy
    from complaintflow.report.diagrams import draw

    typer.echo(draw(find_policy(policy, domain).policy, kind.value, lang.value))
