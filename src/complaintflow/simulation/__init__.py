"""Scenarios, and complaints of the past driven through a policy."""
