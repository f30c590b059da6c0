"""Conditions, moments and formulas."""
from complaintflow.policy.expression.parse import parse
from complaintflow.policy.expression.text import text
