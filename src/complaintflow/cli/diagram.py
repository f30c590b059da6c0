"""``complaintflow diagram``: the workflow of a policy as Mermaid text."""

from __future__ import annotations

import typer

from complaintflow.cli.options import Lang, Language, PolicyName

__all__ = ["add"]


def add(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command(name="diagram", help="Draw a policy's workflow as Mermaid text.")(diagram)


def diagram(policy: PolicyName, lang: Lang = Language.en) -> None:
    """Print a Mermaid state diagram."""
    from complaintflow.cli.policies import find_policy
    from complaintflow.report.diagram import mermaid

    typer.echo(mermaid(find_policy(policy).policy, lang.value))
