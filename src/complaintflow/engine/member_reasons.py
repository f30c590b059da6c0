"""Reasons that are about who holds a role."""

from __future__ import annotations

from typing import ClassVar

import attrs

from complaintflow.engine.reason_base import BaseReason
from complaintflow.engine.reason_texts import TEXTS, WORDS

__all__ = ["NotEligible", "NotInRole"]


@attrs.frozen
class NotEligible(BaseReason):
    """The person cannot be given the role: *why* is ``absent``, ``stranger`` ...."""

    key: ClassVar[str] = "not-eligible"
    person: str
    role: str
    why: str
    able: tuple[str, ...]

    def text(self, language: str = "en") -> str:
        """The reason in ``en`` or ``zh``."""
        why, able = WORDS[f"unfit {self.why}"][language], ", ".join(self.able) or "-"
        said = TEXTS[self.key][language]
        return said.format(person=self.person, role=self.role, why=why, able=able)


@attrs.frozen
class NotInRole(BaseReason):
    """The directory knows nobody of that id who holds the role or stands in for who does."""

    key: ClassVar[str] = "not-in-role"
    person: str
    role: str
    acting: tuple[str, ...]
