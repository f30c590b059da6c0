"""The commands, put together. Each lies in a file of its own, which has a function ``add``."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

__all__ = ["COMMANDS", "app"]

COMMANDS = ("run", "check", "test", "due", "diff", "diagram", "packs", "outbox")
"""Files in this folder, in the order in which ``--help`` lists them."""

app = typer.Typer(
    name="complaintflow",
    help="Complaint procedures as data: grades, owners, deadlines, escalation, audit trail.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"complaintflow {version('complaintflow')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Say the version.", is_eager=True, callback=_version),
    ] = False,
) -> None:
    """Options that stand before the command."""


for _name in COMMANDS:
    import_module(f"complaintflow.cli.{_name}").add(app)
