"""``complaintflow packs``: which companies' procedures come with the package."""

from __future__ import annotations

from typing import Annotated

import typer

from complaintflow.cli.options import Lang, Language

__all__ = ["add"]

_HEADINGS = {
    Language.en: ("name", "procedure", "version", "open items", "title"),
    Language.zh: ("名称", "程序", "版本", "未定事项", "标题"),
}


def add(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command(name="packs", help="List the procedures that come with the package.")(packs)


def packs(
    as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
    lang: Lang = Language.en,
) -> None:
    """Print one line a pack: name, procedure, version, open items, what it is called."""
    from complaintflow.gallery import load_pack
    from complaintflow.gallery import packs as names
    from complaintflow.report.grid import Grid, plain
    from complaintflow.report.ledger_json import json_line

    rows = []
    for name in names():
        policy = load_pack(name)
        title = policy.title.text(lang.value, policy.id)
        if as_json:
            about = {"name": name, "id": policy.id, "version": policy.version, "title": title}
            typer.echo(json_line({**about, "open_items": len(policy.open_items)}))
        rows.append((name, policy.id, policy.version, str(len(policy.open_items)), title))
    if not as_json:
        for line in plain(Grid("", _HEADINGS[lang], tuple(rows), frozenset({3}))):
            typer.echo(line)
