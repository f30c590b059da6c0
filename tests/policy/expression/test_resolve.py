"""Names and types: what fits, and how every misfit is reported."""

from __future__ import annotations

import pickle

import pytest

from complaintflow.domain.types import MoneyOf, OneOf, Simple, SomeOf, parse_type
from complaintflow.errors import ExpressionError, TextError
from complaintflow.policy.expression import (
    Expected,
    Expression,
    In,
    Is,
    Listing,
    Literal,
    Member,
    Name,
    Not,
    compile,  # noqa: A004
    fact,
    parse,
    resolve,
    substitute,
    text,
)
from complaintflow.testing.expressions import FORMS, FUNCTIONS, ROLES, SCOPE


def check(
    written: str, expect: Expected = "condition", roles: tuple[str, ...] | None = ROLES
) -> Expression:
    return resolve(
        parse(written), SCOPE, functions=FUNCTIONS, forms=FORMS, roles=roles, expect=expect
    )[0]


@pytest.mark.parametrize(
    "written",
    [
        "line_stopped",
        "hidden_risk and not written_form.missed",
        "grade.B and repeats >= 3",
        "0 CNY < claim <= 5000 CNY",
        "claim == loss",
        "loss / claim >= 2",
        "defective / shipped >= 2.5 %",
        "sampled >= 2.5 %",
        "sampled * loss > 1 CNY",
        "subject is quality and cause is quality",
        "subject is cause",
        "quality is subject",
        "subject == quality",
        "subject in (quality, notice)",
        "loss in (1 CNY, 2 CNY)",
        "cause in (subject, design)",
        "quality in (subject, cause)",
        "hardware in types",
        "service not in types",
        "grade is A",
        "grade >= B",
        "A > grade",
        "A >= grade > C",
        "grade == former_grade",
        "grade >= former_grade",
        "customer is 'BYD'",
        "customer in ('BYD', 'SAIC')",
        "reason == customer",
        "liable is sales",
        "sold_on - made_on > 30",
        "max(sold_on, made_on) > 2026-01-01",
        "found_at < 2026-03-10T09:20+08:00",
        "year(sold_on) == 2026",
        "longer(reason, 5)",
        "known(photos) and filled(report)",
        "known(grade.B)",
        "repeats >= $n",
        "$whatever",
        "subject in $these",
        "$code in types",
        "loss * $factor > $limit",
        "repeats * max(0, 1 - age / $years) > 1",
        "-loss < 0 CNY",
    ],
)
def test_fits(written: str) -> None:
    found = check(written)
    assert text(found) == text(parse(written))
    compile(found)


def test_a_code_beside_its_type_is_a_member_even_where_a_fact_has_its_name() -> None:
    scope = {**SCOPE, "quality": Simple("yes/no")}
    found, kind = resolve(parse("subject is quality and quality"), scope)
    subject = SCOPE["subject"]
    assert kind == Simple("yes/no")
    assert text(found) == "subject is quality and quality"
    assert found.parts[0] == Is(Name("subject", subject), Member("quality", subject))  # type: ignore[union-attr]
    assert found.parts[1] == Name("quality", Simple("yes/no"))  # type: ignore[union-attr]


