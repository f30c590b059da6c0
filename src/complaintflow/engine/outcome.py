"""What the engine returns: `Accepted` with events, or `Refused` with every reason."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from complaintflow.audit.case import Case
from complaintflow.audit.events import Event
from complaintflow.audit.messages import Message
from complaintflow.engine.reasons import Reason
from complaintflow.engine.standing import Standing

__all__ = ["Accepted", "Decision", "Refused"]


@attrs.frozen
class Accepted:
    """The command happened.

    Args:
        events: What happened, first what a sweep to the present found, then the command.
        standing: How the case stands after them.
        messages: What leaves the house because of them.
    """

    events: tuple[Event, ...]
    standing: Standing
    messages: tuple[Message, ...] = ()

    @property
    def case(self) -> Case:
        """What is on record of the case after them."""
        return self.standing.case


@attrs.frozen
class Refused:
    """The command did not happen; nothing changed but what the clock had brought anyway.

    Args:
        reasons: Every reason, not only the first.
        possible: Steps that are possible now.
    """

    reasons: tuple[Reason, ...]
    possible: tuple[str, ...] = ()

    def text(self, language: str = "en") -> str:
        """All the reasons, a line each, in ``en`` or ``zh``."""
        return "\n".join(reason.text(language) for reason in self.reasons)


Decision: TypeAlias = Accepted | Refused
