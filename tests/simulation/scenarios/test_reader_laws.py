"""Laws of the reader: nothing passes silently, and nothing but a problem comes out of nonsense."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.errors import ScenarioFileError
from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import loads_scenarios
from complaintflow.simulation.scenarios.duty_expects import SORTS, WORDS
from complaintflow.simulation.scenarios.entries import COMMANDS, ENTRY
from complaintflow.simulation.scenarios.expects import KINDS, REASONS
from complaintflow.simulation.scenarios.vocabulary import Vocabulary

OEM = load_pack("oem_supplier")
FOLDER = pack_folder("oem_supplier")
TEXT = (FOLDER / "scenarios.toml").read_text("utf-8")
LINES = TEXT.split("\n")
# Persons are free text; kinds and keys are refused by the engine, since scenarios test that too.
FREE = re.compile(r"\b(?:by|kind|key|name|reason|text|evidence|report|via) = \[?\Z")


@cache
def words() -> frozenset[str]:
    """Every word that the format or the policy knows."""
    known = Vocabulary(OEM)
    answers = {answer for decision in OEM.decisions for answer in decision.answers}
    members = {
        member for fact in OEM.facts for member in getattr(fact.type, "members", ()) if fact.given
    }
    return frozenset(
        {
            *("given", "scenario", "clause", "status", "unknown", "history", "entries"),
            *("columns", "rows", "parameters", "clause", "facts", "roles", "choice"),
            *(*COMMANDS, *ENTRY, *KINDS, *REASONS, *WORDS, *SORTS),
            *(key for keys in COMMANDS.values() for key in keys),
            *(*known.facts, *known.decisions, *known.acts, *known.tells, *known.choices),
            *(*known.roles, *OEM.clauses, *OEM.states, *answers, *members),
        }
    )


@cache
def places() -> tuple[tuple[int, int, int], ...]:
    """Where a key, or a text that is nothing but known words, stands: line, begin, end."""
    found = []
    for number, line in enumerate(LINES, 1):
        code = line.split(" #")[0]
        spans = [(m.start(), m.end()) for m in re.finditer(r"\b[a-z_]+(?= = )", code)]
        spans += [
            (m.start(1), m.end(1))
            for m in re.finditer(r'"([A-Za-z0-9_. -]+)"', code)
            if m[1] in words() and not FREE.search(code[: m.start()])
        ]
        # The cells of a table are only as wrong as what they are put into.
        found += [(number, begin, end) for begin, end in spans if not code.startswith('  ["')]
    return tuple(found)


@cache
def loaded(parameters: str) -> Policy:
    return load_policy(FOLDER, parameters=json.loads(parameters))


def variant(parameters: Mapping[str, Any]) -> Policy:
    return loaded(json.dumps(parameters, sort_keys=True))


def test_there_is_enough_to_misspell() -> None:
    assert len(places()) > 1_000


@given(st.data())
def test_a_misspelt_word_is_a_problem_on_its_line(data: st.DataObject) -> None:
    line, begin, end = data.draw(st.sampled_from(places()))
    at = data.draw(st.integers(begin, end - 1))
    old = LINES[line - 1]
    wrong = old[:at] + old[at] * 3 + old[at + 1 :]
    text = "\n".join([*LINES[: line - 1], wrong, *LINES[line:]])
    try:
        loads_scenarios(text, OEM, variant=variant)
    except ScenarioFileError as error:
        assert line in {problem.line for problem in error.problems}, wrong
    else:
        raise AssertionError(wrong)


KEYS = st.sampled_from([*COMMANDS, *ENTRY, *KINDS, *("facts", "answer", "reason", "key", "role")])
NAMES = st.sampled_from(sorted(words()))
TIMES = st.sampled_from(["2026-03-10 09:20", "09:20", "2026-03-10", "24:99", "2027-05-01 00:00"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(NAMES, TIMES, st.booleans(), st.integers(-3, 10**9), st.dates(), st.text(max_size=9)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(KEYS, NAMES), inner, max_size=3)
    ),
    max_leaves=12,
)
ENTRIES = st.lists(
    st.one_of(
        st.dictionaries(KEYS, VALUES, max_size=5),
        st.fixed_dictionaries({"at": TIMES, "do": NAMES}, optional={"expect": VALUES}),
        st.just({"at": "2026-03-10 09:20", "do": "receive"}),
    ),
    max_size=5,
)


@given(
    st.fixed_dictionaries(
        {"name": st.text(min_size=1, max_size=5), "entries": ENTRIES},
        optional={"history": ENTRIES, "given": VALUES, "unknown": VALUES, "status": VALUES},
    )
)
def test_nonsense_is_a_problem_or_runs_to_a_report(scenario: dict[str, Any]) -> None:
    try:
        text = tomli_w.dumps({"scenario": [scenario]})
    except (ValueError, TypeError):  # a text that TOML cannot hold
        return
    try:
        scenarios = loads_scenarios(text, OEM, "x.toml")
    except ScenarioFileError as error:
        assert error.problems
        assert all(problem.file == "x.toml" for problem in error.problems)
    else:
        report = run_scenarios(OEM, scenarios)
        assert report.text("en")
        assert report.text("zh")


@given(st.text(max_size=300))
def test_any_text_is_a_problem_or_a_list_of_scenarios(text: str) -> None:
    try:
        loads_scenarios(text, OEM)
    except ScenarioFileError as error:
        assert error.problems
