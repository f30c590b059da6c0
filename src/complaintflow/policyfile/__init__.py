"""Policy files: reads and writes TOML, and says file and line."""

from __future__ import annotations

from complaintflow.policyfile.dump import dump
from complaintflow.policyfile.load import Host, from_mapping, load_policy, loads
from complaintflow.policyfile.located import Located, Where, locate
from complaintflow.policyfile.mapping import to_mapping

__all__ = [
    "Host",
    "Located",
    "Where",
    "dump",
    "from_mapping",
    "load_policy",
    "loads",
    "locate",
    "to_mapping",
]
