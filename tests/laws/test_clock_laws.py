"""Laws of clocks: pauses, regrades and extensions in any order, against a clock that only counts."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.audit.events import Missed
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

POLICY = """
policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }
roles = { clerk = "1", chief = "1" }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[facts]
"waiting, other_waits" = "yes/no"
more = "limit"
severity = "one of: high, low"
[decide.level]
order = ["high", "low"]
high."1" = "severity is high"
low."1" = "severity is low"
[step]
open = { by = "clerk", to = "going" }
grant = { by = "chief", from = "going", asks = ["more"] }
end = { by = "clerk", from = "going", to = "done" }
[duty]
told = { owner = "clerk", starts = "open", ends = "end", per = "level", within = { high = "40 min", low = "90 min" }, pauses = "waiting", extended = { on = "grant", by = "more", regrade = "kept" }, rungs = [{ at = "due", to = "chief" }] }
other = { owner = "clerk", starts = "open", ends = "end", within = "50 min", pauses = "other_waits" }
"""
KEPT = loads(POLICY)
DROPPED = loads(POLICY.replace('"kept"', '"dropped"'))
LIMITS = {"high": 40, "low": 90}
FIRST = "2026-03-10 00:00"


@attrs.frozen
class Move:
    """Something that happens some minutes after what came before."""

    after: int
    what: str
    amount: int = 0


MOVES = st.lists(
    st.builds(
        Move,
        st.integers(1, 45),
        st.sampled_from(["pause", "resume", "high", "low", "grant", "look", "other"]),
        st.integers(1, 60),
    ),
    max_size=10,
)


def wall(minute: int) -> str:
    return f"2026-03-{10 + minute // 1_440:02} {minute % 1_440 // 60:02}:{minute % 60:02}"


def begun(dropped: bool = False) -> Rehearsal:
    play = Rehearsal(DROPPED if dropped else KEPT)
    play.receive(FIRST, role="clerk", facts={"severity": "low", "waiting": False})
    return play


def make(play: Rehearsal, minute: int, move: Move) -> None:
    match move.what:
        case "pause" | "resume":
            play.note(wall(minute), waiting=move.what == "pause")
        case "high" | "low":
            play.note(wall(minute), severity=move.what)
        case "grant":
            play.do(wall(minute), "grant", role="chief", facts={"more": f"{move.amount} min"})
        case "look":
            play.sweep(wall(minute))
        case _:
            play.note(wall(minute), other_waits=bool(move.amount % 2))


@attrs.define
class Counter:
    """A clock that counts minutes one by one and knows nothing of how the engine does it."""

    dropped: bool
    minute: int = 0
    stands: bool = False
    grade: str = "low"
    extra: list[int] = attrs.Factory(list)
    counted: list[int] = attrs.Factory(list)  # the minutes at whose end one more was used up

    def until(self, minute: int) -> None:
        while self.minute < minute:
            self.minute += 1
            if not self.stands:
                self.counted.append(self.minute)

    def take(self, move: Move) -> None:
        match move.what:
            case "pause" | "resume":
                self.stands = move.what == "pause"
            case "high" | "low" if move.what != self.grade:
                self.grade = move.what
                if self.dropped:
                    self.extra.clear()
            case "grant":
                self.extra.append(move.amount)

    def due(self) -> int | None:
        needed = LIMITS[self.grade] + sum(self.extra)
        if needed <= len(self.counted):
            return self.counted[needed - 1]
        return None if self.stands else self.minute + needed - len(self.counted)


def played(moves: Iterable[Move], dropped: bool = False) -> tuple[Rehearsal, Counter]:
    play, counter = begun(dropped), Counter(dropped)
    minute = 0
    for move in moves:
        minute += move.after
        make(play, minute, move)
        counter.until(minute)
        counter.take(move)
        expected = counter.due()
        found = play.due("told")
        assert found == (None if expected is None else f"{wall(expected)}:00"), move
    return play, counter


@given(MOVES, st.booleans())
def test_a_clock_agrees_with_one_that_only_counts(moves: list[Move], dropped: bool) -> None:
    played(moves, dropped)


@given(MOVES)
def test_a_breach_is_never_erased(moves: list[Move]) -> None:
    play = begun()
    minute, seen = 0, dict[tuple[str, str, int], int]()
    for move in moves:
        minute += move.after
        make(play, minute, move)
        missed = play.case.standing.case.missed
        assert seen.items() <= missed.items()
        seen = dict(missed)
    bodies = play.bodies(Missed)
    assert len({(body.duty, body.key, body.round) for body in bodies}) == len(bodies)


@given(MOVES, st.integers(1, 45), st.integers(1, 45))
def test_regraded_there_and_back_it_is_as_if_never_regraded(  # [T13]
    moves: list[Move], there: int, back: int
) -> None:
    plain = [move for move in moves if move.what not in ("high", "low")]
    minute = sum(move.after for move in plain)
    play, _ = played(plain)
    before = play.due("told")
    play.note(wall(minute + there), severity="high")
    play.note(wall(minute + there + back), severity="low")
    assert play.due("told") == before


@given(
    st.integers(1, 60),
    st.integers(1, 60),
    st.sampled_from(["waiting", "severity"]),
)
def test_entries_about_different_targets_commute(one: int, other: int, fact: str) -> None:
    """Typed in late, in either order, the same due instants come out."""

    def typed(*order: str) -> tuple[str | None, ...]:
        play = begun()
        for what in order:
            play.at(wall(80))
            at = play.at(wall(one if what == "mine" else other))
            play.at(wall(80))
            value = {"mine": {fact: True if fact == "waiting" else "high"}}.get(
                what, {"other_waits": True}
            )
            play.desk.note(play.number, value, by="x", role="clerk", at=at)
        return play.due("told"), play.due("other")

    assert typed("mine", "yours") == typed("yours", "mine")


@given(MOVES)
def test_superseded_instants_lead_to_the_one_that_holds(moves: list[Move]) -> None:
    """What a clock said before each change, in the order of the changes."""
    play = begun()
    said, minute = [play.due("told")], 0
    rounds = [1]
    for move in moves:
        minute += move.after
        make(play, minute, move)
        clock = play.clock("told")
        if play.due("told") != said[-1] or clock.state.round != rounds[-1]:
            said.append(play.due("told"))
            rounds.append(clock.state.round)
    superseded = play.desk.explain(play.number).superseded
    for number in set(rounds):
        told = [
            None if one.due is None else play.wall(one.due)
            for one in superseded.get(("told", "", number), ())
        ]
        mine = [due for due, round_ in zip(said, rounds, strict=True) if round_ == number]
        assert told == mine[:-1]
