"""The driver: virtual time, refusals, resuming."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.simulation.register.csvfile import parse_csv
from complaintflow.simulation.register.entries import read_entries
from complaintflow.simulation.register.mappingfile import parse_mapping
from complaintflow.simulation.register.rows import read_register
from complaintflow.simulation.run import RunResult, run_register
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore

MAPPING = parse_mapping(
    """
    zone = "Asia/Shanghai"
    [facts]
    customer = "customer"
    urgent = { column = "urgent", empty = "no" }
    colour = "colour"
    [steps]
    close = { when = "closed" }
    [ledger]
    department = "desk"
    """
)
REGISTER = """number,received,customer,urgent,colour,closed
A-1,2026-03-02 10:00,Ann,yes,blue,
A-2,2026-03-02 11:00,Bo,,red,2026-03-03 11:00
A-3,2026-03-02 12:00,,,red,
A-4,2026-03-09 09:00,Cy,,green,
A-5,soon,Di,,green,
"""
EVENTS = """number,occurred,recorded,role,what,key,facts,reason
A-1,2026-03-03 09:00,,chief,look,front,,
A-1,2026-03-03 09:30,,chief,look,back,,
A-1,2026-03-03 10:00,2026-03-06 10:00,chief,answer,,,
A-1,2026-03-03 10:30,2026-03-06 10:01,clerk,answer,,,
A-2,2026-03-02 15:00,,chief,repair,quick,,
A-2,2026-03-02 16:00,,chief,repair,1,,
A-2,2026-03-02 17:00,,clerk,verify repair,1,,
A-4,2026-03-09 10:00,,chief,overrule level,high,,he shouts
A-4,2026-03-09 11:00,,clerk,note,,count=3,
"""


def run(
    shop: Policy,
    *,
    register: str = REGISTER,
    events: str = EVENTS,
    until: str | None = None,
    store: CaseStore | None = None,
) -> RunResult:
    rows = read_register(shop, parse_csv(register, "r"), MAPPING)
    entries = read_entries(shop, parse_csv(events, "e"), MAPPING)
    end = instant(until, "Asia/Shanghai") if until else None
    return run_register(shop, rows, MAPPING, entries, end, store)


def test_every_row_is_processed_or_rejected(shop: Policy) -> None:
    result = run(shop)
    assert (result.total, result.processed) == (14, 11)
    told = [(each.file, each.line, each.reasons[0].code) for each in result.rejected]
    assert told == [("r", 4, "refused"), ("r", 6, "stamp"), ("e", 5, "refused")]
    assert "customer must be known" in result.rejected[0].text("en")
    assert "必须填写 customer" in result.rejected[0].text("zh")


def test_the_ledger(shop: Policy) -> None:
    ledger = {row.number: row for row in run(shop).ledger}
    assert list(ledger) == ["A-1", "A-2", "A-4"]
    first, second, third = ledger.values()
    assert (first.grade, first.reason, first.departments) == ("high", "S1", ("chief",))
    assert first.customer == "Ann"
    assert (second.state, second.open, second.owner) == ("closed", False, ())
    assert (third.grade, third.reason) == ("high", "he shouts")
    assert (third.owner, third.next_duty) == (("chief",), "answer")
    assert f"{third.next_due:%Y-%m-%d %H:%M}" == "2026-03-11 18:00"


def test_what_was_typed_in_late_was_done_in_time(shop: Policy) -> None:
    """The answer was given on Tuesday and typed in on Friday: nobody knew on Wednesday."""
    (row,) = [row for row in run(shop).ledger if row.number == "A-1"]
    (target,) = row.targets
    assert (target.outcome, f"{target.due:%d %H:%M}", f"{target.done:%d %H:%M}") == (
        "on time",
        "04 18:00",
        "03 10:00",
    )
    assert row.escalated_to == ("chief",)


def test_open_targets_are_judged_at_the_end(shop: Policy) -> None:
    early = run(shop, until="2026-03-11 18:00:00").ledger[-1]
    late = run(shop, until="2026-03-12 18:00:01").ledger[-1]
    assert [target.outcome for target in early.targets] == ["running"]
    assert [target.outcome for target in late.targets] == ["overdue"]
    assert late.overdue_by is not None
    assert late.overdue_by.total_seconds() == 24 * 3600 + 1
    assert (early.escalated_to, late.escalated_to) == ((), ("chief",))


def test_rungs_are_recorded_when_they_happened(shop: Policy) -> None:
    store = MemoryStore()
    run(shop, store=store)
    with store.begin() as work:
        rungs = [e for e in work.load("A-1") if type(e.body).__name__ == "RungReached"]
    assert [e.recorded - e.occurred for e in rungs] == [0]


def test_rows_after_the_end_are_not_run(shop: Policy) -> None:
    result = run(shop, until="2026-03-08 00:00")
    assert [row.number for row in result.ledger] == ["A-1", "A-2"]
    assert result.processed + len(result.rejected) == result.total == 14


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CaseStore]:
    if request.param == "memory":
        yield MemoryStore()
        return
    pytest.importorskip("sqlalchemy")
    from complaintflow.store.sql import SqlStore

    sql = SqlStore(f"sqlite:///{tmp_path / 'cases.db'}")
    yield sql
    sql.close()


def test_running_twice_changes_nothing(shop: Policy, store: CaseStore) -> None:
    first = run(shop, store=store)
    with store.begin() as work:
        trail = {number: work.trail(number) for number in work.cases()}
    assert run(shop, store=store) == first == run(shop)
    with store.begin() as work:
        assert {number: work.trail(number) for number in work.cases()} == trail


class _StoppedError(Exception):
    pass


@pytest.mark.parametrize("after", range(1, 13))
def test_a_run_that_was_cut_off_is_gone_on_with(shop: Policy, store: CaseStore, after: int) -> None:
    rows = read_register(shop, parse_csv(REGISTER, "r"), MAPPING)
    entries = read_entries(shop, parse_csv(EVENTS, "e"), MAPPING)

    def stop(done: int, _: int) -> None:
        if done == after:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        run_register(shop, rows, MAPPING, entries, None, store, stop)
    assert run(shop, store=store) == run(shop)


def test_a_refusal_is_not_asked_again_of_a_later_state(shop: Policy, store: CaseStore) -> None:
    """Closing before the opening is done is refused; later it would have been possible."""
    events = "number,occurred,what\nA-1,2026-03-02 10:30,close\nA-1,2026-03-02 10:31,fix\n"
    shut = "number,received,customer,urgent,colour,closed\nA-1,2026-03-02 10:00,Ann,yes,blue,\n"
    first = run(shop, register=shut, events=events, store=store)
    assert [each.line for each in first.rejected] == [3]
    assert run(shop, register=shut, events=events, store=store) == first


def test_rows_may_be_added_to_a_register_that_was_run(shop: Policy, store: CaseStore) -> None:
    head, *lines = REGISTER.splitlines(keepends=True)
    run(shop, register=head + "".join(lines[:2]), events=EVENTS.splitlines()[0], store=store)
    assert run(shop, store=store).ledger == run(shop).ledger


def test_a_row_that_was_changed_after_it_was_run_is_rejected(
    shop: Policy, store: CaseStore
) -> None:
    run(shop, store=store)
    changed = REGISTER.replace("A-1,2026-03-02 10:00,Ann", "A-1,2026-03-02 10:00,Eve")
    result = run(shop, register=changed, store=store)
    assert "used for another command" in result.rejected[0].text("en")
    assert result.ledger == run(shop).ledger
    assert run(shop, store=store) == run(shop)


def test_a_row_that_was_mended_after_its_refusal_is_asked_anew(
    shop: Policy, store: CaseStore
) -> None:
    assert len(run(shop, store=store).rejected) == 3
    mended = REGISTER.replace("A-3,2026-03-02 12:00,,", "A-3,2026-03-02 12:00,Flo,")
    result = run(shop, register=mended, store=store)
    assert [each.line for each in result.rejected] == [6, 5]
    assert result.ledger == run(shop, register=mended).ledger


def test_progress_is_told(shop: Policy) -> None:
    told: list[tuple[int, int]] = []
    rows = read_register(shop, parse_csv(REGISTER, "r"), MAPPING)
    run_register(shop, rows, MAPPING, progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 5) for n in range(1, 6)]


def test_an_empty_register(shop: Policy) -> None:
    head = REGISTER.splitlines()[0]
    result = run(shop, register=head, events=EVENTS.splitlines()[0])
    assert (result.total, result.ledger, result.until) == (0, (), None)
