"""Policy files: reads and writes TOML, and says file and line."""

from __future__ import annotations

from complaintflow.policyfile.dump import dump
from complaintflow.policyfile.load import Host, from_mapping, load_policy, loads
from complaintflow.policyfile.mapping import to_mapping

__all__ = ["Host", "dump", "from_mapping", "load_policy", "loads", "to_mapping"]
