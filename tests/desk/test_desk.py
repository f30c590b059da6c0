"""The one door for hosts: numbers, races, queries, the host's own transaction."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pendulum import DateTime

from complaintflow.audit.events import StepTaken
from complaintflow.desk.desk import Desk
from complaintflow.engine.outcome import Accepted
from complaintflow.errors import (
    InvalidValueError,
    PolicyError,
    RefusedError,
    StaleVersionError,
    UnknownCaseError,
)
from complaintflow.gallery import load_pack
from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import UnitOfWork

SMALL = """
policy = {{ id = "t", version = "{version}", semantics = 1, calendar = "always", final = ["done"] }}
[calendar.always]
timezone = "Asia/Shanghai"
week = {{ mon-sun = ["00:00-24:00"] }}
[clauses]
C1 = "a clause"
[roles]
clerk = "C1"
chief = "C1"
[step]
open = {{ clause = "C1", by = "clerk", to = "going" }}
end = {{ clause = "C1", by = "clerk", from = "going", to = "done" }}
[duty]
answer = {{ clause = "C1", owner = "clerk", starts = "open", within = "{limit}" }}
look = {{ clause = "C1", owner = "chief", starts = "open", within = "2 h" }}
[records]
register = {{ clause = "C1", number = "{number}" }}
"""


def policy(version: str = "1", limit: str = "24 h", number: str = "{YY}{MM}{serial:02}") -> Policy:
    return loads(SMALL.format(version=version, limit=limit, number=number))


class Present:
    """A clock that a test sets."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self) -> DateTime:
        return instant(self.text, "Asia/Shanghai")


def desk(**options: str) -> tuple[Desk, Present]:
    present = Present("2026-03-10T09:00")
    made = Desk(policy(**options), now=present)
    return made, present


def opened(at: Desk) -> str:
    return at.receive({}, by="li", role="clerk").case.id


class TestNumbers:
    """A pattern, a period, a serial without gaps (s003e:S3)."""

    def test_the_serial_begins_anew_each_month(self) -> None:
        at, present = desk()
        numbers = [opened(at), opened(at)]
        present.text = "2026-04-01T00:00"
        numbers.append(opened(at))
        assert numbers == ["260301", "260302", "260401"]

    def test_the_month_is_that_of_the_receipt_in_the_policys_zone(self) -> None:
        at, present = desk()
        present.text = "2026-04-01T00:10"
        late = instant("2026-03-31T15:59:00+00:00")  # 23:59 in Shanghai
        assert at.receive({}, by="li", role="clerk", at=late).case.id == "260301"

    def test_a_serial_that_outgrows_its_width_is_an_error(self) -> None:
        at, _ = desk(number="{YYYY}-{serial:01}")
        for _ in range(9):
            opened(at)
        with pytest.raises(InvalidValueError, match="wider than the 1 digits"):
            opened(at)

    def test_a_refused_receipt_takes_no_number(self) -> None:
        at, _ = desk()
        with pytest.raises(RefusedError):
            at.receive({}, by="li", role="chief")
        assert opened(at) == "260301"

    def test_a_host_may_give_its_own(self) -> None:
        at, _ = desk()
        assert at.receive({}, by="li", role="clerk", number="KS-7").case.id == "KS-7"


class TestQueries:
    """What is there, and who owes what."""

    def test_the_to_do_list_of_a_role_over_all_open_cases(self) -> None:
        at, present = desk()
        first = opened(at)
        present.text = "2026-03-10T08:30"
        present.text = "2026-03-10T10:00"
        second = opened(at)
        assert [(o.case, o.duty) for o in at.owed()] == [
            (first, "look"),
            (second, "look"),
            (first, "answer"),
            (second, "answer"),
        ]
        assert [o.case for o in at.owed(role="chief")] == [first, second]
        at.do(first, "end", by="li", role="clerk")
        assert [o.case for o in at.owed(role="chief")] == [second]
        assert [view.number for view in at.cases(is_open=False)] == [first]

    def test_an_unknown_case(self) -> None:
        at, _ = desk()
        with pytest.raises(UnknownCaseError):
            at.case("nowhere")
        with pytest.raises(InvalidValueError, match="which case"):
            at.do("", "end", by="li", role="clerk")

    def test_what_is_no_complaint(self) -> None:
        at, _ = desk()
        with pytest.raises(InvalidValueError, match=r"Domain.of\(YourComplaint\)"):
            at.receive(42, by="li", role="clerk")


