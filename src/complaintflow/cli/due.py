"""``complaintflow due``: when a limit that begins at some moment runs out, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from complaintflow.cli.options import DomainName, Lang, Language

__all__ = ["add"]


def add(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command(name="due", help="Say when a limit runs out, and why.")(due)


def due(
    start: Annotated[
        str,
        typer.Argument(metavar="START", help="2026-04-30T16:00, with or without an offset."),
    ],
    limit: Annotated[
        str,
        typer.Argument(metavar="LIMIT", help="'24 h', '3 working days', '半个工作日' ..."),
    ],
    policy: Annotated[
        str,
        typer.Option("--policy", metavar="POLICY", help="Whose calendar and conventions count."),
    ] = "oem_supplier",
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Also draw it into a file.")
    ] = None,
    domain: DomainName = None,
    lang: Lang = Language.en,
) -> None:
    """Print the due instant with every day that was counted or skipped."""
    from complaintflow.calendar import week_view
    from complaintflow.cli.policies import find_policy
    from complaintflow.moments import instant

    found = find_policy(policy, domain).policy
    begin = instant(start, found.calendar.timezone)
    answer = found.calendar.due(begin, limit, conventions=found.conventions)
    typer.echo(answer.explain(lang.value))
    if svg is not None:
        svg.write_text(week_view(answer, lang.value), "utf-8")
