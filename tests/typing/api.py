"""Calls that a user would write, as type checkers see them; checked, not run.

``mypy`` and ``basedpyright`` (strict) read it. An ``assert_type`` fails when an answer has another
type than the documentation says; a ``pyright: ignore`` or ``type: ignore`` marks what must not be
accepted, and is reported when it is.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, assert_type

import attrs
from pendulum import DateTime

from complaintflow import (
    Accepted,
    BeyondCoverageError,
    BookEntry,
    CalendarError,
    CaseStore,
    CaseView,
    Complaint,
    ComplaintFlowError,
    Conventions,
    Courier,
    Desk,
    Directory,
    Domain,
    Due,
    Event,
    Evidence,
    Explanation,
    Forecast,
    InvalidValueError,
    Item,
    Limit,
    Loader,
    MemoryStore,
    Message,
    Money,
    NaiveDatetimeError,
    NoInstantError,
    Owed,
    Person,
    Policy,
    PolicyBook,
    PolicyError,
    PolicyFileError,
    Problem,
    Quantity,
    Ratio,
    Refused,
    RefusedError,
    SqlStore,
    StoreError,
    UnknownCaseError,
    WorkingCalendar,
    from_naive,
    instant,
    load_pack,
    load_people,
    load_policy,
)
from complaintflow.desk.migration import Migration
from complaintflow.domain.types import FactType, Simple
from complaintflow.notify.log import LogNotifier
from complaintflow.policy.check import Finding
from complaintflow.policy.expression import Function


class Part(enum.Enum):
    BRAKES = "brakes"
    ENGINE = "engine"


@attrs.frozen
class Claim:
    vin: str
    part: Part
    cost: Annotated[Money, "CNY"] | None = None


# -- time ----------------------------------------------------------------------------------------


def calendars() -> WorkingCalendar:
    office = WorkingCalendar(
        "Europe/Berlin",
        {"mon-thu": "09:00-17:00", "fri": ["09:00-12:00", "13:00-15:00"]},
        closed={dt.date(2026, 5, 1): "Labour Day"},
        special={dt.date(2026, 12, 24): "09:00-12:00"},
        coverage=(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        name="office",
    )
    now = instant("2026-03-10T09:20+01:00")
    assert_type(now, DateTime)
    assert_type(from_naive(dt.datetime(2026, 3, 10), "UTC", ambiguous="first"), DateTime)
    assert_type(office.is_open(now), bool)
    assert_type(office.add(now, dt.timedelta(hours=4)), DateTime)
    assert_type(office.add(now, "4 h"), DateTime)
    assert_type(office.between(now, now), dt.timedelta)
    assert_type(office.next_opening(now), DateTime | None)
    assert_type(office.add_working_days(dt.date(2026, 3, 10), 3), dt.date)
    assert_type(office.working_days_between(dt.date(2026, 3, 1), dt.date(2026, 4, 1)), int)
    assert_type(office & office, WorkingCalendar)
    assert_type(office.edition(closed=[dt.date(2027, 1, 1)]), WorkingCalendar)
    assert_type(office.digest, str)
    office.add(now, 4.5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    office.is_open("2026-03-10")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    return office


def limits(office: WorkingCalendar, now: dt.datetime) -> None:
    limit = Limit.parse("half working day")
    assert_type(limit, Limit)
    due = office.due(now, limit, conventions=Conventions(), pauses=[(now, now)])
    assert_type(due, Due)
    assert_type(due.at, DateTime | None)
    assert_type(due.explain("zh"), str)
    assert_type(office.due(now, "24 h").provisional, bool)
    office.due(now, 24)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    due.explain("de")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


# -- values --------------------------------------------------------------------------------------


def values() -> Complaint:
    money = Money("5000.00", "CNY")
    assert_type(money.amount, Decimal)
    complaint = Complaint(
        customer="Northern Motor Works",
        received_at=instant("2026-03-10T09:20", "Asia/Shanghai"),
        items=[Item("hinge", lot="L7", defective=Quantity(3, "pcs"))],
        claim=money,
        evidence=[Evidence("photo.jpg", size=3)],
    )
    assert_type(complaint.items, tuple[Item, ...])
    assert_type(complaint.facts(), dict[str, Any])
    assert_type(Ratio("0.5"), Ratio)
    return complaint


# -- a host's own complaint ----------------------------------------------------------------------


def warranty(sold_on: dt.date, mileage: Decimal) -> bool:
    return sold_on.year > 2023 and mileage <= 100_000


def domains() -> Domain[Claim]:
    takes: tuple[FactType, ...] = (Simple("date"), Simple("number"))
    domain = Domain.of(
        Claim,
        facts={"last_six": ("text", lambda claim: claim.vin[-6:])},
        functions={"warranty": Function(takes, Simple("yes/no"), warranty)},
        currency="CNY",
    )
    assert_type(domain, Domain[Claim])
    load = Loader(Claim, naive="UTC", rename={"vin": "x_vin"})
    claim = load({"x_vin": "LSV1", "part": "brakes"})
    assert_type(claim, Claim)
    assert_type(load.from_object(object()), Claim)
    assert_type(domain.facts_of(claim), dict[str, Any])
    domain.facts_of("LSV1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Loader(Claim, ambiguous="both")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    return domain


# -- policies ------------------------------------------------------------------------------------


def policies(domain: Domain[Claim]) -> PolicyBook:
    policy = load_policy("policies/claims", domain=domain, parameters={"first": "24 h"})
    assert_type(policy, Policy)
    assert_type(load_pack("oem_supplier"), Policy)
    assert_type(policy.digest, str)
    assert_type(policy.effective, dt.date | None)
    assert_type(policy.check(), tuple[Finding, ...])
    book = PolicyBook(
        [
            policy,
            BookEntry(policy, {"site": "wuhan"}),
            BookEntry(policy, {"site": ["a", "b"], "kind": "oral"}, since=None),
            BookEntry(policy, until=dt.date(2026, 12, 31)),
        ],
        values={"site": ["wuhan", "a", "b"]},
    )
    now = instant("2026-03-10T09:20+08:00")
    assert_type(book.choose(now, site="wuhan", kind="oral"), Policy)
    assert_type(book.policies, tuple[Policy, ...])
    book.choose("today")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    book.choose(now, site=3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    return book


# -- the desk ------------------------------------------------------------------------------------


class People:
    """A host's own directory, by protocol."""

    def person(self, who: str, at: int, /) -> Person | None:
        return Person("li", roles=("desk",), absent=at < 0) if who == "li" else None

    def holders(self, role: str, at: int, /) -> tuple[Person, ...]:
        li = self.person("li", at)
        return (li,) if li is not None and role in li.roles else ()


