"""``complaintflow diff``: what a new version of a policy says otherwise, in words."""

from __future__ import annotations

from typing import Annotated

import typer

from complaintflow.cli.options import DomainName, Lang, Language

__all__ = ["add"]


def add(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command(name="diff", help="Say in words how two versions of a policy differ.")(diff)


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A pack, folder or file.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="A pack, folder or file.")],
    as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 when they differ.")
    ] = False,
    domain: DomainName = None,
    lang: Lang = Language.en,
) -> None:
    """Print one sentence a difference, by meaning: the order of lines makes none."""
    from complaintflow.cli.check_messages import MESSAGES
    from complaintflow.cli.policies import find_policy
    from complaintflow.policy.diff import diff as differences
    from complaintflow.report.ledger_json import json_line

    before, after = find_policy(old, domain).policy, find_policy(new, domain).policy
    changes = differences(before, after)
    for change in changes:
        if as_json:
            plain = {"kind": change.kind, "path": list(change.path)}
            text = change.text(lang.value)
            typer.echo(json_line({**plain, "text": text, "clauses": list(change.clauses)}))
        else:
            typer.echo(change.text(lang.value))
    if not changes and not as_json:
        typer.echo(MESSAGES["same"][lang.value])
    if changes and exit_code:
        raise typer.Exit(1)
