"""The report of scenarios for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from complaintflow.policy.policy import Policy
from complaintflow.simulation.scenarios.report import Checked, Report, Result
from complaintflow.simulation.scenarios.rules import Rule
from complaintflow.simulation.scenarios.texts import TEXTS

__all__ = [
    "head_text",
    "open_items_text",
    "report_text",
    "result_text",
    "rules_text",
    "waiting_text",
]


def _say(key: str, language: str, **data: object) -> str:
    return TEXTS[key][language].format(**data)


def report_text(report: Report, language: str = "en", *, verbose: bool = False) -> str:
    """The whole report: what failed and why, the counts, the rules, the open items."""
    blocks = [
        result_text(result, language)
        for result in report.results
        if verbose or result.status != "passed"
    ]
    policy = report.policy
    statuses = tuple(result.status for result in report.results)
    blocks.append(
        head_text(f"{policy.id} {policy.version}", statuses, report.expectations, language)
    )
    blocks.append(rules_text(report.rules, report.untouched, language))
    if policy.open_items:
        blocks.append(open_items_text(policy, language))
    return "\n".join(blocks)


def head_text(policy: str, statuses: Sequence[str], expectations: int, language: str) -> str:
    """The line with the counts."""
    return _say(
        "head",
        language,
        policy=policy,
        scenarios=len(statuses),
        expectations=expectations,
        passed=statuses.count("passed"),
        failed=statuses.count("failed") + statuses.count("early"),
        waiting=statuses.count("waits"),
    )


def result_text(result: Result, language: str = "en") -> str:
    """One scenario: what was expected, what came, and why."""
    scenario = result.scenario
    place = f"{scenario.file}:{scenario.line}" if scenario.file else str(scenario.line)
    key = result.status
    data = {
        "name": scenario.name,
        "place": place,
        "capability": scenario.waits_for,
        "expectations": result.expectations,
    }
    lines = [_say(key, language, **data)]
    if key == "failed":
        for checked in result.failures:
            lines += _checked(checked, language)
        if result.unreached:
            lines.append("  " + _say("unreached", language, count=result.unreached))
    return "\n".join(lines)


def waiting_text(name: str, capability: str, language: str = "en") -> str:
    """A scenario that cannot pass yet, and what it waits for."""
    return _say("waits", language, name=name, capability=capability)


def _checked(checked: Checked, language: str) -> Iterator[str]:
    yield "  " + _say(
        "check",
        language,
        line=checked.line,
        what=checked.what[language],
        wanted=checked.wanted,
        came=checked.seen.came[language],
    )
    for why in checked.seen.why:
        for line in why[language].splitlines():
            yield f"      {line}"


def rules_text(rules: Iterable[Rule], untouched: Iterable[Rule], language: str = "en") -> str:
    """How many rules were touched, and which were not."""
    every, none = tuple(rules), tuple(untouched)
    lines = [_say("rules", language, touched=len(every) - len(none), rules=len(every))]
    if none:
        lines.append(_say("untouched", language))
    for rule in none:
        kind = _say(f"rule {rule.kind}", language)
        clauses = f" ({', '.join(rule.clauses)})" if rule.clauses else ""
        lines.append(f"  {kind} {rule.code}{clauses}")
    return "\n".join(lines)


def open_items_text(policy: Policy, language: str = "en") -> str:
    """What the procedure leaves open and nobody has settled."""
    lines = [_say("open items", language)]
    lines += [
        "  "
        + _say(
            "open item",
            language,
            name=policy.name(choice.code, language),
            clauses=", ".join(choice.clauses) or "-",
            why=choice.why,
        )
        for choice in policy.open_items
    ]
    return "\n".join(lines)