def stores() -> Iterator[CaseStore]:
    yield MemoryStore()
    yield SqlStore("sqlite:///cases.db", durable=False)


def desks(book: PolicyBook, domain: Domain[Claim], store: CaseStore) -> None:
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)  # noqa: E731
    people: Directory = People()
    desk = Desk(book, store=store, domain=domain, now=clock, directory=people)
    assert_type(Desk(book.policies[0]).policy, Policy)
    done = desk.receive(
        Claim("LSV1", Part.BRAKES), by="li", role="desk", choose={"site": "wuhan"}, command_id="1"
    )
    assert_type(done, Accepted)
    assert_type(done.events, tuple[Event, ...])
    assert_type(done.messages, tuple[Message, ...])
    number = done.case.id
    assert_type(number, str)
    decision = desk.try_do(number, "look", by="li", role="desk", facts={"found": "leak"})
    assert_type(decision, Accepted | Refused)
    if isinstance(decision, Refused):
        assert_type(decision.text("zh"), str)
    assert_type(desk.do(number, "close", by="li", role="desk"), Accepted)
    assert_type(desk.note(number, {"cost": "5 CNY"}, by="li", role="desk"), Accepted)
    view = desk.case(number)
    assert_type(view, CaseView)
    assert_type(view.received, DateTime)
    assert_type(view.facts, dict[str, Any])
    owed = desk.owed(number)
    assert_type(owed, tuple[Owed, ...])
    assert_type(owed[0].due, DateTime | None)
    assert_type(desk.explain(number), Explanation)
    assert_type(desk.sweep(limit=10), tuple[Accepted, ...])
    assert_type(desk.merge("2", into=number, reason="same", by="li", role="desk"), Accepted)
    assert_type(desk.split(number, [{"found": "x"}], reason="two", by="li", role="desk"), Accepted)
    report = desk.hand_over("li", "wu", reason="leaves", by="li", role="desk")
    assert_type(report, dict[str, Accepted | Refused])
    moved = desk.migrate(
        [number], to=book.policies[0], how="keep", reason="new", by="li", role="desk"
    )
    assert_type(moved, tuple[Migration, ...])
    assert_type(desk.forecast(number, until=dt.datetime.now(dt.UTC)), Forecast)
    ruled = desk.rule(number, "look", upheld=True, reason="not theirs", by="wu", role="head")
    assert_type(ruled, Accepted)
    assert_type(len(Courier(store, LogNotifier()).run()), int)
    staff: Directory = load_people("people.toml")
    assert_type(staff.person("li", 0), Person | None)
    desk.receive(Claim("LSV1", Part.BRAKES), by="li")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    desk.do(number, "close", role="desk")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Desk("claims")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


# -- errors --------------------------------------------------------------------------------------


def errors(act: Callable[[], None]) -> Mapping[str, tuple[Problem, ...]]:
    try:
        act()
    except NaiveDatetimeError as error:
        assert_type(error.argument, str)
    except (PolicyFileError, PolicyError) as error:
        assert_type(error.problems, tuple[Problem, ...])
        assert_type(error.problems[0].line, int | None)
        return {"problems": error.problems}
    except RefusedError as error:
        assert_type(error.message, str)
    except BeyondCoverageError as error:
        assert_type(error.message, str)
    except (NoInstantError, UnknownCaseError) as error:
        assert_type(error.message, str)
    except (CalendarError, StoreError, InvalidValueError) as error:
        raise ComplaintFlowError(error.message) from error
    return {}
