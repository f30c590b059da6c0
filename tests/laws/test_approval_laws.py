"""For any party and any answers: an approval stands as somebody with a slate would say."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from complaintflow.engine.standing import view_of
from complaintflow.errors import RefusedError
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

TEXT = """
policy = {{ id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }}
[calendar.always]
timezone = "UTC"
week = {{ mon-sun = ["00:00-24:00"] }}
[roles]
a = ""
b = ""
c = ""
[step]
open = {{ by = "a or b or c", to = "going" }}
ask = {{ by = "a", from = "going" }}
regrade = {{ by = "a", from = "going" }}
go = {{ by = "a", from = "going", to = "done", needs = {{ C = "review is yes" }} }}
[approval]
review = {{ by = "{by}", starts = "ask", resets = "regrade", meaning = "seen" }}
"""
ROLES = ("a", "b", "c")


@cache
def rehearsed(by: str) -> Rehearsal:
    return Rehearsal(loads(TEXT.format(by=by)))


class Slate:
    """The answers since the question was last put or thrown open again."""

    def __init__(self, how: str, names: tuple[str, ...], enough: int) -> None:
        self.how, self.names, self.enough = how, names, enough
        self.asked = False
        self.answers: dict[str, bool] = {}

    def clear(self, *, asks: bool) -> None:
        self.asked = self.asked or asks
        self.answers = {}

    @property
    def state(self) -> str:
        if not self.asked:
            return "none"
        yes = sum(self.answers.values())
        no = len(self.answers) - yes
        needed = {"or": 1, "of": self.enough}.get(self.how, len(self.names))
        if yes >= needed:
            return "yes"
        return "no" if len(self.names) - no < needed else "pending"

    @property
    def turn(self) -> tuple[str, ...]:
        left = tuple(name for name in self.names if name not in self.answers)
        return left[:1] if self.how == "then" else left


PARTIES = st.lists(st.sampled_from(ROLES), min_size=2, max_size=3, unique=True).flatmap(
    lambda names: st.tuples(
        st.sampled_from(["or", "and", "then", "of"]),
        st.just(tuple(names)),
        st.integers(1, len(names)),
    )
)
COMMANDS = st.one_of(
    st.sampled_from(["ask", "ask", "regrade"]), st.tuples(st.sampled_from(ROLES), st.booleans())
)


@given(PARTIES, st.lists(COMMANDS, max_size=14))
def test_an_approval_stands_as_the_slate_says(
    party: tuple[str, tuple[str, ...], int], commands: list[str | tuple[str, bool]]
) -> None:
    how, names, enough = party
    by = f"{enough} of {', '.join(names)}" if how == "of" else f" {how} ".join(names)
    slate = Slate(*party)
    play = rehearsed(by)
    play.receive("2026-03-10 09:00", role="a")
    for command in commands:
        if isinstance(command, str):
            play.do("2026-03-10 09:00", command, role="a")
            slate.clear(asks=command == "ask")
        else:
            role, answer = command
            may = slate.state == "pending" and role in slate.turn
            try:
                play.desk.approve(play.number, "review", answer, by=f"p-{role}", role=role)
                accepted = True
            except RefusedError:
                accepted = False
            assert accepted is may
            if accepted:
                slate.answers[role] = answer
        case = play.case
        assert view_of(case.program, case.standing)["review"] == slate.state
    given_answers = sum(1 for one in play.case.signatures if one.what == "review")
    assert given_answers == len(play.case.standing.case.given.get("review", ()))
