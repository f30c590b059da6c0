"""Ending a unit of work because something was refused."""

from __future__ import annotations

from complaintflow.engine.outcome import Refused

__all__ = ["RolledBackError"]


class RolledBackError(Exception):
    """Ends the unit of work of a refused command, so that even a serial is given back."""

    def __init__(self, refused: Refused) -> None:
        super().__init__()
        self.refused = refused
