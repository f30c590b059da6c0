"""Scenarios beside a policy: what happens when, and what must come of it, as data."""

from complaintflow.simulation.scenarios.reader import load_scenarios, loads_scenarios
from complaintflow.simulation.scenarios.scenario import Entry, Expectation, Scenario

__all__ = ["Entry", "Expectation", "Scenario", "load_scenarios", "loads_scenarios"]
