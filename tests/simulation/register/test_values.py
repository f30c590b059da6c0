"""From cells to values: exact types, units, formulas, the policy's own words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from complaintflow.domain.types import FactType, MoneyOf, OneOf, Simple, SomeOf
from complaintflow.domain.values import Evidence, Money, Quantity, Ratio
from complaintflow.policy.policy import Policy
from complaintflow.simulation.register.mapping import Source
from complaintflow.simulation.register.reason import CellError, Reason
from complaintflow.simulation.register.sheet import Row
from complaintflow.simulation.register.stamps import Times
from complaintflow.simulation.register.values import is_formula, read_source, read_value
from complaintflow.simulation.register.vocabulary import Vocabulary, vocabulary

TIMES = Times("Asia/Shanghai")
COLOUR = OneOf(("red", "green", "blue"))


@pytest.fixture
def words(shop: Policy) -> Vocabulary:
    return vocabulary(shop)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Simple("text"), "=1+1", "=1+1"),
        (Simple("text"), " ５ ", " ５ "),
        (Simple("yes/no"), "是", True),
        (Simple("judgement"), "no", False),
        (Simple("number"), "1,234.50", Decimal("1234.50")),
        (Simple("number"), "-12.5", Decimal("-12.5")),
        (Simple("number"), "＋３", Decimal(3)),
        (Simple("ratio"), "2.5 %", Ratio("0.025")),
        (Simple("quantity"), "12 件", Quantity(12)),
        (Simple("quantity"), "1.5 kg", Quantity("1.5", "KGM")),
        (Simple("date"), "2026/3/5", dt.date(2026, 3, 5)),
        (Simple("date"), "2026年3月5日", dt.date(2026, 3, 5)),
        (Simple("date"), "2026-03-05 00:00:00", dt.date(2026, 3, 5)),
        (Simple("role"), "店长", "chief"),
        (Simple("files"), "a.jpg, b.jpg", (Evidence("a.jpg"), Evidence("b.jpg"))),
        (MoneyOf("CNY"), "5,000.00", Money("5000.00", "CNY")),
        (MoneyOf("CNY"), "5000元", Money(5000, "CNY")),
        (COLOUR, "red", "red"),
        (COLOUR, "红", "red"),
        (COLOUR, "Green", "green"),
        (SomeOf(("scratch", "dent")), "划痕、Dent", frozenset({"scratch", "dent"})),
    ],
)
def test_values(words: Vocabulary, kind: FactType, text: str, value: Any) -> None:
    assert read_value(kind, text, words, TIMES, "c") == value


def test_an_instant_is_read_in_the_zone_of_the_file(words: Vocabulary) -> None:
    at = read_value(Simple("instant"), "2026/3/5 9:20", words, TIMES, "c")
    assert at.isoformat() == "2026-03-05T09:20:00+08:00"


def why(call: Any) -> Reason:
    with pytest.raises(CellError) as caught:
        call()
    return caught.value.reason


@pytest.mark.parametrize("kind", [Simple("number"), MoneyOf("CNY"), COLOUR, Simple("date")])
@pytest.mark.parametrize("text", ["=A1", "+A1", "-A1", "@SUM(A1)", "=5000", "＝5000"])
def test_a_formula_is_never_evaluated(words: Vocabulary, kind: FactType, text: str) -> None:
    assert why(lambda: read_value(kind, text, words, TIMES, "c")).code == "formula"


def test_a_plain_signed_number_is_no_formula() -> None:
    assert not is_formula("-12.5")
    assert not is_formula("+3")
    assert is_formula("-1+2")


@pytest.mark.parametrize(
    ("kind", "text", "words_said"),
    [
        (MoneyOf("CNY"), "5000 USD", "expected money in CNY"),
        (MoneyOf("CNY"), "a lot", "expected money such as"),
        (Simple("quantity"), "12 furlongs", "unknown unit"),
        (Simple("quantity"), "-3", "formula|expected a quantity"),
        (Simple("number"), "twelve", "must be a number"),
        (Simple("yes/no"), "maybe", "expected yes or no"),
        (Simple("date"), "2026-02-30", "expected a date"),
        (COLOUR, "pink", "expected one of red, green, blue"),
        (COLOUR, "gren", "did you mean 'green'"),
        (Simple("instant"), "noon", "expected a date and time"),
    ],
)
def test_what_is_no_such_value(
    words: Vocabulary, kind: FactType, text: str, words_said: str
) -> None:
    import re

    reason = why(lambda: read_value(kind, text, words, TIMES, "column"))
    assert re.search(words_said, reason.text("en"))
    assert "column" in reason.text("en")


class TestSource:
    """read_source(source, row, kind, words, times, number)"""

    ROW = Row(2, {"a": "stop", "b": "12", "c": "", "d": "left"})

    def read(self, words: Vocabulary, source: Source, kind: FactType) -> Any:
        return read_source(source, self.ROW, kind, words, TIMES, "A-1")

    def test_a_constant(self, words: Vocabulary) -> None:
        assert self.read(words, Source("x", constant="no"), Simple("yes/no")) is False

    def test_a_translation_and_what_is_otherwise(self, words: Vocabulary) -> None:
        yes = Source("x", ("a",), values={"stop": "yes"}, otherwise="no")
        assert self.read(words, yes, Simple("yes/no")) is True
        assert self.read(words, Source("x", ("d",), values=yes.values, otherwise="no"),
                         Simple("yes/no")) is False  # fmt: skip

    def test_a_word_without_translation(self, words: Vocabulary) -> None:
        source = Source("x", ("d",), values={"lift": "yes"})
        reason = why(lambda: self.read(words, source, Simple("yes/no")))
        assert reason.text("en") == (
            "d: the mapping has no translation of 'left'; did you mean 'lift'?"
        )
        assert "是否为" in reason.text("zh")

    def test_the_policys_own_words_need_no_translation(self, words: Vocabulary) -> None:
        row = Row(2, {"a": "绿"})
        source = Source("x", ("a",), values={"blau": "blue"}, otherwise="red")
        assert read_source(source, row, COLOUR, words, TIMES, "A-1") == "green"

    def test_an_empty_cell(self, words: Vocabulary) -> None:
        assert self.read(words, Source("x", ("c",)), Simple("yes/no")) is None
        assert self.read(words, Source("x", ("c",), empty="no"), Simple("yes/no")) is False
        required = Source("x", ("c",), required=True)
        assert why(lambda: self.read(words, required, Simple("text"))).code == "missing"

    def test_several_columns_are_joined(self, words: Vocabulary) -> None:
        source = Source("x", ("a", "c", "d"), join="/")
        assert self.read(words, source, Simple("text")) == "stop/left"

    def test_a_plain_number_gets_the_unit(self, words: Vocabulary) -> None:
        source = Source("x", ("b",), unit="kg")
        assert self.read(words, source, Simple("quantity")) == Quantity(12, "KGM")

    def test_another_unit_is_not_converted(self, words: Vocabulary) -> None:
        row = Row(2, {"b": "12 kg"})
        source = Source("x", ("b",), unit="pcs")
        reason = why(lambda: read_source(source, row, Simple("quantity"), words, TIMES, "A-1"))
        assert (reason.code, reason.data["value"]) == ("unit", "12 kg")
