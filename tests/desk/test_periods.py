"""Standing cases: what is owed once in a calendar period, and belongs to no complaint."""

from __future__ import annotations

import datetime as _dt
import importlib
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import DateTime

from complaintflow.audit.events import Missed, Opened, PeriodBegun, RungReached
from complaintflow.calendar.limits import Limit
from complaintflow.desk.book import PolicyBook
from complaintflow.desk.book_entry import BookEntry
from complaintflow.desk.desk import Desk
from complaintflow.engine import reasons as r
from complaintflow.engine.outcome import Refused
from complaintflow.engine.period import first_day, label_of
from complaintflow.engine.recurring import recurring_due
from complaintflow.moments import instant, to_micros
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads
from complaintflow.store.protocol import CaseStore

TEXT = """
policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "a clause"
[roles]
clerk = "C1"
chief = "C1"
[facts]
count = "number"
[step]
receive = { clause = "C1", by = "clerk", to = "open" }
close = { clause = "C1", by = "clerk", from = "open", to = "closed" }
[duty]
answer = { clause = "C1", owner = "clerk", starts = "receive", within = "24 h" }
statistics = { clause = "C1", owner = "clerk", starts = "case.month", asks = ["count"], within = "every month by the 5th", rungs = [{ at = "due", to = "chief" }] }
review = { clause = "C1", owner = "chief", starts = "case.year", within = "every calendar year" }
"""


class Stage:
    """A desk whose clock a test sets."""

    def __init__(self, store: CaseStore, policy: Policy | PolicyBook | None = None) -> None:
        self.present = instant("2026-03-10T09:00", "Asia/Shanghai")
        self.desk = Desk(policy or loads(TEXT), store=store, now=self._now)

    def _now(self) -> DateTime:
        return self.present

    def sweep(self, wall: str) -> None:
        self.present = instant(wall, "Asia/Shanghai")
        self.desk.sweep()

    def numbers(self) -> list[str]:
        return [case.number for case in self.desk.cases()]


def test_a_sweep_opens_the_case_of_each_period_once(store: CaseStore) -> None:
    stage = Stage(store)
    for _ in range(3):
        stage.sweep("2026-03-10T09:00")
    assert stage.numbers() == ["t/2026", "t/2026-03"]
    case = stage.desk.case("t/2026-03")
    assert case.received == instant("2026-03-01T00:00", "Asia/Shanghai")
    assert (case.state, case.possible) == ("standing", ())
    assert [e.body for e in case.events][1] == PeriodBegun("month", "2026-03")
    assert "standing case of 2026-03" in stage.desk.explain("t/2026-03").text("en")
    assert "2026-03 期间的常设案件" in stage.desk.explain("t/2026-03").text("zh")


def test_another_desk_opens_nothing_twice_and_leaves_nothing_out(store: CaseStore) -> None:
    Stage(store).sweep("2026-03-10T09:00")
    later = Stage(store)
    later.sweep("2026-06-02T09:00")
    assert later.numbers() == ["t/2026", "t/2026-03", "t/2026-04", "t/2026-05", "t/2026-06"]
    assert [o.case for o in later.desk.owed() if o.duty == "statistics"] == [
        "t/2026-03",
        "t/2026-04",
        "t/2026-05",
        "t/2026-06",
    ]


def test_its_duties_have_clocks_and_ladders_as_any(store: CaseStore) -> None:
    stage = Stage(store)
    stage.sweep("2026-04-01T00:00")
    (owed,) = stage.desk.owed("t/2026-04")
    assert owed.due == instant("2026-04-05T23:59:59", "Asia/Shanghai")
    outcome = stage.desk.try_do("t/2026-04", "statistics", by="Ma", role="clerk")
    assert isinstance(outcome, Refused)
    assert [type(one) for one in outcome.reasons] == [r.FactMissing]
    stage.sweep("2026-04-06T09:00")
    bodies = [e.body for e in stage.desk.case("t/2026-04").events]
    assert [type(b) for b in bodies if isinstance(b, (Missed, RungReached))] == [
        Missed,
        RungReached,
    ]
    stage.desk.do("t/2026-04", "statistics", by="Ma", role="clerk", facts={"count": 7})
    assert stage.desk.owed("t/2026-04") == ()
    assert "t/2026-04" not in [c.number for c in stage.desk.cases(is_open=True)]