def test_the_left_side_can_be_the_member_too() -> None:
    found = check("hardware in types")
    assert isinstance(found, In)
    assert found.item == Member("hardware", OneOf(("hardware", "service", "loss")))
    assert check("A > grade").operands[0] == Member("A", SCOPE["grade"])  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("written", "column", "message", "meant"),
    [
        ("losss > 3 CNY", 1, "nothing is called 'losss'", "loss"),
        ("line_stoped", 1, "nothing is called 'line_stoped'", "line_stopped"),
        ("quality", 1, "quality is a member of subject", "subject is quality"),
        ("service", 1, "service is a member of types", "service in types"),
        ("report", 1, "report is a form", "filled(report)"),
        ("yes", 1, "'yes' stands only beside", "true"),
        ("loss >= 5000", 9, "money CNY cannot be compared with number", "5000 CNY"),
        ("5000 <= loss", 9, "number cannot be compared with money CNY", "5000 CNY"),
        ("loss >= 5000 USD", 9, "currencies differ", None),
        ("loss > freight", 8, "currencies differ", None),
        ("loss + freight > 1 CNY", 1, "currencies differ", None),
        ("sampled >= 2.5", 12, "ratio cannot be compared with number", "2.5 %"),
        ("shipped >= 5", 12, "quantity cannot be compared with number", "5 pcs"),
        ("repeats >= 5 %", 12, "number cannot be compared with ratio", None),
        ("made_on > 5", 11, "date cannot be compared with number", None),
        ("made_on > found_at", 11, "an instant is written as", None),
        ("made_on > 2026-03-10T09:20Z", 11, "a date as 2026-03-10", None),
        ("subject is qualty", 12, "expected one of quality, delivery, notice", "quality"),
        ("subject in (quality, delivry)", 22, "expected one of", "delivery"),
        ("subject is 'quality'", 12, "a code is written without quotes", "quality"),
        ("subject is reason", 12, "cannot be compared with text", None),
        ("subject is grade", 12, "no member in common", None),
        ("subject > quality", 11, "the members of subject have no order", None),
        ("grade > D", 9, "expected one of A, B, C", None),
        ("grade > 'B'", 9, "a code is written without quotes", "B"),
        ("line_stopped is yes", 17, "a yes/no is a condition by itself", "line_stopped"),
        ("line_stopped == false", 17, "by itself", "not line_stopped"),
        ("true == line_stopped", 9, "by itself", "line_stopped"),
        ("line_stopped == hidden_risk", 17, "two conditions are not compared", None),
        ("line_stopped > 3", 16, "have no order", None),
        ("line_stopped is loss", 17, "a yes/no is a condition by itself", None),
        ("types is loss", 10, "is asked with 'in'", None),
        ("types in (service, loss)", 1, "ask for each", "service in types or loss in types"),
        (
            "types not in (service, loss)",
            1,
            "ask for each",
            "service not in types and loss not in types",
        ),
        ("subject in types", 1, "no member in common", None),
        ("design in subject", 11, "expected a list or a 'some of'", "design is subject"),
        ("repeats in types", 1, "number cannot be compared", None),
        ("gadget in types", 1, "expected one of hardware, service, loss", "grade"),
        ("customer is BYD", 13, "a text stands in quotes", "'BYD'"),
        ("reason > 'a'", 10, "text has no order", None),
        ("photos is photos", 11, "only 'known' can be asked", None),
        ("liable is salse", 11, "no role is called 'salse'", "sales"),
        ("loss", 1, "loss is money CNY; compare it, as in 'loss > 0 CNY'", None),
        ("subject", 1, "as in 'subject is quality'", None),
        ("types or repeats", 1, "as in 'hardware in types'", None),
        ("repeats", 1, "as in 'repeats >= 1'", None),
        ("not photos", 5, "as in 'known(photos)'", None),
        ("known(lss)", 7, "nothing is called 'lss'", "loss"),
        ("known(5)", 1, "known takes one name, as in known(claim)", None),
        ("known(loss, claim)", 1, "known takes one name", None),
        ("filled()", 1, "filled takes one name, as in filled(report)", None),
        ("filled(reprot)", 8, "no form is called 'reprot'", "report"),
        ("nott(line_stopped)", 1, "no function is called 'nott'", "not"),
        ("longr(reason, 5)", 1, "no function is called 'longr'", "longer"),
        ("longer(reason)", 1, "longer takes 2 value(s) (text, number), got 1", None),
        ("longer(reason, loss)", 16, "expected number, got money CNY", None),
        ("year(found_at) > 1", 6, "expected date, got instant", None),
        ("max(loss) > 1 CNY", 1, "max takes two values or more, got 1", None),
        ("max(loss, 1) > 1 CNY", 11, "one type that has an order, got money CNY", None),
        ("max(reason, 'a') is 'a'", 5, "one type that has an order, got text", None),
        ("loss * loss > 1 CNY", 1, "money CNY times money CNY has no value", None),
        ("loss + 1 > 1 CNY", 1, "money CNY plus number has no value", None),
        ("made_on + 3 > made_on", 1, "date plus number has no value", None),
        ("1 / loss > 1", 1, "number divided by money CNY has no value", None),
        ("-made_on > 3", 1, "a date has no minus", None),
        ("(loss, claim)", 1, "stands only on the right of 'in'", None),
        ("loss in (claim, 5)", 17, "cannot be compared", "5 CNY"),
    ],
)
def test_misfits_have_their_place_and_what_was_meant(
    written: str, column: int, message: str, meant: str | None
) -> None:
    with pytest.raises(ExpressionError) as caught:
        check(written)
    problem = caught.value.problems[0]
    assert problem.column == column
    assert message in problem.message
    assert problem.suggestion == meant
    assert caught.value.text == written


def test_all_problems_come_in_one_error_in_the_order_of_the_text() -> None:
    with pytest.raises(ExpressionError) as caught:
        check("losss > 3 CNY and subject is qualty or loss >= 5")
    error = caught.value
    assert [problem.column for problem in error.problems] == [1, 30, 48]
    assert isinstance(error, TextError)
    assert (error.column, error.suggestion) == (1, "loss")
    lines = str(error).splitlines()
    assert lines[0] == "nothing is called 'losss'; did you mean 'loss'?"
    assert lines[2] == "  ^"
    assert lines[5] == " " * 31 + "^"
    assert len(lines) == 9


