"""Whatever changes in a policy is told: no attribute of any part is forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from complaintflow.calendar import Conventions, Limit
from complaintflow.gallery import load_pack
from complaintflow.policy.action import Action
from complaintflow.policy.allow import Permission
from complaintflow.policy.apart import Act, Apart
from complaintflow.policy.approval import Approval
from complaintflow.policy.choice import Choice
from complaintflow.policy.decision import Decision
from complaintflow.policy.diff import diff
from complaintflow.policy.duty import Duty, Target
from complaintflow.policy.expression import parse
from complaintflow.policy.extension import Extension
from complaintflow.policy.fact import Ask, Count, Fact, Form
from complaintflow.policy.life import Life
from complaintflow.policy.link import Link
from complaintflow.policy.party import Party, parse_party
from complaintflow.policy.policy import Name, Policy
from complaintflow.policy.record import Record
from complaintflow.policy.role import Role
from complaintflow.policy.route import Route, Strategy
from complaintflow.policy.rung import Rung, parse_point
from complaintflow.policy.step import Branch, Need, Step
from complaintflow.policy.tell import Tell

evolved: Any = attrs.evolve  # with attributes by name, which no type checker follows


@pytest.fixture(scope="module")
def s000() -> Policy:
    return load_pack("oem_supplier")


def with_part(policy: Policy, section: str, code: str, **changes: Any) -> Policy:
    parts = [
        evolved(part, **changes) if part.code == code else part for part in getattr(policy, section)
    ]
    new: Policy = evolved(policy, **{section: tuple(parts)})
    return new


def with_duty(policy: Policy, code: str, **target: Any) -> Policy:
    duty = next(duty for duty in policy.duties if duty.code == code)
    return with_part(policy, "duties", code, target=evolved(duty.target or Target(), **target))


E = parse("effective")
P = parse_party("quality and sales and plant")
OTHER: dict[type, dict[str, Any]] = {
    Role: {"clauses": ("ZZ",), "outside": True, "above": "quality", "calendar": "other"},
    Fact: {
        "type": load_pack("oem_supplier").decisions[0].type,
        "clauses": ("ZZ",),
        "count": Count(("customer",)),
        "formula": E,
        "personal": True,
    },
    Form: {"fields": (Ask(("claim",)),), "clauses": ("ZZ",)},
    Decision: {
        "pick": "unique",
        "criteria": (),
        "order": ("C", "B", "A"),
        "by": P,
        "residual": "A",
        "undetermined": "A",
        "clauses": ("ZZ",),
    },
    Step: {
        "by": P,
        "clauses": ("ZZ",),
        "source": ("closed",),
        "to": (Branch("closed"),),
        "asks": (Ask(("claim",)),),
        "form": "transfer_sheet",
        "needs": (Need("ZZ", E),),
        "should": (Need("ZZ", E),),
        "sets": {"vague": True},
        "signed": P,
        "via": ("fax",),
        "makes": ("letter",),
        "meaning": "approved",
    },
    Duty: {
        "owner": P,
        "starts": E,
        "clauses": ("ZZ",),
        "when": E,
        "ends": E,
        "each": ("a", "b"),
        "asks": (Ask(("claim",)),),
        "form": "transfer_sheet",
        "jointly": P,
        "via": ("fax",),
        "makes": ("letter",),
        "target": Target(Limit.parse("77 h")),
        "life": Life(waived_by=P),
    },
    Life: {"ruled_by": P, "passed_on_by": P, "waived_by": P, "bounces": 7, "arbiter": P},
    Target: {
        "within": Limit.parse("77 h"),
        "per": "grade",
        "date": "produced_on",
        "kind": "customer",
        "pauses": E,
        "rungs": (Rung("x", parse_point("50 %"), ("sales",)),),
        "regrade": "regrade",
        "conventions": Conventions(first_day="included"),
        "calendar": "other",
        "ranks": "replaces",
        "extended": Extension(E, Limit.parse("5 h")),
    },
    Extension: {
        "on": parse("recurrence"),
        "by": Limit.parse("7 h"),
        "start": E,
        "most": 3,
        "longest": Limit.parse("9 h"),
        "regrade": "kept",
        "clauses": ("ZZ",),
    },
    Approval: {
        "by": P,
        "starts": E,
        "clauses": ("ZZ",),
        "asks": "claim",
        "resets": E,
        "meaning": "x",
    },
    Action: {
        "kinds": ("other",),
        "by": P,
        "owner": P,
        "clauses": ("ZZ",),
        "followed_by": P,
        "verified_by": P,
    },
    Tell: {"on": E, "to": ("quality",), "clauses": ("ZZ",), "channel": "post", "shows": ("claim",)},
    Route: {"by": (Strategy("receiver"),), "clauses": ("ZZ",)},
    Link: {
        "opens": "other",
        "starts": E,
        "clauses": ("ZZ",),
        "when": E,
        "each": ("north", "south"),
        "member": "customer",
        "step": "receive",
        "policy": "other",
        "takes": ("customer",),
        "gives": ("claim",),
        "closed_by": P,
    },
    Record: {
        "clauses": ("ZZ",),
        "ledger": "other",
        "columns": ("claim",),
        "keep": "3 years",
        "where": E,
        "number": "N-1",
        "read": "customer data",
        "roles": ("quality",),
        "others_ask": "sales",
        "numbered": E,
    },
    Apart: {"acts": (Act("receive"), Act("consent", party="sales")), "clauses": ("ZZ",)},
    Permission: {"by": P, "within": Limit.parse("77 h"), "clauses": ("ZZ",)},
    Choice: {"clauses": ("ZZ",), "taken": "other"},
    Policy: {
        "id": "other",
        "version": "other",
        "final": ("answered",),
        "conventions": Conventions(first_day="included"),
        "keeper": "quality",
        "effective": dt.date(2027, 1, 1),
        "approved_by": "somebody",
        "title": Name("other"),
        "parked": ("received",),
        "semantics": 2,
    },
}
SECTIONS = {
    Role: "roles",
    Fact: "facts",
    Form: "forms",
    Decision: "decisions",
    Step: "steps",
    Duty: "duties",
    Approval: "approvals",
    Action: "actions",
    Tell: "tells",
    Route: "routes",
    Link: "links",
    Record: "records",
    Apart: "apart",
    Permission: "permissions",
    Choice: "choices",
}
TOLD_OTHERWISE = {
    Choice: {"others", "why"},  # what is not taken binds nobody
    Policy: {*SECTIONS.values(), "calendar", "calendars", "clauses", "names"},
}
EXAMPLES: dict[type, Any] = {
    Approval: Approval("x", Party("one", ("sales",)), parse("receive")),
    Link: Link("x", "a return", parse("receive")),
    Route: Route("sales", (Strategy("first"),)),
    Apart: Apart("x", (Act("receive"), Act("measure", "raise"))),
    Permission: Permission("void", Party("one", ("sales",))),
}


@pytest.mark.parametrize("kind", OTHER)
def test_no_attribute_is_forgotten(kind: type) -> None:
    """An attribute that is added to a part must be compared too."""
    names = {field.name for field in attrs.fields(kind) if field.init} - {"code"}
    assert set(OTHER[kind]) == names - TOLD_OTHERWISE.get(kind, set())


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, each in OTHER.items() for name in each]
)
def test_every_attribute_that_changes_is_told(s000: Policy, kind: type, name: str) -> None:
    value = OTHER[kind][name]
    if kind is Policy:
        old, new = s000, evolved(s000, **{name: value})
    elif kind is Target:
        old, new = s000, with_duty(s000, "transmit", **{name: value})
    elif kind is Life:
        old, new = s000, with_part(s000, "duties", "transmit", life=Life(**{name: value}))
    elif kind is Extension:
        extended = Extension(E, Limit.parse("5 h"))
        old = with_duty(s000, "transmit", extended=extended)
        new = with_duty(s000, "transmit", extended=evolved(extended, **{name: value}))
    else:
        section = SECTIONS[kind]
        part = EXAMPLES.get(kind) or getattr(s000, section)[0]
        old = evolved(s000, **{section: (part,)})
        new = evolved(s000, **{section: (evolved(part, **{name: value}),)})
    changes = diff(old, new)
    assert changes
    for change in changes:
        assert change.text("en") != change.text("zh")
        assert "{" not in change.text("en")
