"""What expressions of a policy may name."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaintflow.domain.types import FactType, MoneyOf, OneOf, Simple, SomeOf
from complaintflow.policy.policy import Policy
from complaintflow.policy.scope import scope_of
from complaintflow.policyfile import loads

SMALL = Path(__file__).parents[1] / "policyfile" / "policies" / "small.toml"
YES_NO = Simple("yes/no")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return loads(SMALL.read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("loss", MoneyOf("CNY")),
        ("same_before", Simple("number")),
        ("grade", OneOf(("A", "B"), ordered=True)),
        ("grade.B", YES_NO),
        ("who", SomeOf(("desk", "expert", "boss"))),
        ("who.boss", YES_NO),
        ("receive", YES_NO),
        ("reply", YES_NO),
        ("reply.missed", YES_NO),
        ("mend", YES_NO),
        ("mend.missed", YES_NO),
        ("other", YES_NO),
        ("consent", OneOf(("none", "pending", "agreed", "split"))),
        ("consent.boss", OneOf(("goods", "service"))),
        ("state", OneOf(("open", "looked_at", "on_hold", "closed"))),
    ],
)
def test_each_kind_of_name(policy: Policy, name: str, kind: FactType) -> None:
    assert scope_of(policy)[name] == kind


@pytest.mark.parametrize(
    "name",
    ["desk", "sheet", "open", "receive.missed", "other.missed", "consent.expert", "tell_boss"],
)
def test_what_has_no_place_in_an_expression(policy: Policy, name: str) -> None:
    assert name not in scope_of(policy)


def test_an_approval_without_a_fact_is_yes_or_no(policy: Policy) -> None:
    import attrs

    (consent,) = policy.approvals
    plain = attrs.evolve(policy, approvals=(attrs.evolve(consent, asks=None),))
    whole = OneOf(("none", "pending", "yes", "no"))
    assert scope_of(plain)["consent"] == scope_of(plain)["consent.desk"] == whole


def test_a_flag_is_yes_or_no_and_has_no_parts() -> None:
    text = SMALL.read_text("utf-8").replace(
        "[decide.who]", '[decide.big]\npick = "flag"\nyes."C1" = "loss > 9 CNY"\n\n[decide.who]'
    )
    scope = scope_of(loads(text.replace('"doubled > 9 CNY"', '"big and doubled > 9 CNY"')))
    assert scope["big"] == YES_NO
    assert "big.yes" not in scope
