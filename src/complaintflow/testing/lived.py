"""Random policies that can be lived: cases under them get somewhere.

`policies` draws everything that the language can say; hardly a case gets through such a policy.
What is drawn here is small and plausible: three flags and an amount, a grade, a handful of states
with loops, duties with limits, pauses and ladders, one approval. Their texts are policy files, so
that a counterexample can be read, and run by hand.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

__all__ = ["CALENDAR", "FLAGS", "ROLES", "STATES", "policy_texts"]

ROLES = ("sales", "quality", "plant")
FLAGS = ("stopped", "repeated", "unsafe")
STATES = ("taken", "checked", "worked_on")
CALENDAR = """
[calendar.plant]
timezone = "Asia/Shanghai"
week = { mon-fri = ["08:00-12:00", "13:00-17:00"] }
"""

_CONDITIONS = (
    *FLAGS,
    *(f"not {flag}" for flag in FLAGS),
    "grade is A",
    "grade in (A, B)",
    "not grade is C",
    "known(loss)",
    "loss >= 5000 CNY",
    "stopped or repeated",
    "stopped and not unsafe",
)
_SEVERE = ("loss >= 5000 CNY", "stopped", "stopped and unsafe")
_LESS = ("repeated", "loss > 0 CNY", "unsafe or repeated")
_LIMITS = (
    "24 h",
    "90 min",
    "4 working hours",
    "2 working days",
    "half working day",
    "3 calendar days",
    "same day",
    "1 month",
)
_RUNGS = (
    '{ at = "50 %", to = "quality" }',
    '{ at = "1 h before", to = "plant" }',
    '{ at = "due", to = "quality, sales" }',
    '{ at = "every 24 h after, 2 times", to = "sales" }',
)
_HOURS = st.sampled_from(['clause = "R1"', 'clause = "R1", calendar = "plant"'])
_PARTIES = ("sales", "quality", "plant", "sales or plant", "quality or plant")
_VOTES = (
    "quality",
    "sales and quality",
    "sales or quality",
    "sales then plant",
    "2 of sales, quality, plant",
)


def policy_texts() -> st.SearchStrategy[str]:
    """The text of a policy file, calendar included; `loads` takes it as it is."""
    return _texts()


@st.composite
def _texts(draw: st.DrawFn) -> str:
    moves = [f"move_{number}" for number in range(draw(st.integers(2, 5)))]
    duties = [f"owe_{number}" for number in range(draw(st.integers(1, 4)))]
    happened = st.sampled_from(["receive", *moves])
    votes = draw(st.sampled_from(_VOTES))
    columns = (*FLAGS, "waiting", "loss", "grade")
    lines = [
        "[policy]",
        'id = "lived"\nversion = "1"\nsemantics = 1\ncalendar = "plant"\nfinal = ["closed"]',
        "[roles]",
        *(f"{role} = {{ {draw(_HOURS)} }}" for role in ROLES),
        "[facts]",
        f'"{", ".join((*FLAGS, "waiting"))}" = "yes/no"',
        'loss = "money CNY"',
        "[decide.grade]",
        'pick = "highest"\norder = ["A", "B", "C"]\nby = "quality"',
        f'A."C1" = "{draw(st.sampled_from(_SEVERE))}"',
        f'B."C2" = "{draw(st.sampled_from(_LESS))}"',
        draw(st.sampled_from(['residual = "C"', 'C."C3" = "not stopped and not repeated"'])),
        "[states]",
        *(f'{state} = "W1"' for state in STATES),
        "[step]",
        'receive = { clause = "W1", by = "sales", to = "taken" }',
        'say = { clause = "W1", by = "sales or quality or plant", from = "any" }',
        *(f"{move} = {{ {_move(draw, moves, duties)} }}" for move in moves),
        _finish(draw, duties),
        "[duty]",
        *(f"{duty} = {{ {_duty(draw, happened)} }}" for duty in duties),
        "[approval]",
        f'consent = {{ clause = "W9", starts = "{draw(happened)}", by = "{votes}" }}',
        "[records]",
        f'log = {{ ledger = "log", columns = "{", ".join(columns)}" }}',
        CALENDAR,
    ]
    return "\n".join(lines)


def _move(draw: st.DrawFn, moves: list[str], duties: list[str]) -> str:
    sources = draw(st.lists(st.sampled_from(STATES), min_size=1, max_size=3, unique=True))
    source = "any" if draw(st.integers(0, 5)) == 0 else ", ".join(sources)
    state = st.sampled_from(STATES)
    parts = [
        'clause = "W2"',
        f'by = "{draw(st.sampled_from(_PARTIES))}"',
        f'from = "{source}"',
    ]
    match draw(st.sampled_from(["plain", "branch", "stay"])):
        case "plain":
            parts.append(f'to = "{draw(state)}"')
        case "branch":
            branch = f'"{draw(_condition())}" = "{draw(state)}", else = "{draw(state)}"'
            parts.append(f"to = {{ {branch} }}")
    if draw(st.booleans()):
        parts.append(f'needs = {{ W3 = "{draw(_guards(moves, duties))}" }}')
    if draw(st.integers(0, 3)) == 0:
        parts.append('asks = ["loss"]')
    return ", ".join(parts)


def _finish(draw: st.DrawFn, duties: list[str]) -> str:
    need = draw(st.sampled_from([*duties, "consent is yes", "known(grade)", "receive"]))
    return (
        'finish = { clause = "W4", by = "quality", from = "taken, checked, worked_on", '
        f'to = "closed", needs = {{ W5 = "{need}", W6 = "consent is not no" }} }}'
    )


def _condition() -> st.SearchStrategy[str]:
    return st.sampled_from(_CONDITIONS)


def _guards(moves: list[str], duties: list[str]) -> st.SearchStrategy[str]:
    return st.one_of(_condition(), st.sampled_from([*moves, *duties, "consent is yes"]))


def _duty(draw: st.DrawFn, happened: st.SearchStrategy[str]) -> str:
    begins = draw(
        st.one_of(
            st.just("receive"),
            happened,
            _condition(),
            st.builds("{} and {}".format, happened, _condition()),
        )
    )
    parts = [
        'clause = "T1"',
        f'owner = "{draw(st.sampled_from(ROLES))}"',
        f'starts = "{begins}"',
        *([f'if = "{draw(_condition())}"'] if draw(st.integers(0, 2)) == 0 else []),
        *(['waived_by = "quality"'] if draw(st.booleans()) else []),
    ]
    limit = st.sampled_from(_LIMITS)
    match draw(st.sampled_from(["one", "one", "grades", "none"])):
        case "none":
            return ", ".join(parts)
        case "one":
            parts.append(f'within = "{draw(limit)}"')
        case _:
            each = ", ".join(f'{grade} = "{draw(limit)}"' for grade in "ABC")
            parts.append(f'per = "grade", within = {{ {each} }}')
            parts.append(f'regrade = "{draw(st.sampled_from(["original", "regrade"]))}"')
    if draw(st.booleans()):
        parts.append('pauses = "waiting"')
    rungs: list[Any] = draw(st.lists(st.sampled_from(_RUNGS), min_size=1, max_size=3, unique=True))
    parts.append(f"rungs = [{', '.join(rungs)}]")
    return ", ".join(parts)
