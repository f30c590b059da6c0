"""``complaintflow check``: what there is to say about a policy without running it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from complaintflow.cli.options import DomainName, Lang, Language, PolicyName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from complaintflow.errors import Problem
    from complaintflow.policy.check import Finding
    from complaintflow.policyfile import Located

__all__ = ["add"]


def add(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command(name="check", help="Look for gaps, overlaps, dead ends and open items.")(check)


def check(
    policy: PolicyName,
    as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
    advice: Annotated[
        bool, typer.Option("--advice/--no-advice", help="Say what would mend each finding.")
    ] = True,
    domain: DomainName = None,
    lang: Lang = Language.en,
) -> None:
    """Print findings with file and line; 0 without errors, 1 with, 2 if it cannot be done."""
    from complaintflow.cli.domains import find_domain
    from complaintflow.cli.policies import policy_source
    from complaintflow.errors import PolicyFileError
    from complaintflow.policy.check import check as findings_of
    from complaintflow.policyfile import locate
    from complaintflow.report.ledger_json import json_line

    source = policy_source(policy)
    try:
        located = locate(source, domain=find_domain(domain) if domain else None)
    except PolicyFileError as error:
        for problem in error.problems:
            typer.echo(json_line(_plain(problem)) if as_json else _problem(problem))
        if not as_json:
            typer.echo(error.message)
        raise typer.Exit(1) from None
    findings = findings_of(located.policy)
    for finding in findings:
        if as_json:
            where = located.place(finding.path)
            place = {"file": where.file, "line": where.line} if where else {}
            typer.echo(json_line({**place, **finding.plain(lang.value)}))
        else:
            for line in _lines(finding, located, lang.value, advice=advice):
                typer.echo(line)
    counts = Counter(finding.severity for finding in findings)
    if not as_json:
        typer.echo(_summary(located.policy.id, counts, lang.value))
    if counts["error"]:
        raise typer.Exit(1)


def _lines(finding: Finding, located: Located, language: str, *, advice: bool) -> Iterator[str]:
    from complaintflow.cli.check_messages import MESSAGES

    def say(key: str, **values: str) -> str:
        return MESSAGES[key][language].format(**values)

    where = located.place(finding.path)
    place = f"{_short(where.file)}:{where.line}: " if where and where.line else ""
    clauses = say("clauses", clauses=", ".join(finding.clauses)) if finding.clauses else ""
    severity = say(finding.severity)
    yield f"{place}{severity} {finding.code}: {finding.message(language)}{clauses}"
    if finding.example is not None:
        yield "    " + say("example", text=finding.example.text(language))
    if advice:
        yield f"    {finding.advice(language)}"


def _summary(name: str, counts: Counter[str], language: str) -> str:
    from complaintflow.cli.check_messages import MESSAGES

    if not counts:
        return MESSAGES["clean"][language].format(policy=name)

    def counted(severity: str) -> str:
        count = counts[severity]
        key = f"1 {severity}" if count == 1 else f"{severity}s"
        return MESSAGES[key][language].format(count=count)

    parts = {f"{severity}s": counted(severity) for severity in ("error", "warning", "note")}
    return MESSAGES["summary"][language].format(policy=name, **parts)


def _problem(problem: Problem) -> str:
    """A mistake of the file, with its place first, as compilers print it."""
    import attrs

    file = _short(problem.file) if problem.file else None
    return str(attrs.evolve(problem, file=file))


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "severity": "error",
        "code": "",
        "message": problem.message,
        "path": problem.path,
        "advice": problem.suggestion,
    }


def _short(file: str) -> str:
    """*file* as seen from here, where that is shorter."""
    try:
        return str(Path(file).relative_to(Path.cwd()))
    except ValueError:
        return file