def test_complaints_know_nothing_of_it(store: CaseStore) -> None:
    stage = Stage(store)
    stage.desk.receive({}, by="Ma", role="clerk", number="K1")
    assert [o.duty for o in stage.desk.owed("K1")] == ["answer"]
    outcome = stage.desk.try_do("K1", "statistics", by="Ma", role="clerk", facts={"count": 1})
    stage.sweep("2026-03-10T10:00")
    assert [o.duty for o in stage.desk.owed("t/2026-03")] == ["statistics"]
    assert not isinstance(outcome, Refused), "an act before it is owed is on record, as for any"


def test_no_step_is_possible_in_it(store: CaseStore) -> None:
    stage = Stage(store)
    stage.sweep("2026-03-10T09:00")
    outcome = stage.desk.try_do("t/2026-03", "close", by="Ma", role="clerk")
    assert isinstance(outcome, Refused)
    assert isinstance(outcome.reasons[0], r.StepNotPossible)


def test_the_version_that_holds_when_the_period_begins_is_the_cases(store: CaseStore) -> None:
    first = loads(TEXT)
    second = loads(
        TEXT.replace('version = "1"', 'version = "2"').replace("by the 5th", "by the 9th")
    )
    book = PolicyBook(
        [
            BookEntry(first, since=_dt.date(2026, 1, 1)),
            BookEntry(second, since=_dt.date(2026, 4, 10)),
        ]
    )
    stage = Stage(store, book)
    stage.sweep("2026-03-10T09:00")
    stage.sweep("2026-05-01T09:00")
    versions = {n: stage.desk.case(n).program.policy.version for n in stage.numbers()}
    assert versions == {"t/2026": "1", "t/2026-03": "1", "t/2026-04": "1", "t/2026-05": "2"}


def test_desks_that_sweep_at_once_open_it_once(tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    sql = importlib.import_module("complaintflow.store.sql")
    url = f"sqlite:///{tmp_path / 'cases.db'}"
    sql.SqlStore(url).close()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            own = sql.SqlStore(url)
            Stage(own).sweep("2026-03-10T09:00")
            own.close()
        except BaseException as error:  # noqa: BLE001 -- told below
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    store = sql.SqlStore(url)
    case = Stage(store).desk.case("t/2026-03")
    assert [type(e.body) for e in case.events] == [Opened, PeriodBegun, Missed, RungReached]
    store.close()


# -- days and labels ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day", "label", "first"),
    [
        ("week", _dt.date(2026, 3, 11), "2026-W11", _dt.date(2026, 3, 9)),
        ("week", _dt.date(2027, 1, 1), "2026-W53", _dt.date(2026, 12, 28)),
        ("month", _dt.date(2026, 3, 31), "2026-03", _dt.date(2026, 3, 1)),
        ("quarter", _dt.date(2026, 6, 30), "2026-Q2", _dt.date(2026, 4, 1)),
        ("year", _dt.date(2026, 12, 31), "2026", _dt.date(2026, 1, 1)),
    ],
)
def test_labels(kind: str, day: _dt.date, label: str, first: _dt.date) -> None:
    assert (label_of(kind, day), first_day(kind, day)) == (label, first)


@given(
    st.sampled_from(["week", "month", "quarter", "year"]),
    st.dates(_dt.date(1971, 1, 1), _dt.date(2199, 1, 1)),
    st.integers(0, 400),
)
def test_days_of_one_period_have_one_label_and_days_of_others_another(
    kind: str, day: _dt.date, ahead: int
) -> None:
    other = day + _dt.timedelta(days=ahead)
    same = first_day(kind, day) == first_day(kind, other)
    assert same is (label_of(kind, day) == label_of(kind, other))
    assert first_day(kind, first_day(kind, day)) == first_day(kind, day) <= day


@pytest.mark.parametrize(
    ("limit", "start", "due"),
    [
        ("every month by the 5th", "2026-03-05T18:00", "2026-03-05T23:59:59"),
        ("every month by the 5th", "2026-03-06T00:00", "2026-04-05T23:59:59"),
        ("every week by Friday", "2026-03-09T00:00", "2026-03-13T23:59:59"),
        ("every calendar quarter", "2026-03-09T00:00", "2026-03-31T23:59:59"),
        ("every rolling year", "2026-03-09T00:00", "2027-03-09T23:59:59"),
    ],
)
def test_a_recurring_limit_falls_due_with_its_next_day(limit: str, start: str, due: str) -> None:
    policy = loads(TEXT)
    wall = instant(start, "Asia/Shanghai")
    found = recurring_due(policy.calendar, Limit.parse(limit), policy.conventions, to_micros(wall))  # type: ignore[arg-type]
    assert found == to_micros(instant(due, "Asia/Shanghai"))
