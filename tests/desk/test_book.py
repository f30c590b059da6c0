"""A policy book chooses one policy for every case, or says what is wrong."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.conftest import TEXT

from complaintflow.desk.book import PolicyBook
from complaintflow.desk.book_entry import BookEntry
from complaintflow.errors import InvalidValueError, NaiveDatetimeError, PolicyError
from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads

Make = Callable[..., Policy]
JULY, AUGUST = _dt.date(2026, 7, 1), _dt.date(2026, 8, 1)


def at(wall: str, zone: str = "Asia/Shanghai") -> _dt.datetime:
    return instant(wall, zone)


def problems(*entries: BookEntry | Policy, **options: object) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        PolicyBook(entries, **options)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


class TestVersions:
    def test_a_version_ends_where_the_next_begins(self, make: Make) -> None:
        old, new = make(version="1"), make(version="2", effective=JULY)
        for book in (PolicyBook([old, new]), PolicyBook([new, old])):
            assert book.choose(at("2026-06-30T23:59:59")) is old
            assert book.choose(at("2026-07-01T00:00")) is new

    def test_days_are_those_of_the_policys_own_calendar(self, make: Make) -> None:
        old = make(version="1", zone="America/New_York")
        new = make(version="2", effective=JULY, zone="America/New_York")
        book = PolicyBook([old, new])
        assert book.choose(at("2026-07-01T11:59")) is old
        assert book.choose(at("2026-07-01T12:00")) is new

    def test_a_day_without_midnight_begins_where_it_begins(self, make: Make) -> None:
        """In Chile clocks went from 24:00 on 5 September 2026 to 01:00."""
        zone = "America/Santiago"
        old = make(version="1", zone=zone)
        new = make(version="2", effective=_dt.date(2026, 9, 6), zone=zone)
        book = PolicyBook([old, new])
        assert book.choose(at("2026-09-05T23:59:59", zone)) is old
        assert book.choose(at("2026-09-06T01:00", zone)) is new

    def test_three_versions(self, make: Make) -> None:
        one, two, three = make(version="1"), make("a", "2", JULY), make("a", "3", AUGUST)
        book = PolicyBook([two, three, one])
        days = ("2026-06-30", "2026-07-31", "2026-08-01")
        assert [book.choose(at(f"{day}T12:00")).version for day in days] == ["1", "2", "3"]
        assert book.policies == (two, three, one)

    def test_before_the_first_and_after_the_last(self, make: Make) -> None:
        book = PolicyBook([BookEntry(make(), since=JULY, until=_dt.date(2026, 7, 31))])
        for day in ("2026-06-30", "2026-08-01"):
            with pytest.raises(PolicyError) as caught:
                book.choose(at(f"{day}T12:00"))
            assert str(caught.value) == (
                f"no policy holds for a case on {day}; there is\n"
                "  every case: a 1 from 2026-07-01 until 2026-07-31"
            )
        assert book.choose(at("2026-07-31T23:59:59")).version == "1"

    def test_a_single_policy_holds_always(self, make: Make) -> None:
        policy = make(effective=JULY)
        assert PolicyBook.of(policy).choose(at("2020-01-01T00:00"), site="anywhere") is policy


class TestWhoItIsFor:
    def test_the_narrower_wins(self, make: Make) -> None:
        general, wuhan, oral = make("general"), make("wuhan"), make("oral")
        book = PolicyBook(
            [
                BookEntry(oral, {"site": "wuhan", "kind": ["oral", "phone"]}),
                general,
                BookEntry(wuhan, {"site": ["wuhan", "ezhou"]}),
            ]
        )
        now = at("2026-03-10T09:00")
        assert book.choose(now, site="wuhan", kind="phone") is oral
        assert book.choose(now, site="wuhan", kind="letter") is wuhan
        assert book.choose(now, site="ezhou", kind="oral") is wuhan
        assert book.choose(now, site="berlin", kind="oral", customer="any") is general

    def test_what_matters_must_be_said(self, make: Make) -> None:
        book = PolicyBook([make("general"), BookEntry(make("vip"), {"customer": "v", "site": "w"})])
        now = at("2026-03-10T09:00")
        assert book.choose(now, site="x").id == "general"
        with pytest.raises(InvalidValueError, match=r"depends on customer; say customer=\.\.\."):
            book.choose(now, site="w")
        with pytest.raises(InvalidValueError, match="depends on customer and site"):
            book.choose(now)

    def test_it_matters_only_while_it_holds(self, make: Make) -> None:
        book = PolicyBook([make("general"), BookEntry(make("vip"), {"customer": "v"}, since=JULY)])
        assert book.choose(at("2026-06-30T09:00")).id == "general"
        with pytest.raises(InvalidValueError, match="depends on customer"):
            book.choose(at("2026-07-01T09:00"))

    def test_a_key_or_value_that_is_none(self, make: Make) -> None:
        entries = [BookEntry(make(), {"site": "wuhan"})]
        now = at("2026-03-10T09:00")
        with pytest.raises(InvalidValueError, match="not by 'sight'; did you mean 'site'"):
            PolicyBook(entries).choose(now, sight="wuhan")
        with pytest.raises(PolicyError, match=r"site=wuhn on 2026-03-10; did you mean 'wuhan'\?"):
            PolicyBook(entries).choose(now, site="wuhn")
        listed = PolicyBook(entries, values={"site": ["wuhan"]})
        with pytest.raises(InvalidValueError, match="site is one of wuhan, not 'wuhn'; did you"):
            listed.choose(now, site="wuhn")

    def test_an_own_key(self, make: Make) -> None:
        book = PolicyBook([BookEntry(make(), {"brand": "north"})])
        assert book.keys == ("site", "customer", "product", "kind", "brand")
        assert book.choose(at("2026-03-10T09:00"), brand="north").id == "a"

    def test_times_have_a_zone(self, make: Make) -> None:
        with pytest.raises(NaiveDatetimeError):
            PolicyBook([make()]).choose(_dt.datetime(2026, 3, 10))


class TestProblems:
    def test_an_empty_book(self) -> None:
        assert problems() == ["entries: a policy book has at least one entry"]

    def test_two_for_the_same_cases(self, make: Make) -> None:
        (problem,) = problems(make("a"), make("b"))
        assert problem.startswith("entries[1]: it and entries[0] both hold for every case; end one")

    def test_a_last_day_after_the_successors_first(self, make: Make) -> None:
        (problem,) = problems(BookEntry(make(), until=JULY), make("a", "2", JULY))
        assert "both hold for every case" in problem
        PolicyBook([BookEntry(make(), until=_dt.date(2026, 6, 30)), make("a", "2", JULY)])

    def test_two_that_cross(self, make: Make) -> None:
        site = BookEntry(make("a"), {"site": ["w", "b"]})
        kind = BookEntry(make("b"), {"kind": "oral"})
        (problem,) = problems(site, kind)
        assert "both hold for kind=oral, site=b; add an entry for just these" in problem
        both = {"site": ["w", "b"], "kind": "oral"}
        book = PolicyBook([site, kind, BookEntry(make("c"), both), make("d")])
        now = at("2026-03-10T09:00")
        said = list(product(("w", "x"), ("oral", "mail")))
        assert [book.choose(now, site=s, kind=k).id for s, k in said] == ["c", "a", "b", "d"]
        late = BookEntry(make("c"), both, since=JULY)  # until then they cross all the same
        assert len(problems(site, kind, late)) == 1

    def test_those_that_never_meet(self, make: Make) -> None:
        one = BookEntry(make("a"), {"site": "w", "kind": "oral"})
        other = BookEntry(make("b"), {"site": "b"})
        third = BookEntry(make("c"), {"kind": "oral", "site": "x"}, until=JULY)
        assert len(PolicyBook([one, other, third]).entries) == 3

    def test_a_gap_between_two(self, make: Make) -> None:
        first = BookEntry(make("a"), {"site": "w"}, until=_dt.date(2026, 6, 20))
        then = BookEntry(make("a", "2"), {"site": "w"}, since=JULY)
        (problem,) = problems(first, then)
        assert problem == (
            "entries[0]: nothing holds between its end and the next: "
            "site=w: a 1 until 2026-06-20 | site=w: a 2 from 2026-07-01"
        )
        general = PolicyBook([first, then, make("g")])
        assert general.choose(at("2026-06-25T09:00"), site="w").id == "g"
        assert len(problems(first, then, BookEntry(make("g"), until=_dt.date(2026, 6, 25)))) == 1

    def test_one_that_just_ends(self, make: Make) -> None:
        assert PolicyBook([BookEntry(make(), until=JULY)]).entries[0].until == JULY

    def test_one_that_took_over_and_just_ends(self, make: Make) -> None:
        always = make("a")
        (problem,) = problems(always, BookEntry(make("b"), since=JULY, until=AUGUST))
        assert problem == (
            "entries[1]: does every case: a 1 hold again after it? Give that entry a last day, or "
            "once more from the day after 2026-08-01"
        )
        again = BookEntry(make("a"), since=_dt.date(2026, 8, 2))
        book = PolicyBook([always, BookEntry(make("b"), since=JULY, until=AUGUST), again])
        days = ("2026-06-30", "2026-07-01", "2026-08-01", "2026-08-02")
        assert [book.choose(at(f"{day}T12:00")).id for day in days] == ["a", "b", "b", "a"]

    def test_one_that_ends_before_it_begins(self, make: Make) -> None:
        (problem,) = problems(BookEntry(make(), since=AUGUST, until=JULY))
        assert "ends on 2026-07-01, before it begins on 2026-08-01" in problem

    def test_one_version_with_two_contents(self, make: Make) -> None:
        (problem,) = problems(make(), BookEntry(make(fact="other"), {"site": "w"}))
        assert problem == (
            "entries[1]: a 1 differs from that of entries[0]; give each edition a version"
        )

    def test_one_that_is_for_nothing(self, make: Make) -> None:
        found = problems(BookEntry(make(), {"site": []}), BookEntry(make(), {"the site": "w"}))
        assert found == [
            "entries[0]: it is for no case: site is one of nothing",
            "entries[1]: expected a key such as 'site', got 'the site'",
        ]

    def test_values_that_do_not_exist(self, make: Make) -> None:
        (problem,) = problems(BookEntry(make(), {"site": "wuhn"}), values={"site": ["wuhan"]})
        assert problem == "entries[0]: site is one of wuhan, not 'wuhn'; did you mean 'wuhan'?"

    def test_values_without_an_entry(self, make: Make) -> None:
        entries = (
            BookEntry(make("a"), {"site": "w"}),
            BookEntry(make("b"), {"site": "b", "kind": "oral"}),
        )
        values = {"site": ["w", "b", "x", "y"], "kind": ["oral", "mail"], "product": ["p"]}
        assert problems(*entries, values=values) == [
            "entries: there is no entry for site=b, kind=mail",
            "entries: there is no entry for site=x, kind=oral",
            "entries: there is no entry for site=x, kind=mail",
        ]
        assert PolicyBook([*entries, make("g")], values=values).values["site"][0] == "w"

    def test_every_problem_at_once(self, make: Make) -> None:
        with pytest.raises(PolicyError, match="the policy book has 3 problems"):
            PolicyBook([make("a"), BookEntry(make("b"), {"site": "w"}), make("c"), make("b")])


POLICIES = [
    loads(TEXT.format(id=f"p{n}", version="1", more="", zone="UTC", fact="subject"))
    for n in range(5)
]
_days = st.none() | st.integers(1, 6).map(lambda day: _dt.date(2026, 7, day))
_when = st.dictionaries(
    st.sampled_from(["site", "kind"]), st.sets(st.sampled_from("xyz"), min_size=1)
)
_entries = st.lists(
    st.builds(BookEntry, st.sampled_from(POLICIES), _when, since=_days, until=_days),
    min_size=1,
    max_size=5,
)


@given(_entries)
def test_one_policy_or_a_problem(entries: list[BookEntry]) -> None:
    """A book without problems never has two answers, whatever the case and the time."""
    try:
        book = PolicyBook(entries)
    except PolicyError as error:
        assert error.problems
        return
    for day, site, kind in product(range(1, 9), "xyz", "xyz"):
        case = {"site": site, "kind": kind}
        now = _dt.datetime(2026, 7, day, 12, tzinfo=_dt.UTC)
        begun = [e for e in entries if e.fits(case) and (e.since is None or e.since <= now.date())]
        held = [e for e in begun if e.until is None or now.date() <= e.until]
        if not held:
            with pytest.raises(PolicyError):
                book.choose(now, **case)
            continue
        chosen = book.choose(now, **case)
        narrowest = [e for e in held if all(e.within(other) for other in held)]
        last = max(narrowest, key=lambda e: e.since or _dt.date.min)
        assert chosen is last.policy
