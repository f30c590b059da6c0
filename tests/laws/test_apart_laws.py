"""For any rules of different persons: no case that was accepted offends one, and no more is refused.

The oracle reads the trail alone, knows acts as texts and compares every pair.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from complaintflow.audit.events import ApprovalGiven, DutyDone, Event, Raised, StepTaken
from complaintflow.engine.outcome import Accepted, Decision, Refused
from complaintflow.engine.reasons import Concerned, SamePerson
from complaintflow.errors import PolicyFileError, RefusedError
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

TEXT = """
policy = {{ id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }}
[calendar.always]
timezone = "Asia/Shanghai"
week = {{ mon-sun = ["00:00-24:00"] }}
[roles]
a = ""
b = ""
[facts]
blamed = "text"
[step]
open = {{ by = "a or b", to = "going", asks = ["blamed"] }}
ask = {{ by = "a or b", from = "going" }}
pay = {{ by = "a or b", from = "going", signed = "a or b" }}
close = {{ by = "a or b", from = "going", to = "done" }}
[duty]
visit = {{ owner = "a or b", starts = "ask", jointly = "a and b" }}
[approval]
consent = {{ by = "a and b", starts = "ask" }}
[action]
measure = {{ kinds = "fix", by = "a or b", owner = "a or b", verified_by = "a or b" }}
[tell]
agreed = {{ on = "consent is yes", to = "a" }}
[apart]
{apart}
"""
ACTS = (
    *("open", "ask", "pay", "visit", "measure", "raise measure", "verify measure"),
    *("sign pay", "attend visit", "consent", "consent.a", "consent.b", "blamed"),
)
PEOPLE = st.sampled_from(["li", "wu", "zhou"])
ROLES = st.sampled_from(["a", "b"])
Given = tuple[str, str, str, str, str]
COMMANDS: st.SearchStrategy[Given] = st.tuples(
    st.sampled_from(["ask", "pay", "visit", "approve", "raise", "do", "verify", "blame"]),
    PEOPLE,
    ROLES,
    PEOPLE,
    st.sampled_from(["1", "2"]),
)


@st.composite
def rules(draw: st.DrawFn) -> list[list[str]]:
    found = draw(
        st.lists(
            st.lists(st.sampled_from(ACTS), min_size=1, max_size=4, unique=True),
            min_size=1,
            max_size=2,
        )
    )
    text = "\n".join(f"r{i} = {rule!r}".replace("'", '"') for i, rule in enumerate(found))
    try:
        loads(TEXT.format(apart=text))
    except PolicyFileError:  # it says nothing, or nobody could keep it
        return []
    return found


def deeds(event: Event) -> list[tuple[str, str]]:
    """The persons of an event with what each did, as text."""
    by, role = event.by, event.role
    match event.body:
        case StepTaken(step, _, _, _, present, signed):
            took = [(person, step) for person in (by, *present.values())]
            return took + [(person, f"sign {step}.{one}") for one, person in signed.items()]
        case DutyDone("visit", _, _, present):
            there = {role: by, **present}
            went = [(person, "visit") for person in (by, *present.values())]
            return went + [(person, f"attend visit.{one}") for one, person in there.items()]
        case DutyDone(act, key):
            return [(by, f"{act}#{key}")]
        case Raised(action, key):
            return [(by, f"raise {action}#{key}")]
        case ApprovalGiven(approval):
            return [(by, f"{approval}.{role}")]
        case _:
            return []


def about(rule: list[str], deed: str) -> bool:
    plain = deed.partition("#")[0]
    return plain in rule or plain.partition(".")[0] in rule


def offends(rule: list[str], events: list[Event]) -> bool:
    """Whether two deeds of one person, or a deed of the person then blamed, offend *rule*."""
    found: list[tuple[str, str]] = []
    blamed = None
    for event in events:
        blamed = getattr(event.body, "facts", {}).get("blamed", blamed)
        for person, deed in deeds(event):
            if not about(rule, deed):
                continue
            if "blamed" in rule and person == blamed:
                return True
            found.append((person, deed))
    for (first, one), (second, other) in combinations(found, 2):
        numbers = {one.partition("#")[2], other.partition("#")[2]}
        two_actions = "" not in numbers and len(numbers) == 2
        if first == second and one != other and not two_actions:
            return True
    return False


def give(play: Rehearsal, drawn: Given) -> Decision:
    what, by, role, other, key = drawn
    number, desk = play.number, play.desk
    who: dict[str, Any] = {"by": by, "role": role}
    beside = {"a" if role == "b" else "b": other}
    try:
        match what:
            case "ask":
                return desk.do(number, "ask", **who)
            case "pay":
                return desk.do(number, "pay", **who, signed={role: by, **beside})
            case "visit":
                return desk.do(number, "visit", **who, present=beside)
            case "approve":
                return desk.approve(number, "consent", True, **who)
            case "raise":
                return desk.raise_action(number, "measure", "fix", **who)
            case "do":
                return desk.do(number, "measure", key=key, **who)
            case "verify":
                return desk.do(number, "verify measure", key=key, **who)
            case _:
                return desk.note(number, {"blamed": other}, **who)
    except RefusedError as error:
        assert isinstance(error.refused, Refused)
        return error.refused


def played(apart: str, opener: str, commands: list[Given]) -> Rehearsal:
    play = Rehearsal(loads(TEXT.format(apart=apart)))
    play.receive("2026-03-10 09:00", role="a", by=opener, facts={"blamed": "nobody"})
    for command in commands:
        give(play, command)
    return play


@given(rules().filter(bool), st.lists(COMMANDS, max_size=10), PEOPLE)
def test_no_accepted_trail_offends_a_rule_and_no_other_is_refused_for_one(
    drawn: list[list[str]], commands: list[Given], opener: str
) -> None:
    text = "\n".join(f"r{i} = {rule!r}".replace("'", '"') for i, rule in enumerate(drawn))
    play = played(text, opener, [])
    accepted: list[Given] = []
    for command in commands:
        decision = give(play, command)
        events = list(play.case.events)
        assert not any(offends(rule, events) for rule in drawn)
        if isinstance(decision, Accepted):
            accepted.append(command)
            continue
        mine = [r for r in decision.reasons if isinstance(r, (SamePerson, Concerned)) and r.rule]
        if len(mine) == len(decision.reasons):  # nothing else stood against it
            free = played("", opener, accepted)
            assert isinstance(give(free, command), Accepted)
            assert any(offends(rule, list(free.case.events)) for rule in drawn)
