"""Forecast: what would be missed, and who would be told when, if nothing more happened."""

from __future__ import annotations

from complaintflow.audit.events import Event
from complaintflow.engine.decide import sweep
from complaintflow.engine.program import Program
from complaintflow.engine.standing import Standing
from complaintflow.policy.world import World

__all__ = ["forecast"]


def forecast(program: Program, standing: Standing, world: World, until: int) -> tuple[Event, ...]:
    """The misses, rungs and notices up to *until*, as the events that a sweep would record.

    The very function that fires rungs foretells them; ``event.occurred`` is when, the body
    says what, why and whom. Nothing is recorded.
    """
    return sweep(program, standing, world, until).events
