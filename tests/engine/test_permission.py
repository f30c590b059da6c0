"""Who may use the commands beside the flow, and how long."""

from __future__ import annotations

import attrs
import pytest

from complaintflow.engine.outcome import Accepted, Refused
from complaintflow.engine.reasons import OpenItem, TooLate, WrongRole
from complaintflow.errors import PolicyFileError, RefusedError
from complaintflow.moments import instant
from complaintflow.policy.diff import diff
from complaintflow.policy.validate import problems_of
from complaintflow.policyfile import dump, loads
from complaintflow.testing.rehearsal import Rehearsal

TEXT = """
policy = {{ id = "t", version = "1", semantics = 1, calendar = "office", final = ["done"] }}
[calendar.office]
timezone = "Asia/Shanghai"
week = {{ mon-fri = ["08:00-12:00", "13:00-17:00"] }}
[clauses]
C1 = "a clause"
C2 = "another one"
[roles]
sales = "C1"
quality = "C1"
[facts]
loss = "number"
[step]
open = {{ clause = "C1", by = "sales or quality", to = "going", asks = ["loss"] }}
close = {{ clause = "C1", by = "quality", from = "going", to = "done" }}
[allow]
{allow}
{more}
"""


def rehearsed(allow: str, more: str = "") -> Rehearsal:
    play = Rehearsal(loads(TEXT.format(allow=allow, more=more)))
    play.receive("2026-03-10 09:00", role="sales", facts={"loss": 5})
    return play


def reasons(error: pytest.ExceptionInfo[RefusedError]) -> tuple[object, ...]:
    refused = error.value.refused
    assert isinstance(refused, Refused)
    return refused.reasons


def test_without_a_row_anybody_may() -> None:
    play = rehearsed('void = "quality"')
    assert isinstance(play.note("2026-03-10 10:00", role="sales", loss=6), Accepted)


def test_only_the_role_that_is_named_may() -> None:
    play = rehearsed('void = { clause = "C2", by = "quality" }')
    with pytest.raises(RefusedError, match="C2") as error:
        play.desk.void(play.number, reason="twice", by="li", role="sales")
    assert reasons(error) == (WrongRole("void", "sales", "quality", "C2"),)
    assert play.desk.void(play.number, reason="twice", by="wu", role="quality").case.voided


def test_a_row_without_clauses_is_cited_by_its_place() -> None:
    play = rehearsed('note = "quality"')
    with pytest.raises(RefusedError) as error:
        play.note("2026-03-10 10:00", role="sales", loss=6)
    assert reasons(error) == (WrongRole("note", "sales", "quality", "allow.note"),)


def test_every_reason_is_given_and_not_the_first_alone() -> None:
    play = rehearsed('void = "quality"')
    with pytest.raises(RefusedError) as error:
        play.desk.void(play.number, reason=" ", by="li", role="sales")
    assert len(reasons(error)) == 2


@pytest.mark.parametrize(("wall", "allowed"), [("12 09:00:00", True), ("12 09:00:01", False)])
def test_a_correction_is_possible_for_a_time_after_what_it_mends(wall: str, allowed: bool) -> None:
    """Two working days from the entry, the due instant itself still in time."""
    play = rehearsed('correct = { clause = "C2", within = "16 working hours" }')
    play.at(f"2026-03-{wall}")

    def correct() -> Accepted:
        return play.desk.correct(
            play.number, 2, {"loss": 6}, reason="misread", by="li", role="sales"
        )

    if allowed:
        assert correct().case.value("loss") == 6
        return
    with pytest.raises(RefusedError) as error:
        correct()
    until = "2026-03-12 09:00:00+08:00"
    assert reasons(error) == (TooLate("C2", "correct", "16 working hours", until),)
    assert until in error.value.message


@pytest.mark.parametrize(
    ("role", "late", "kinds"),
    [
        ("quality", "2026-03-10 09:30", []),
        ("sales", "2026-03-10 09:30", [WrongRole]),
        ("quality", "2026-03-10 09:29:59", [TooLate]),
        ("quality", "2026-03-11 09:30", []),
        ("sales", "2026-03-11 09:30", []),
    ],
)
def test_back_dating_is_for_those_named_and_for_so_long(
    role: str, late: str, kinds: list[type]
) -> None:
    play = rehearsed('back_date = { clause = "C1", by = "quality", within = "24 h" }')
    play.at("2026-03-11 09:30")
    at = instant(late, "Asia/Shanghai")
    try:
        play.desk.note(play.number, {"loss": 7}, by="li", role=role, at=at)
    except RefusedError as error:
        refused = error.refused
        assert isinstance(refused, Refused)
        assert [type(reason) for reason in refused.reasons] == kinds
    else:
        assert not kinds


