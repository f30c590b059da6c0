"""For any course of a case: a signature holds for what stood there, and says what moved since."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from complaintflow.audit.events import Corrected, Event, Noted, Signed, StepTaken
from complaintflow.audit.signing import signatures
from complaintflow.errors import RefusedError
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

POLICY = loads("""
policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }
[calendar.always]
timezone = "UTC"
week = { mon-sun = ["00:00-24:00"] }
[roles]
a = ""
[facts]
x = "text"
y = "text"
z = { type = "text", personal = true }
[step]
open = { by = "a", to = "going", asks = ["x", "y", "z"] }
check = { by = "a", from = "going", signed = "a", meaning = "checked" }
close = { by = "a", from = "going", to = "done" }
""")
FACTS = st.sampled_from("xyz")
VALUES = st.sampled_from(["one", "two", None])
COMMANDS = st.one_of(
    st.just(("check", "", None)),
    st.tuples(st.sampled_from(["note", "correct"]), FACTS, VALUES),
)


def give(play: Rehearsal, kind: str, fact: str, value: str | None) -> None:
    if kind == "check":
        play.do("2026-03-10 09:00", "check", role="a", by="li", signed={"a": "li"})
        return
    if kind == "note":
        play.desk.note(play.number, {fact: value}, by="wu", role="a")
        return
    known = play.case.standing.case.facts.get(fact)
    position = known.position if known is not None else 0
    try:
        play.desk.correct(
            play.number, position, {fact: value or "mended"}, reason="slip", by="wu", role="a"
        )
    except RefusedError:
        assert known is None, "a fact that nobody stated cannot be mended"


def stated(events: tuple[Event, ...]) -> dict[str, int]:
    """For each fact the entry that stated it last; none where it is unknown again."""
    found: dict[str, int] = {}
    for event in events:
        body = event.body
        facts = body.facts if isinstance(body, (StepTaken, Noted)) else {}
        for name, value in {**facts, **(body.new if isinstance(body, Corrected) else {})}.items():
            found.pop(name, None)
            if value is not None:
                found[name] = event.position
    return found


@given(st.lists(COMMANDS, max_size=12))
def test_a_signature_is_intact_and_lists_what_was_stated_anew(
    commands: list[tuple[str, str, str | None]],
) -> None:
    play = Rehearsal(POLICY)
    first = dict.fromkeys("xyz", "one")
    play.receive("2026-03-10 09:00", role="a", by="li", facts=first)
    for kind, fact, value in commands:
        give(play, kind, fact, value)
    events = play.case.events
    now = stated(events)
    found = signatures(play.number, events)
    signed = [event for event in events if isinstance(event.body, Signed)]
    assert len(found) == len(signed) == sum(kind == "check" for kind, *_ in commands)
    for one, event in zip(found, signed, strict=True):
        then = stated(events[: event.position])
        assert one.intact
        assert set(one.facts) == set(then)
        assert set(one.changed) == {name for name in then if now.get(name) != then[name]}
        assert one.stands is not bool(one.changed)
