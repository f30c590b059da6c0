"""complaintflow.policy.route: strategies as text, and what a policy file says about them."""

from __future__ import annotations

import pytest

from complaintflow.errors import PolicyFileError, TextError
from complaintflow.policy.diff import diff
from complaintflow.policy.policy import Policy
from complaintflow.policy.route import STRATEGIES, Route, Strategy, parse_strategies
from complaintflow.policyfile import dump, loads

TEXT = """
[policy]
id = "small"
version = "1"
semantics = 1
calendar = "c"
final = ["closed"]
[roles]
desk = "1"
engineer = "2"
[facts]
subject = "text"
[step]
receive = {{ by = "desk", to = "open", asks = ["subject"] }}
close = {{ by = "engineer", from = "open", to = "closed" }}
[route]
{route}
[names]
engineer = ["engineer", "工程师"]
subject = ["subject", "主题"]
[calendar.c]
timezone = "Asia/Shanghai"
week = {{ "mon-fri" = ["09:00-17:00"] }}
"""


def policy(route: str) -> Policy:
    return loads(TEXT.format(route=route))


class TestParse:
    def test_words_and_names(self) -> None:
        assert parse_strategies("skill subject,  sticky customer , least loaded") == (
            Strategy("skill", "subject"),
            Strategy("sticky", "customer"),
            Strategy("least loaded"),
        )

    @pytest.mark.parametrize("word", STRATEGIES)
    def test_every_word_can_be_read_and_written(self, word: str) -> None:
        text = f"{word} x" if word in ("skill", "sticky", "own") else word
        assert ", ".join(map(str, parse_strategies(text))) == text

    @pytest.mark.parametrize(
        ("text", "message", "column", "meant"),
        [
            ("least loadet", "expected a strategy, got 'least loadet'", 1, "least loaded"),
            ("receiver, skil x", "expected a strategy, got 'skil x'", 11, "skill"),
            ("skill", "expected the code of a fact or decision behind 'skill'", 1, None),
            ("own 7", "expected the code of a strategy of yours behind 'own', got '7'", 1, None),
            ("first, receiver", "'first' leaves exactly one person", 8, None),
            ("receiver, receiver", "'receiver' stands twice", 11, None),
            ("", "expected a strategy, got ''", 1, None),
        ],
    )
    def test_what_is_none_is_refused_at_its_place(
        self, text: str, message: str, column: int, meant: str | None
    ) -> None:
        with pytest.raises(TextError) as error:
            parse_strategies(text)
        assert message in error.value.message
        assert (error.value.column, error.value.suggestion) == (column, meant)


class TestFile:
    def test_short_and_long_form_mean_the_same(self) -> None:
        short = policy('engineer = "skill subject, first"')
        long = policy('engineer = { by = "skill subject, first" }')
        assert short == long
        assert short.routes == (
            Route("engineer", (Strategy("skill", "subject"), Strategy("first"))),
        )
        assert loads(dump(short)) == short

    @pytest.mark.parametrize(
        ("route", "path", "message", "meant"),
        [
            ('engineeer = "first"', "route.engineeer", "no role is called 'engineeer'", "engineer"),
            (
                'engineer = "skill subjct"',
                "route.engineer.by",
                "no fact or decision is called 'subjct'",
                "subject",
            ),
            ('engineer = "frist"', "route.engineer", "expected a strategy, got 'frist'", "first"),
            ('engineer = { clause = "1" }', "route.engineer", "'by' is missing", None),
            ("engineer = 3", "route.engineer", "expected strategies such as", None),
        ],
    )
    def test_every_mistake_has_its_place(
        self, route: str, path: str, message: str, meant: str | None
    ) -> None:
        with pytest.raises(PolicyFileError) as error:
            policy(route)
        problem = error.value.problems[0]
        assert problem.path.startswith(path)
        assert message in problem.message
        assert problem.suggestion == meant
        assert problem.line == 17

    def test_a_difference_is_told_in_words(self) -> None:
        old, new = policy('engineer = "first"'), policy('engineer = "skill subject, first"')
        (change,) = diff(old, new)
        assert change.path == ("route", "engineer", "chosen by")
        assert "skill subject, first" in change.text("en")
        assert "skill 主题" in change.text("zh")


class TestRoles:
    """`above` and `calendar` of a role."""

    def with_roles(self, engineer: str) -> Policy:
        text = TEXT.format(route='engineer = "first"')
        return loads(text.replace('engineer = "2"', f"engineer = {engineer}"))

    def test_they_are_read_written_and_compared(self) -> None:
        old = policy('engineer = "first"')
        new = self.with_roles('{ clause = "2", above = "desk", calendar = "c" }')
        assert (new.roles[1].above, new.roles[1].calendar) == ("desk", "c")
        assert loads(dump(new)) == new
        assert new.hours == {"engineer": new.calendar}
        assert [change.path[-1] for change in diff(old, new)] == ["above", "quiet hours"]

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ('{ above = "dask" }', "no role is called 'dask'"),
            ('{ above = "engineer" }', "a vacancy would climb in a ring: engineer - engineer"),
            ('{ calendar = "d" }', "no calendar is called 'd'"),
            ("{ outside = true }", "engineer is outside the company: nobody is chosen for it"),
        ],
    )
    def test_mistakes(self, row: str, message: str) -> None:
        with pytest.raises(PolicyFileError) as error:
            self.with_roles(row)
        assert message in [problem.message for problem in error.value.problems]

    def test_no_vacancy_climbs_out_of_the_company(self) -> None:
        text = TEXT.format(route='engineer = "first"')
        text = text.replace('desk = "1"', 'desk = { clause = "1", outside = true }')
        text = text.replace('engineer = "2"', 'engineer = { clause = "2", above = "desk" }')
        with pytest.raises(PolicyFileError, match="desk is outside the company"):
            loads(text)
