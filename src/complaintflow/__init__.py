"""Complaint procedures as data: grades, owners, deadlines, escalation, audit trail."""
