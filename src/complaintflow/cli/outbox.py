"""``complaintflow outbox``: the dead letters of a database, and sending them again."""

from __future__ import annotations

from typing import Annotated

import typer

from complaintflow.cli.options import Lang, Language

__all__ = ["TEXTS", "add"]

TEXTS: dict[str, dict[str, str]] = {
    "title": {"en": "Dead letters", "zh": "无法投递的消息"},
    "written": {"en": "written (UTC)", "zh": "生成时间（UTC）"},
    "key": {"en": "key", "zh": "消息"},
    "about": {"en": "about", "zh": "事由"},
    "to": {"en": "to", "zh": "收件"},
    "attempts": {"en": "attempts", "zh": "次数"},
    "error": {"en": "last error", "zh": "最近的错误"},
    "none": {"en": "no dead letters", "zh": "没有无法投递的消息"},
    "again": {"en": "{count} will be sent again", "zh": "将重新发送 {count} 条"},
}


def add(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command(
        name="outbox", help="List messages that could not be delivered, or send them again."
    )(outbox)


def outbox(
    db: Annotated[
        str, typer.Argument(metavar="URL", help="The database, as in sqlite:///cases.db.")
    ],
    resend: Annotated[
        list[str] | None, typer.Option("--resend", metavar="KEY", help="Send this one again.")
    ] = None,
    resend_all: Annotated[bool, typer.Option("--resend-all", help="Send all again.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
    lang: Lang = Language.en,
) -> None:
    """Print a row a dead letter, oldest first; facts are not shown."""
    from complaintflow.audit.values import instant_text
    from complaintflow.cli.printing import print_grid
    from complaintflow.cli.stores import open_store
    from complaintflow.report.grid import Grid
    from complaintflow.report.ledger_json import json_line

    said = {key: texts[lang.value] for key, texts in TEXTS.items()}
    with open_store(db) as store, store.begin() as work:
        dead = work.dead()
        keys = [it.message.key for it in dead] if resend_all else resend or []
        for key in keys:
            work.resend(key)
    if keys:
        typer.echo(said["again"].format(count=len(keys)))
        return
    rows = [
        {
            "written": instant_text(it.message.at),
            "key": it.message.key,
            "about": it.message.about,
            "to": it.message.person or it.message.role,
            "attempts": it.attempts,
            "error": it.error,
        }
        for it in dead
    ]
    if as_json:
        for row in rows:
            typer.echo(json_line(row))
        return
    if not rows:
        typer.echo(said["none"])
        return
    headings = tuple(said[key] for key in rows[0])
    print_grid(Grid(said["title"], headings, tuple(tuple(map(str, row.values())) for row in rows)))