def test_an_opening_may_be_late_as_well() -> None:
    play = Rehearsal(loads(TEXT.format(allow='back_date = { within = "24 h" }', more="")))
    received = instant("2026-03-09 08:00", "Asia/Shanghai")
    with pytest.raises(RefusedError) as error:
        play.receive("2026-03-10 09:00", role="sales", facts={"loss": 5}, at=received)
    assert [type(reason) for reason in reasons(error)] == [TooLate]


def test_a_case_of_an_old_system_is_taken_over_by_those_named() -> None:
    play = rehearsed('adopt = { by = "quality", within = "1 month" }')
    for role, received, kinds in (
        ("sales", "2026-03-01 08:00", [WrongRole]),
        ("quality", "2026-02-01 08:00", [TooLate]),
    ):
        with pytest.raises(RefusedError) as error:
            play.desk.adopt(
                "old-1",
                system="old",
                state="going",
                received=instant(received, "Asia/Shanghai"),
                by="li",
                role=role,
            )
        assert [type(reason) for reason in reasons(error)] == kinds


def test_what_the_procedure_leaves_open_is_settled_first() -> None:
    more = '[choices]\nwho = { clause = "C2", why = "not said" }'
    play = rehearsed('void = { clause = "C1", by = "$who" }', more)
    with pytest.raises(RefusedError) as error:
        play.desk.void(play.number, reason="twice", by="li", role="sales")
    assert reasons(error) == (OpenItem("who", "not said", "C1"),)


@pytest.mark.parametrize(
    ("allow", "path", "message", "suggestion"),
    [
        ('viod = "quality"', "allow.viod", "no key is called 'viod'", "void"),
        ('void = "qualty"', "allow.void", "no role is called 'qualty'", "quality"),
        ('void = "sales and quality"', "allow.void", "one person gives a command", None),
        ('void = { within = "24 hurs" }', "allow.void.within", "expected a unit", "hours"),
        ("void = {}", "allow.void", "say who may, or how long", None),
        ('void = { by = "sales", with = "1 h" }', "allow.void.with", "no key", "within"),
        ('void = { within = "word: promptly" }', "allow.void.within", "expected how long", None),
        ('void = { by = "sales", clause = "C3" }', "allow.void.clause", "no clause", None),
    ],
)
def test_mistakes_stand_on_their_line(
    allow: str, path: str, message: str, suggestion: str | None
) -> None:
    with pytest.raises(PolicyFileError) as error:
        loads(TEXT.format(allow=allow, more=""))
    (problem,) = error.value.problems
    assert problem.path == path
    assert message in problem.message
    assert suggestion is None or problem.suggestion == suggestion
    assert problem.line == TEXT.split("\n").index("{allow}") + 1


def test_a_policy_built_in_python_is_held_to_the_same_words() -> None:
    policy = loads(TEXT.format(allow='void = "quality"', more=""))
    (void,) = policy.permissions
    wrong = attrs.evolve(policy, permissions=(void, void, attrs.evolve(void, code="viod")))
    found = {problem.path: problem for problem in problems_of(wrong)}
    assert found["allow.void"].message == "'void' is allowed twice"
    assert found["allow.viod"].message.startswith("no command is called 'viod'; there are: note")
    assert found["allow.viod"].suggestion == "void"


def test_what_is_written_reads_back() -> None:
    allow = 'void = "quality"\ncorrect = { clause = "C2", by = "sales", within = "24 h" }'
    policy = loads(TEXT.format(allow=allow, more=""))
    written = dump(policy)
    assert loads(written) == policy
    assert '[allow]\nvoid = "quality"\n' in written


def test_a_comparison_of_two_versions_says_who_may_now() -> None:
    old = loads(TEXT.format(allow='void = "quality"', more=""))
    new = loads(TEXT.format(allow='void = "sales"\nnote = { within = "24 h" }', more=""))
    assert [change.text("en") for change in diff(old, new)] == [
        "sales may now put a case aside",
        "quality may no longer put a case aside",
        "new permission: note facts, 24 h",
    ]
    assert diff(old, new)[-1].text("zh") == "新增授权：补记事实, 24 小时"
