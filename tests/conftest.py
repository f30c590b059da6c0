"""Hypothesis profiles: ``ci`` unless ``--hypothesis-profile=`` asks for ``quick`` or ``long``."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],  # a slow machine is not a defect
)
settings.register_profile(
    "long",
    deadline=None,
    max_examples=10_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "quick",  # while one works: a first look in seconds
    derandomize=True,
    deadline=None,
    max_examples=10,
    stateful_step_count=15,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci")
