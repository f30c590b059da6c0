"""``complaintflow run``: a register through a policy, up to a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import attrs
import typer

from complaintflow.cli.options import DomainName, Lang, Language
from complaintflow.cli.policies import Found, find_policy, open_item_lines
from complaintflow.cli.printing import print_grid, progress_bar
from complaintflow.cli.run_messages import MESSAGES
from complaintflow.cli.stores import open_store
from complaintflow.errors import RegisterError
from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.report.ledger_grids import ledger_grid, summary_grid, targets_grid
from complaintflow.report.ledger_json import json_line, ledger_lines, summary_lines
from complaintflow.report.summary import summarise
from complaintflow.simulation.ledger import grading
from complaintflow.simulation.register.entries import EntryList, read_entries
from complaintflow.simulation.register.fitting import check_entry_headings, check_mapping
from complaintflow.simulation.register.mapping import RegisterMapping
from complaintflow.simulation.register.mappingfile import load_mapping
from complaintflow.simulation.register.rejected import write_rejected
from complaintflow.simulation.register.rows import read_register
from complaintflow.simulation.register.source import read_sheet
from complaintflow.simulation.run import RunResult, run_register

__all__ = ["add"]

EXAMPLE = "oem_supplier"
REJECTED = Path("rejected.csv")


def add(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command(name="run", help="Run a complaint register through a policy; print the ledger.")(
        run
    )


@attrs.frozen
class _Files:
    """The files of one run."""

    found: Found
    register: Path
    mapping: RegisterMapping
    events: Path | None


def run(
    policy: Annotated[
        str | None,
        typer.Argument(metavar="POLICY", help="A pack's name, or a policy's folder or file."),
    ] = None,
    register: Annotated[
        Path | None, typer.Argument(metavar="REGISTER", help="A CSV or XLSX file.")
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="FILE", help="What the columns mean (TOML)."),
    ] = None,
    events: Annotated[
        Path | None,
        typer.Option("--events", metavar="FILE", help="What was done when (CSV or XLSX)."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="INSTANT", help="Stop there, and judge there."),
    ] = None,
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="URL", help="Keep the cases, as in sqlite:///cases.db."),
    ] = None,
    rejected: Annotated[
        Path | None,
        typer.Option("--rejected", metavar="FILE", help="Where rejected rows go."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
    domain: DomainName = None,
    lang: Lang = Language.en,
) -> None:
    """Without arguments: the packed example."""
    files = _files(policy, register, mapping, events, domain)
    found = files.found.policy
    sheet = read_sheet(files.register, files.mapping.layout)
    check_mapping(found, files.mapping, sheet)
    rows = read_register(found, sheet, files.mapping)
    entries = EntryList("")
    if files.events is not None:
        listed = read_sheet(files.events)
        check_entry_headings(files.mapping, listed)
        entries = read_entries(found, listed, files.mapping)
    end = instant(until, found.calendar.timezone) if until else None
    with open_store(db) as store, progress_bar(MESSAGES["progress"][lang]) as progress:
        result = run_register(found, rows, files.mapping, entries, end, store, progress)
    target = rejected or (REJECTED if result.rejected else None)
    if target is not None:
        write_rejected(target, result.rejected, lang.value)
    if as_json:
        for line in _json(result, found, files.mapping, lang):
            typer.echo(line)
    else:
        _print(result, found, files, lang)
    if result.rejected:
        words = MESSAGES["rejected"][lang]
        typer.echo(words.format(count=len(result.rejected), file=target), err=True)


def _files(
    policy: str | None,
    register: Path | None,
    mapping: Path | None,
    events: Path | None,
    domain: str | None,
) -> _Files:
    """Which files are meant; without a register, the example of the policy."""
    found = find_policy(policy or EXAMPLE, domain)
    if register is None:
        folder = found.folder / "example"
        register = folder / ("register.xlsx" if find_spec("openpyxl") else "register-gbk.csv")
        if not register.exists():
            raise RegisterError(
                f"{policy} has no packed example; say which register: "
                f"complaintflow run {policy} REGISTER"
            )
        mapping = mapping or folder / "mapping.toml"
        events = events or folder / "events.csv"
    if mapping is None:
        beside = (folder / "mapping.toml" for folder in (register.parent, found.folder))
        mapping = next((path for path in beside if path.is_file()), None)
    used = RegisterMapping() if mapping is None else load_mapping(mapping)
    return _Files(found, register, used, events)


def _json(
    result: RunResult, policy: Policy, mapping: RegisterMapping, lang: Language
) -> Iterator[str]:
    yield from ledger_lines(result.ledger)
    yield from summary_lines(summarise(result.ledger, *_orders(policy, mapping)))
    for row in result.rejected:
        about = {"file": row.file, "line": row.line, "number": row.number or None}
        reasons = [reason.text(lang.value) for reason in row.reasons]
        yield json_line({"kind": "rejected", **about, "reasons": reasons})
    yield json_line(
        {
            "kind": "run",
            "policy": policy.id,
            "version": policy.version,
            "until": result.until.isoformat() if result.until else None,
            "rows": result.total,
            "processed": result.processed,
            "rejected": len(result.rejected),
            "open_items": [item.code for item in result.open_items],
        }
    )


def _print(result: RunResult, policy: Policy, files: _Files, lang: Language) -> None:
    def label(code: str) -> str:
        first, _, action = code.rpartition(" ")  # verify an action
        name = policy.name(action, lang.value)
        return f"{MESSAGES[first][lang]} {name}" if first in MESSAGES else name

    summary = summarise(result.ledger, *_orders(policy, files.mapping))
    graded = grading(policy, files.mapping.shown) is not None
    print_grid(ledger_grid(result.ledger, label, lang.value, graded=graded))
    typer.echo("")
    print_grid(summary_grid(summary, label, lang.value, graded=graded))
    typer.echo("")
    print_grid(targets_grid(summary, label, lang.value))
    typer.echo("")
    for line in open_item_lines(policy, lang.value):
        typer.echo(line)
    words = MESSAGES["rows"][lang]
    until = f"{result.until:%Y-%m-%d %H:%M:%S %Z}" if result.until else "-"
    typer.echo(
        words.format(
            policy=f"{policy.id} {policy.version}",
            total=result.total,
            processed=result.processed,
            rejected=len(result.rejected),
            until=until,
        )
    )


def _orders(policy: Policy, mapping: RegisterMapping) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The order of grades and of duties in which the policy has them."""
    code = grading(policy, mapping.shown)
    orders = [decision.answers for decision in policy.decisions if decision.code == code]
    return (orders[0] if orders else ()), tuple(duty.code for duty in policy.duties)
