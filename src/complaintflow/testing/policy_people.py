"""Hypothesis strategies for what policies say about people: who is apart, and who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from complaintflow.calendar.limits import Limit
from complaintflow.policy.allow import Permission
from complaintflow.policy.apart import Apart, parse_act
from complaintflow.policy.choice import Open
from complaintflow.policy.party import Party
from complaintflow.policy.role import Role
from complaintflow.policy.route import CHOOSERS, Route, Strategy

__all__ = ["people", "roles", "strategies"]

_DAY = Limit.parse("24 h")
_LENGTHS = st.sampled_from(["24 h", "2 working days", "1 month", "same day"]).map(Limit.parse)


def people(
    pull: Callable[[st.SearchStrategy[Any]], Any],
    parties: st.SearchStrategy[Party],
    clauses: st.SearchStrategy[tuple[str, ...]],
    *,
    verified: bool,
) -> dict[str, Any]:
    """The rules of a policy about who must be apart and who may use commands.

    Args:
        pull: Draws a value.
        parties: Who there is.
        clauses: Clauses that can be cited.
        verified: Whether the action ``measure`` of the policy is verified.
    """
    one = parties.filter(lambda party: party.how in ("one", "or"))
    by = pull(st.none() | st.just(Open("unsaid")) | one)
    within = pull(st.none() | st.just(Open("unsaid")) | _LENGTHS)
    others = ["receive", "written_form", "consent", "reason", *(["verify measure"] * verified)]
    acts = pull(st.lists(st.sampled_from(others), max_size=3, unique=True))
    return {
        "routes": (Route("plant", pull(strategies()), pull(clauses)),),
        "permissions": (
            Permission("void", pull(one)),
            Permission("back_date", by, within if by is not None else _DAY, pull(clauses)),
        ),
        "apart": (
            Apart("four_eyes", tuple(map(parse_act, ["measure", "raise measure", *acts]))),
            Apart("consents", (parse_act("consent"),), pull(clauses)),
        ),
    }


def strategies() -> st.SearchStrategy[tuple[Strategy, ...]]:
    """Two strategies that leave several, then one that leaves one."""
    free = [Strategy("skill", "grade"), Strategy("sticky", "customer"), Strategy("receiver")]
    chooser = st.sampled_from(CHOOSERS).map(Strategy)
    return st.tuples(st.sampled_from(free), st.just(Strategy("least loaded")), chooser)


def roles(code: str, clauses: st.SearchStrategy[Any]) -> st.SearchStrategy[Role]:
    """The role *code*, with quiet hours or without."""
    calendar = st.sampled_from([None, "other"])
    return st.builds(Role, st.just(code), clauses, calendar=calendar)
