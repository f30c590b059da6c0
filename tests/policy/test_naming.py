"""What people call the things of a policy, in two languages."""

from __future__ import annotations

import pytest

from complaintflow.calendar import Limit
from complaintflow.domain.types import MoneyOf, OneOf, Simple, SomeOf
from complaintflow.errors import InvalidValueError
from complaintflow.gallery import load_pack
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import parse
from complaintflow.policy.fact import Ask
from complaintflow.policy.naming import Naming
from complaintflow.policy.party import parse_party


@pytest.fixture(scope="module")
def en() -> Naming:
    return Naming(load_pack("oem_supplier"), "en")


@pytest.fixture(scope="module")
def zh() -> Naming:
    return Naming(load_pack("oem_supplier"), "zh")


def test_a_language_that_does_not_exist(en: Naming) -> None:
    with pytest.raises(InvalidValueError, match="'fr'"):
        Naming(en.policy, "fr")


@pytest.mark.parametrize(
    ("party", "english", "chinese"),
    [
        ("sales", "Sales", "销售部"),
        ("sales or quality", "Sales or Quality", "销售部或质量部"),
        ("plant and quality", "Plant and Quality", "分厂和质量部"),
        ("plant then quality", "Plant, then Quality", "分厂，然后质量部"),
        ("2 of sales, plant, quality", "2 of Sales, Plant, Quality", "销售部、分厂、质量部中的2个"),
    ],
)
def test_who(en: Naming, zh: Naming, party: str, english: str, chinese: str) -> None:
    assert en.party(parse_party(party)) == english
    assert zh.party(parse_party(party)) == chinese


def test_nobody_and_open_items(en: Naming, zh: Naming) -> None:
    assert en.party(None) == "nobody named"
    assert en.party(Open("closer")) == "open: Who closes"
    assert zh.limit(Open("half_day")) == "待定：半个工作日"
    assert en.limit(None) == "nothing"
    assert en.limit("claim") == "Claim"
    assert zh.limit(Limit.parse("24 h")) == "24 小时"
    assert en.names(()) == "nothing"


def test_dotted_names_in_conditions(en: Naming, zh: Naming) -> None:
    condition = parse("rectification_report.missed and not measure.missed")
    assert en.condition(condition) == "Rectification report missed and not Measure missed"
    assert zh.condition(condition) == "整改报告逾期，且并非措施逾期"
    assert en.condition(parse("grade.B")) == "Grade B"


def test_what_is_asked_for(en: Naming, zh: Naming) -> None:
    assert en.ask(Ask(("produced_on", "shipped_on"))) == "Produced on or Shipped on"
    asked = Ask(("claim",), parse("dissatisfied"))
    assert en.ask(asked) == "Claim (if Dissatisfied)"
    assert zh.ask(asked) == "索赔金额（若客户不满）"


@pytest.mark.parametrize(
    ("kind", "english", "chinese"),
    [
        (MoneyOf("CNY"), "money CNY", "金额 CNY"),
        (OneOf(("design", "drawing")), "one of Design, Drawing", "设计、图纸之一"),
        (SomeOf(("design",)), "some of Design", "设计中的若干项"),
        (Simple("yes/no"), "yes or no", "是或否"),
        (Simple("files"), "files", "文件"),
    ],
)
def test_types(en: Naming, zh: Naming, kind: object, english: str, chinese: str) -> None:
    assert en.type(kind) == english  # type: ignore[arg-type]
    assert zh.type(kind) == chinese  # type: ignore[arg-type]