def test_problems_of_one_comparison_are_in_order_too() -> None:
    with pytest.raises(ExpressionError) as caught:
        check("first < second <= third")
    assert [problem.column for problem in caught.value.problems] == [1, 9, 19]


def test_an_error_survives_pickling() -> None:
    with pytest.raises(ExpressionError) as caught:
        check("losss")
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert again.problems == caught.value.problems


def test_what_is_put_in_for_a_choice_is_blamed_at_the_choice() -> None:
    whole = substitute(parse("line_stopped or $b"), {"b": parse("claim > 5 and losss > 3 CNY")})
    with pytest.raises(ExpressionError) as caught:
        resolve(whole, SCOPE)
    assert [problem.column for problem in caught.value.problems] == [17, 17]
    assert caught.value.text == "line_stopped or $b"


def test_what_was_built_in_python_is_blamed_in_its_text() -> None:
    with pytest.raises(ExpressionError) as caught:
        resolve(((fact.repeats > 3) | (fact.loss > 5)).expression, SCOPE)
    assert caught.value.text == "repeats > 3 or loss > 5"
    assert caught.value.column == 23


def test_choices_settled_may_nest_no_deeper_than_any_text() -> None:
    deep = parse("not " * 35 + "line_stopped")
    whole = substitute(parse("not " * 35 + "$deep"), {"deep": deep})
    with pytest.raises(ExpressionError, match="nests deeper than 40 levels"):
        resolve(whole, SCOPE)


@pytest.mark.parametrize(
    ("written", "expect"),
    [
        ("loss * 2", MoneyOf("CNY")),
        ("quality", parse_type("one of: quality, delivery, notice, other")),
        ("subject", parse_type("one of: quality, delivery, notice, other")),
        ("(hardware, loss)", SCOPE["types"]),
        ("types", SCOPE["types"]),
        ("types", SomeOf(("hardware", "service", "loss", "more"))),
        ("sales", Simple("role")),
        ("liable", Simple("role")),
        ("hidden_risk", Simple("yes/no")),
        ("line_stopped", Simple("judgement")),
        ("loss", "value"),
        ("photos", "value"),
        ("found_at", "moment"),
        ("line_stopped and grade.B", "moment"),
        ("$open", MoneyOf("CNY")),
        ("$open", "moment"),
    ],
)
def test_gives_what_is_expected(written: str, expect: Expected) -> None:
    compile(check(written, expect))


@pytest.mark.parametrize(
    ("written", "expect", "message"),
    [
        ("loss", MoneyOf("USD"), "expected money USD, got money CNY"),
        ("5", MoneyOf("CNY"), "money is written as 5000 CNY"),
        ("5", Simple("ratio"), "a ratio is written as 2.5 %"),
        ("desing", SCOPE["cause"], "did you mean 'design'"),
        ("subject", SCOPE["grade"], "expected one of: A, B, C, got one of: quality"),
        ("(hardware, quality)", SCOPE["types"], "expected one of hardware, service, loss"),
        ("loss", "moment", "expected a condition or an instant, got money CNY"),
        ("made_on", "moment", "expected a condition or an instant, got date"),
        ("loss > 5 CNY", Simple("number"), "expected number, got yes/no"),
    ],
)
def test_what_is_not_expected_is_refused(written: str, expect: Expected, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        check(written, expect)


def test_without_declared_roles_any_code_stands_beside_a_role() -> None:
    assert compile(check("liable is anybody", roles=None))({"liable": "anybody"})
    assert compile(check("liable in (a, b)", roles=None))({"liable": "c"}) is False


def test_the_type_of_an_open_choice_is_nobodys_guess() -> None:
    assert resolve(parse("$x"), SCOPE, expect="value") == (parse("$x"), None)
    assert resolve(parse("loss + $x"), SCOPE, expect="value")[1] == MoneyOf("CNY")
    assert resolve(parse("sold_on - $x"), SCOPE, expect="value")[1] is None


def test_resolving_again_starts_from_the_codes() -> None:
    once = check("subject in (quality, notice) and not hardware in types")
    other = {**SCOPE, "subject": parse_type("one of: quality, notice")}
    again, _ = resolve(once, other)
    assert again != once
    assert text(again) == text(once)


def test_literals_and_listings_keep_their_values() -> None:
    found = check("subject in (quality)")
    assert isinstance(found, In)
    assert isinstance(found.options, Listing)
    assert check("not true") == Not(Literal(True))
