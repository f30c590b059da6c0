"""What every reason of a refusal is."""

from __future__ import annotations

from typing import ClassVar

import attrs

from complaintflow.engine.reason_texts import TEXTS

__all__ = ["BaseReason"]


@attrs.frozen
class BaseReason:
    """A reason; its text is in the catalogue under its *key*."""

    key: ClassVar[str] = ""

    def text(self, language: str = "en") -> str:
        """The reason in ``en`` or ``zh``."""
        values = {
            field.name: ", ".join(value) or "-" if isinstance(value, tuple) else value
            for field in attrs.fields(type(self))
            for value in (getattr(self, field.name),)
        }
        return TEXTS[self.key][language].format(**values)
