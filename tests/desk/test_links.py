"""Links: what a case opens, here and outside, and what comes back when it is closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from pendulum import DateTime

from complaintflow.audit.events import LinkClosed, Linked, Related
from complaintflow.desk.book import PolicyBook
from complaintflow.desk.book_entry import BookEntry
from complaintflow.desk.desk import Desk
from complaintflow.engine import reasons as r
from complaintflow.errors import PolicyError, PolicyFileError, RefusedError
from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads
from complaintflow.store.protocol import CaseStore

GROUP = """
policy = { id = "group", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
L1 = "every company concerned has a case of its own"
L2 = "the laboratory is asked, its report comes back"
[roles]
office = "L1"
company = "L1"
lab = "L2"
[facts]
companies = "some of: north, south"
company = "one of: north, south"
"product, cause" = "text"
[step]
receive = { clause = "L1", by = "office", to = "open" }
take_over = { clause = "L1", by = "company", to = "inside" }
find = { clause = "L1", by = "company", from = "inside", to = "closed", asks = ["cause"] }
again = { clause = "L1", by = "office", from = "open" }
close = { clause = "L1", by = "office", from = "open", to = "closed", needs = { L1 = "sites and analysis" } }
[duty]
answer = { clause = "L1", owner = "company", starts = "take_over", within = "24 h" }
write = { clause = "L1", owner = "office", starts = "sites", within = "2 h" }
[link]
sites = { clause = "L1", opens = "a case of each company", starts = "receive or again", each = "companies", member = "company", step = "take_over", takes = "product" }
analysis = { clause = "L2", opens = "the laboratory's analysis", starts = "answer.missed or again", gives = "cause", closed_by = "lab" }
"""


class Office:
    """A desk whose clock a test sets."""

    def __init__(self, policy: Policy | PolicyBook, store: CaseStore) -> None:
        self.present = instant("2026-03-10T09:00", "Asia/Shanghai")
        self.desk = Desk(policy, store=store, now=self._now)

    def _now(self) -> DateTime:
        return self.present

    def at(self, wall: str) -> Desk:
        self.present = instant(wall, "Asia/Shanghai")
        return self.desk

    def state(self, case: str) -> str:
        return self.desk.case(case).state


def bodies(desk: Desk, case: str, kind: type) -> list[Any]:
    return [event.body for event in desk.case(case).events if isinstance(event.body, kind)]


def group(text: str = GROUP) -> Any:
    return loads(text)


@pytest.fixture
def office(store: CaseStore) -> Office:
    made = Office(group(), store)
    made.desk.receive(
        {"companies": {"north", "south"}, "product": "pump"}, by="Ma", role="office", number="K1"
    )
    return made


def test_each_company_gets_a_case_of_its_own(office: Office) -> None:
    desk = office.desk
    assert bodies(desk, "K1", Linked) == [
        Linked("sites", "north", "K1/sites.north"),
        Linked("sites", "south", "K1/sites.south"),
    ]
    child = desk.case("K1/sites.north")
    assert child.facts == {"product": "pump", "company": "north"}
    assert (child.state, child.received) == ("inside", desk.case("K1").received)
    assert bodies(desk, "K1/sites.north", Related) == [
        Related("opened_by", "K1", "", "sites", "north")
    ]
    assert [(o.duty, o.roles) for o in child.owed] == [("answer", ("company",))]


def test_the_parent_waits_until_every_company_is_done(office: Office) -> None:
    desk = office.at("2026-03-10 10:00")
    with pytest.raises(RefusedError, match="sites and analysis"):
        desk.do("K1", "close", by="Ma", role="office")
    desk.do("K1/sites.north", "find", by="No", role="company", facts={"cause": "seal"})
    assert bodies(desk, "K1", LinkClosed) == [LinkClosed("sites", "north")]
    assert "write" not in {owed.duty for owed in desk.owed("K1")}
    office.at("2026-03-10 11:00")
    desk.do("K1/sites.south", "find", by="So", role="company", facts={"cause": "seal"})
    (write,) = (owed for owed in desk.owed("K1") if owed.duty == "write")
    assert write.started == instant("2026-03-10T11:00", "Asia/Shanghai")
    assert office.state("K1") == "open"


def test_a_company_named_later_gets_one_too_and_nobody_gets_two(office: Office) -> None:
    desk = office.desk
    desk.receive({"companies": {"south"}}, by="Ma", role="office", number="K2")
    desk.note("K2", {"companies": {"north", "south"}}, by="Ma", role="office")
    desk.note("K2", {"product": "fan"}, by="Ma", role="office")
    assert [body.key for body in bodies(desk, "K2", Linked)] == ["south", "north"]


def test_what_is_closed_is_opened_again_when_the_link_begins_anew(office: Office) -> None:
    desk = office.at("2026-03-10 10:00")
    desk.do("K1/sites.north", "find", by="No", role="company", facts={"cause": "seal"})
    office.at("2026-03-10 11:00")
    desk.do("K1", "again", by="Ma", role="office")
    opened = [body.case for body in bodies(desk, "K1", Linked) if body.link == "sites"]
    assert opened == ["K1/sites.north", "K1/sites.south", "K1/sites.north-2"]
    desk.do("K1/sites.south", "find", by="So", role="company", facts={"cause": "seal"})
    opened = [body.case for body in bodies(desk, "K1", Linked) if body.link == "sites"]
    assert len(opened) == 3, "it was open when the link began anew, so it was not opened twice"


def test_a_sweep_opens_what_a_miss_starts_and_the_outside_reports_it(office: Office) -> None:
    desk = office.desk
    desk.receive({"companies": set()}, by="Ma", role="office", number="K3")
    desk.adopt(
        "OLD", system="paper", state="inside", received=office.present, by="Ma", role="office"
    )
    office.at("2026-03-11 10:00")
    desk.sweep()
    owed = {o.duty: o for o in desk.owed("K1/sites.north")}
    assert owed["analysis"].roles == ("lab",)
    with pytest.raises(RefusedError) as wrong:
        desk.close_link("K1/sites.north", "analysis", by="No", role="company")
    assert [type(one) for one in wrong.value.refused.reasons] == [r.WrongRole, r.FactMissing]
    desk.close_link(
        "K1/sites.north", "analysis", by="Lab", role="lab", facts={"cause": "a worn seal"}
    )
    assert desk.case("K1/sites.north").facts["cause"] == "a worn seal"
    assert "analysis" not in {o.duty for o in desk.owed("K1/sites.north")}
    with pytest.raises(RefusedError) as again:
        desk.close_link("K1/sites.north", "analysis", by="Lab", role="lab", facts={"cause": "x"})
    assert again.value.refused.reasons == (r.LinkNotOpen("L2", "analysis", "", ()),)


def test_nobody_reports_what_a_case_of_this_desk_will_say_itself(office: Office) -> None:
    with pytest.raises(RefusedError) as refused:
        office.desk.close_link("K1", "sites", key="north", by="Ma", role="office")
    assert refused.value.refused.reasons == (r.LinkOfCase("L1", "sites", "K1/sites.north"),)
    for language in ("en", "zh"):
        assert "K1/sites.north" in refused.value.refused.text(language)
    with pytest.raises(RefusedError) as unknown:
        office.desk.close_link("K1", "site", by="Ma", role="office")
    assert isinstance(unknown.value.refused.reasons[0], r.UnknownName)


def test_a_voided_case_closes_the_link_and_a_voided_parent_hears_nothing(office: Office) -> None:
    desk = office.desk
    desk.void("K1/sites.north", reason="not theirs", by="No", role="company")
    assert bodies(desk, "K1", LinkClosed) == [LinkClosed("sites", "north")]
    desk.void("K1", reason="a mistake", by="Ma", role="office")
    before = len(desk.case("K1").events)
    desk.do("K1/sites.south", "find", by="So", role="company", facts={"cause": "seal"})
    assert len(desk.case("K1").events) == before


def test_the_story_tells_it_in_both_languages(office: Office) -> None:
    office.desk.void("K1/sites.north", reason="not theirs", by="No", role="company")
    told = office.desk.explain("K1").text("en")
    assert "sites (north) opened: K1/sites.north (L1)" in told
    assert "sites (north) is closed (L1)" in told
    assert "由案件 K1 的“sites”开启" in office.desk.explain("K1/sites.north").text("zh")


# -- another policy of the book ----------------------------------------------------------------

LAB = """
policy = { id = "lab", version = "1", semantics = 1, calendar = "always", final = ["reported"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
A1 = "the analysis"
[roles]
lab = "A1"
[facts]
"product, cause" = "text"
[step]
ask = { clause = "A1", by = "lab", to = "asked", asks = ["product"] }
report = { clause = "A1", by = "lab", from = "asked", to = "reported", asks = ["cause"] }
"""
ASKING = (
    GROUP.replace(
        'gives = "cause", closed_by = "lab"',
        'policy = "lab", step = "ask", takes = "product", gives = "cause"',
    )
    .replace("answer.missed or again", "again")
    .replace('lab = "L2"\n', "")
)


def test_a_case_under_another_policy_gives_back_what_it_found(store: CaseStore) -> None:
    office = Office(PolicyBook(entries(group(ASKING), loads(LAB))), store)
    desk = office.desk
    desk.receive({"product": "pump"}, by="Ma", role="office", number="K1", choose={"kind": "group"})
    desk.do("K1", "again", by="Ma", role="office")
    child = desk.case("K1/analysis")
    assert (child.program.policy.id, child.facts) == ("lab", {"product": "pump"})
    office.at("2026-03-12 10:00")
    desk.do("K1/analysis", "report", by="Li", role="lab", facts={"cause": "a worn seal"})
    assert desk.case("K1").facts["cause"] == "a worn seal"
    assert bodies(desk, "K1", LinkClosed)[0].facts == {"cause": "a worn seal"}


def entries(*policies: Policy) -> list[BookEntry]:
    return [BookEntry(one, when={"kind": [one.id]}, since=None) for one in policies]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace('policy = "lab"', 'policy = "labs"'), "did you mean 'lab'"),
        (lambda text: text.replace('step = "ask"', 'step = "report"'), "opens the case.*: ask"),
        (lambda text: text.replace('gives = "cause"', 'gives = "company"'), "nothing called"),
        (
            lambda text: text.replace(
                'step = "ask", takes = "product"', 'step = "ask", takes = "company"'
            ),
            "no fact 'company'",
        ),
    ],
)
def test_a_book_whose_links_do_not_fit_is_refused(change: Callable[[str], str], says: str) -> None:
    book = PolicyBook(entries(group(change(ASKING)), loads(LAB)))
    with pytest.raises(PolicyError, match="links between policies have 1 problem") as found:
        Desk(book)
    assert len(found.value.problems) == 1
    assert re.search(says, str(found.value.problems[0]))


# -- what a policy may not say -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('step = "take_over"', 'step = "take_ower"', "no step that opens a case is called"),
        ('step = "take_over"', 'step = "close"', "no step that opens a case is called"),
        ('step = "take_over"', 'step = "receive"', "without end"),
        ('step = "take_over", takes', "takes", "'takes' goes with a case"),
        ('closed_by = "lab"', 'step = "take_over", closed_by = "lab"', "nobody reports it"),
        ('member = "company"', 'member = "product2"', "no fact is called 'product2'"),
        ('each = "companies", ', "", "there is no 'each'"),
        ('takes = "product"', 'takes = "product", gives = "cause"', "would overwrite"),
        ('step = "take_over", takes', 'policy = "group", takes', "leave out 'policy'"),
        ('to = "inside" }', 'to = "inside", makes = ["form"] }', "nobody is there to meet 'makes'"),
        (
            'to = "inside" }',
            'to = { "known(cause)" = "closed", else = "inside" } }',
            "leads to several states",
        ),
        ('takes = "product"', 'takes = "produkt"', "no fact is called 'produkt'"),
        ('gives = "cause"', 'gives = "kause"', "no fact is called 'kause'"),
        ('closed_by = "lab"', 'closed_by = "labs"', "no role is called 'labs'"),
    ],
)
def test_a_link_that_does_not_fit_is_a_problem(old: str, new: str, says: str) -> None:
    assert old in GROUP
    with pytest.raises(PolicyFileError) as found:
        group(GROUP.replace(old, new, 1))
    assert any(says in str(problem) for problem in found.value.problems), found.value.problems


def test_links_that_open_each_other_without_end_are_stopped(store: CaseStore) -> None:
    text = GROUP.replace('starts = "receive or again"', 'starts = "receive or take_over or again"')
    text = text.replace(
        'takes = "product" }', 'takes = "product, companies", if = "product == \'x\'" }'
    )
    office = Office(group(text), store)
    with pytest.raises(PolicyError, match="without end"):
        office.desk.receive({"companies": {"north"}, "product": "x"}, by="Ma", role="office")
    assert list(office.desk.cases()) == []
