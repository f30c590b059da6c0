"""Decisions: policy, case and command in, events or a refusal out. Pure."""
