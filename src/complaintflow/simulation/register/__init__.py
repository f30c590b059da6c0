"""Complaint registers as companies keep them: read, mapped to a policy, checked row by row."""

from complaintflow.simulation.register.entries import EntryList, read_entries
from complaintflow.simulation.register.entry import Entry
from complaintflow.simulation.register.fitting import check_entry_headings, check_mapping
from complaintflow.simulation.register.mapping import RegisterMapping
from complaintflow.simulation.register.mappingfile import load_mapping, parse_mapping
from complaintflow.simulation.register.reason import Reason, Rejection
from complaintflow.simulation.register.rejected import write_rejected
from complaintflow.simulation.register.rows import Register, read_register
from complaintflow.simulation.register.sheet import Layout, Row, Sheet
from complaintflow.simulation.register.source import read_sheet
from complaintflow.simulation.register.stamps import Stamp, Times

__all__ = [
    "Entry",
    "EntryList",
    "Layout",
    "Reason",
    "Register",
    "RegisterMapping",
    "Rejection",
    "Row",
    "Sheet",
    "Stamp",
    "Times",
    "check_entry_headings",
    "check_mapping",
    "load_mapping",
    "parse_mapping",
    "read_entries",
    "read_register",
    "read_sheet",
    "write_rejected",
]
