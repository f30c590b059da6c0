"""Policy files: reads and writes TOML, and says file and line."""

from __future__ import annotations

from complaintflow.policyfile.load import from_mapping, load_policy, loads

__all__ = ["from_mapping", "load_policy", "loads"]
