"""One order for everything: by when it was written down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pendulum import DateTime

from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.simulation.register.csvfile import parse_csv
from complaintflow.simulation.register.entries import EntryList, read_entries
from complaintflow.simulation.register.mappingfile import parse_mapping
from complaintflow.simulation.register.rows import Register, read_register
from complaintflow.simulation.timeline import Timeline, make_timeline

MAPPING = parse_mapping(
    """
    zone = "Asia/Shanghai"
    [facts]
    customer = "customer"
    note = { column = "note", with = "fix" }
    [steps]
    close = { when = "closed" }
    """
)
REGISTER = """number,received,customer,note,closed
A-2,2026-03-03 10:00,Bo,,2026-03-06 10:00
A-1,2026-03-02 10:00,Ann,told,
"""
HEAD = "number,occurred,recorded,what,key,facts\n"


def at(text: str) -> DateTime:
    return instant(text, "Asia/Shanghai")


@pytest.fixture
def plan(shop: Policy) -> Callable[..., Timeline]:
    def make(
        *lines: str,
        until: DateTime | None = None,
        register: str = REGISTER,
        known: Callable[[str], bool] = lambda _: False,
    ) -> Timeline:
        rows: Register = read_register(shop, parse_csv(register, "r"), MAPPING)
        text = HEAD + "".join(f"{line}\n" for line in lines)
        entries: EntryList = read_entries(shop, parse_csv(text, "e"), MAPPING)
        return make_timeline(rows, entries, until, known)

    return make


def ids(timeline: Timeline) -> list[str]:
    return [f"{p.entry.number} {p.entry.kind} {p.entry.what}".strip() for p in timeline.planned]


def test_the_order_is_that_of_writing_down(plan: Callable[..., Timeline]) -> None:
    timeline = plan(
        "A-1,2026-03-02 11:00,2026-03-04 09:00,fix,",
        "A-2,2026-03-03 10:00,,note,,note=x",
    )
    assert ids(timeline) == [
        "A-1 open receive",
        "A-2 open receive",
        "A-2 note",
        "A-1 do fix",
        "A-2 do close",
    ]
    assert timeline.until == at("2026-03-06 10:00")


def test_a_closing_comes_after_what_was_done_in_the_same_minute(
    plan: Callable[..., Timeline],
) -> None:
    timeline = plan("A-2,2026-03-06 10:00,,fix,")
    assert ids(timeline)[-2:] == ["A-2 do fix", "A-2 do close"]


def test_facts_of_a_step_join_its_first_entry(plan: Callable[..., Timeline]) -> None:
    timeline = plan("A-1,2026-03-02 11:00,,fix,", "A-1,2026-03-02 12:00,,fix,")
    first, second = [p.entry for p in timeline.planned if p.entry.what == "fix"]
    assert (dict(first.facts), dict(second.facts)) == ({"note": "told"}, {})


def test_what_the_entry_itself_says_goes_first(plan: Callable[..., Timeline]) -> None:
    (entry,) = [
        p.entry
        for p in plan("A-1,2026-03-02 11:00,,fix,,note=new").planned
        if p.entry.what == "fix"
    ]
    assert entry.facts == {"note": "new"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("A-7,2026-03-04 11:00,,fix,", "unknown_number"),
        ("A-1,2026-03-02 09:59,,fix,", "before_opening"),
        ("A-3,2026-03-04 11:00,,fix,", "opening_rejected"),
        ("A-1,2026-03-07 11:00,,fix,", "after_until"),
    ],
)
def test_rows_without_a_place(plan: Callable[..., Timeline], line: str, code: str) -> None:
    register = REGISTER + "A-3,never,Cy,,\n"
    timeline = plan(line, until=at("2026-03-07 10:00"), register=register)
    (rejected,) = timeline.rejected
    assert (rejected.file, rejected.line) == ("e", 2)
    assert rejected.reasons[0].code == code


def test_complaints_of_an_earlier_run_are_known(plan: Callable[..., Timeline]) -> None:
    timeline = plan("A-7,2026-03-04 11:00,,fix,", known=lambda number: number == "A-7")
    assert timeline.rejected == ()


def test_a_row_that_lies_after_the_end_is_told_once(plan: Callable[..., Timeline]) -> None:
    timeline = plan(until=at("2026-03-01 00:00"))
    assert [len(each.reasons) for each in timeline.rejected] == [2, 1]
    assert timeline.planned == ()


def test_ids_do_not_depend_on_lines(plan: Callable[..., Timeline]) -> None:
    fix, note = "A-1,2026-03-02 11:00,,fix,", "A-1,2026-03-02 12:00,,note,,note=x"
    one = {p.id for p in plan(fix, note).planned}
    other = {p.id for p in plan(note, fix, "A-2,2026-03-04 11:00,,fix,").planned}
    assert one < other


def test_two_equal_entries_have_two_ids(plan: Callable[..., Timeline]) -> None:
    timeline = plan(*["A-1,2026-03-02 11:00,,fix,"] * 2)
    assert len({p.id for p in timeline.planned}) == len(timeline.planned) == 5


def test_nothing_to_run(plan: Callable[..., Timeline]) -> None:
    timeline = plan(register="number,received,customer,note,closed\n")
    assert (timeline.planned, timeline.until) == ((), None)
