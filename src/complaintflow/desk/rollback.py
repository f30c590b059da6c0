"""Ending a unit of work because something was refused, or only tried."""

from __future__ import annotations

from complaintflow.engine.outcome import Refused

__all__ = ["RehearsedError", "RolledBackError"]


class RolledBackError(Exception):
    """Ends the unit of work of a refused command, so that even a serial is given back."""

    def __init__(self, refused: Refused) -> None:
        super().__init__()
        self.refused = refused


class RehearsedError(Exception):
    """Ends the unit of work of something that was only tried, so that nothing of it stays."""

    def __init__(self, result: object) -> None:
        super().__init__()
        self.result = result