class TestVersions:
    """An open case stays under the policy under which it was opened."""

    def test_under_its_own_version(self) -> None:
        at, present = desk()
        number = opened(at)
        newer = Desk(
            policy("2", "48 h"),
            store=at.store,
            now=present,
            earlier=[at.policy],
        )
        other = opened(newer)
        dues = {o.case: o.due for o in newer.owed() if o.duty == "answer"}
        assert str(dues[number]) == "2026-03-11 09:00:00+08:00"
        assert str(dues[other]) == "2026-03-12 09:00:00+08:00"

    def test_the_store_has_every_policy_that_a_case_was_opened_under(self) -> None:
        at, present = desk()
        number = opened(at)
        newer = Desk(policy("2", "48 h"), store=at.store, now=present)
        assert newer.case(number).program.policy == at.policy
        assert newer.owed(number) == at.owed(number)

    def test_a_policy_that_is_nowhere(self) -> None:
        at, present = desk()
        number = opened(at)
        assert isinstance(at.store, MemoryStore)
        at.store._data.documents.clear()  # as if filled before stores kept policies
        newer = Desk(policy("2", "48 h"), store=at.store, now=present)
        with pytest.raises(PolicyError, match="earlier="):
            newer.case(number)

    def test_a_kept_policy_that_needs_the_hosts_functions(self) -> None:
        at, present = desk()
        number = opened(at)
        assert isinstance(at.store, MemoryStore)
        for key, text in at.store._data.documents.items():
            at.store._data.documents[key] = text.replace('by = "clerk"', 'by = "nobody"')
        newer = Desk(policy("2", "48 h"), store=at.store, now=present)
        with pytest.raises(PolicyError, match=r"no role is called 'nobody'[\s\S]*earlier="):
            newer.case(number)


class Racing:
    """A store in which somebody else writes first, the first few times."""

    def __init__(self, losses: int) -> None:
        self.store = MemoryStore()
        self.losses = losses
        self.tries = 0

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        with self.store.begin() as work:
            yield work
            self.tries += 1
            if self.losses:
                self.losses -= 1
                raise StaleVersionError("somebody else wrote first", "x", 0, 1)


class TestRaces:
    """Losing a race is decided anew; nothing is shelved before it is committed."""

    def test_a_lost_race_is_retried(self) -> None:
        present = Present("2026-03-10T09:00")
        store = Racing(3)
        at = Desk(policy(), store=store, now=present)
        number = opened(at)
        assert number == "260301"
        assert store.tries == 4
        assert len(at.case(number).events) == 2

    def test_after_too_many_it_is_said(self) -> None:
        at = Desk(policy(), store=Racing(100), now=Present("2026-03-10T09:00"))
        with pytest.raises(StaleVersionError):
            opened(at)

    def test_many_at_once_lose_nothing(self, tmp_path: Path) -> None:
        """Eight threads, each with a desk of its own, note facts in one case of an SQLite file."""
        pytest.importorskip("sqlalchemy")
        from complaintflow.store.sql import SqlStore

        url = f"sqlite:///{tmp_path / 'cases.db'}"
        rules = load_pack("oem_supplier")
        present = Present("2026-03-10T09:00")
        first = Desk(rules, store=SqlStore(url), now=present)
        facts = {"customer": "OEM", "subject": "quality", "oral": False}
        number = first.receive(facts, by="li", role="sales_point").case.id
        failures: list[Exception] = []

        def work(name: str) -> None:
            try:
                store = SqlStore(url)
                mine = Desk(rules, store=store, now=present)
                for turn in range(3):
                    noted = mine.note(number, {"demand": f"{name}{turn}"}, by=name, role="sales")
                    assert isinstance(noted, Accepted)
                store.close()
            except Exception as error:  # noqa: BLE001 -- told below
                failures.append(error)

        threads = [threading.Thread(target=work, args=(f"p{n}",)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        events = first.case(number).events
        noted = [event for event in events if type(event.body).__name__ == "Noted"]
        assert len(noted) == 24
        assert [event.position for event in events] == list(range(1, len(events) + 1))


def test_the_system_clock_is_used_when_none_is_given() -> None:
    at = Desk(policy())
    assert at.case(opened(at)).received.year >= 2026


def test_what_should_hold_at_the_opening_is_passed_with_a_reason() -> None:
    text = SMALL.format(version="1", limit="24 h", number="{serial}")
    asking = text.replace("[step]", '[facts]\nready = "yes/no"\n[step]').replace(
        'to = "going" }', 'to = "going", should = { C1 = "ready" } }'
    )
    opened = Desk(loads(asking), now=Present("2026-03-10T09:00"))
    with pytest.raises(RefusedError, match="C1"):
        opened.receive({"ready": False}, by="Li", role="clerk", number="K1")
    accepted = opened.receive(
        {"ready": False}, by="Li", role="clerk", number="K1", reason="the room is being painted"
    )
    (taken,) = (e.body for e in accepted.events if isinstance(e.body, StepTaken))
    assert taken.reason == "the room is being painted"
