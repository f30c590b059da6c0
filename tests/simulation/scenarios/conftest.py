"""A small policy with every kind of rule, and shortcuts to read and run scenarios of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from complaintflow.errors import Problem, ScenarioFileError
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import Scenario, loads_scenarios
from complaintflow.simulation.scenarios.report import Report

PARCELS = """
policy = { id = "parcels", version = "3", semantics = 1, calendar = "office", final = ["settled"], keeper = "clerk" }
[calendar.office]
timezone = "Europe/Berlin"
coverage = [2026-01-01, 2026-12-31]
week = { "mon-fri" = ["09:00-17:00"] }
[clauses]
P1 = "Parcels are received"
P2 = "Great loss"
P3 = "Small loss"
P4 = "Answer"
P5 = "Consent"
"P6.1" = "Repair"
[roles]
clerk = "P1"
chief = "P2"
depot = "P3"
lab = "P3"
[facts]
"who, note" = "text"
loss = "money EUR"
"broken, wet, waiting, urgent" = "yes/no"
promised = "instant"
pieces = "number"
marks = "some of: scratch, dent, stain"
photos = "files"
double = { type = "number", is = "pieces * 2", clause = "P1" }
same_sender = { count = "cases", same = ["who"], within = "1 year", clause = "P2" }
[form]
slip = { clause = "P1", asks = ["who", "pieces | note"] }
[decide.grade]
order = ["high", "low"]
by = "chief"
clause = "P2"
high."P2" = "loss >= 1000 EUR"
low."P3" = "loss < 1000 EUR"
[decide.size]
pick = "first"
residual = "handy"
undetermined = "bulky"
clause = "P3"
bulky."P3" = "pieces > 10"
[decide.units]
pick = "all"
depot."P3" = "wet"
lab."P3" = "broken"
[decide.major]
pick = "flag"
yes."P2" = "urgent"
[step]
receive = { clause = "P1", by = "clerk", to = "open", asks = ["who"] }
reopen = { clause = "P1", by = "chief", to = "open", signed = "chief" }
judge = { clause = "P2", by = "chief", from = "open", to = { broken = "judged", else = "$whole" }, needs = { P2 = "known(grade)", P1 = "filled(slip)" } }
settle = { clause = "P4", by = "clerk or chief", from = "judged", to = "settled", via = ["letter"], signed = "clerk and chief", needs = { P5 = "consent is yes" } }
[duty]
reply = { clause = "P4", owner = "clerk", starts = "receive", ends = "settle", per = "grade", within = { high = "4 h", low = "2 working days" }, pauses = "waiting", rungs = [{ at = "50 %", to = "chief" }, { at = "every 2 h after, 2 times", to = "chief, clerk", code = "again" }] }
inspect = { clause = "P3", each = "units", starts = "judge", asks = ["photos"], within = "3 working hours" }
store = { clause = "P3", owner = "depot", starts = "reply", within = "1 h" }
visit = { clause = "P3", owner = "lab and depot", starts = "judge", jointly = "clerk and chief" }
keep_word = { clause = "P4", owner = "clerk", starts = "receive", date = "promised" }
thank = { clause = "P4", owner = "clerk", starts = "receive", within = "word: promptly", ruled_by = "chief", passed_on_by = "clerk", waived_by = "chief" }
[approval]
consent = { clause = "P5", by = "clerk and chief", starts = "judge" }
[action]
repair = { clause = "P6.1", kinds = "patch, swap", by = "clerk", owner = "depot", verified_by = "chief" }
[link]
police = { clause = "P2", opens = "a report to the police", starts = "major" }
[tell]
news = { clause = "P4", on = "judge", to = "chief, depot" }
alarm = { clause = "P2", on = "major", to = "chief" }
[route]
depot = { clause = "P3", by = "first" }
[records]
book = { clause = "P1", ledger = "book of parcels", columns = ["marks", "double", "same_sender", "size"], number = "P-{YY}-{serial:03}" }
[choices]
whole = { clause = "P2", why = "nothing is said of whole parcels" }
"""


@pytest.fixture(scope="session")
def policy() -> Policy:
    return loads(PARCELS)


@pytest.fixture
def parcels(tmp_path: Path) -> Path:
    """A folder with the policy."""
    (tmp_path / "policy.toml").write_text(PARCELS, "utf-8")
    return tmp_path


@pytest.fixture
def read(policy: Policy) -> Callable[[str], tuple[Scenario, ...]]:
    return lambda text: loads_scenarios(text, policy, "scenarios.toml")


@pytest.fixture
def problems(policy: Policy) -> Callable[[str], tuple[Problem, ...]]:
    """The problems that *text* has; it must have some."""

    def found(text: str) -> tuple[Problem, ...]:
        with pytest.raises(ScenarioFileError) as caught:
            loads_scenarios(text, policy, "scenarios.toml")
        return caught.value.problems

    return found


@pytest.fixture
def entries(policy: Policy) -> Callable[[str], Report]:
    """Run one scenario with these entries, after a receipt on Tuesday, 3 March 2026, 10:00."""

    def ran(text: str) -> Report:
        scenario = (
            '[[scenario]]\nname = "one"\nentries = [\n'
            '{ at = "2026-03-03 10:00", do = "receive", facts = { who = "Ann" } },\n'
            f"{text}\n]"
        )
        return run_scenarios(policy, loads_scenarios(scenario, policy))

    return ran
