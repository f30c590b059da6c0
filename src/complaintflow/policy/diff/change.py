"""One difference between two policies, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from complaintflow.errors import InvalidValueError
from complaintflow.policy.diff.messages import DIFF
from complaintflow.policy.naming import Naming
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Path

__all__ = ["Change", "Said", "Teller"]

Said = Callable[[str], str]
"""From a language to what is said in it."""


@attrs.frozen
class Change:
    """One difference.

    Args:
        kind: Stable name of the sort of difference, such as ``limit`` or ``criterion added``.
        path: Where, as in a policy file: in the new policy, or in the old one what is gone.
        texts: The sentence by language.
        clauses: Clauses that it touches.
    """

    kind: str
    path: Path
    texts: Mapping[str, str]
    clauses: tuple[str, ...] = ()

    def text(self, language: str = "en") -> str:
        """What changed, one sentence without a final stop.

        Raises:
            InvalidValueError: *language* is neither ``en`` nor ``zh``.
        """
        if language not in self.texts:
            raise InvalidValueError(f"a language is 'en' or 'zh', got {language!r:.40}")
        return self.texts[language]

    def __str__(self) -> str:
        return self.text()


class Teller:
    """Puts differences into words: what was in the names of then, what is in those of now.

    Args:
        old: The earlier policy.
        new: The later one.
    """

    def __init__(self, old: Policy, new: Policy) -> None:
        self.policies = old, new
        self._old = {language: Naming(old, language) for language in ("en", "zh")}
        self._new = {language: Naming(new, language) for language in ("en", "zh")}

    def was(self, say: Callable[[Naming], str]) -> Said:
        """Something of the old policy."""
        return lambda language: say(self._old[language])

    def is_(self, say: Callable[[Naming], str]) -> Said:
        """Something of the new policy."""
        return lambda language: say(self._new[language])

    def word(self, key: str) -> Said:
        """A small word of the catalogue."""
        return lambda language: DIFF[key][language]

    def name(self, code: str) -> Said:
        """What people call *code*: now, or then if it is gone."""

        def said(language: str) -> str:
            found = self._new[language].name(code)
            return self._old[language].name(code) if found == code else found

        return said

    def what(self, code: str, clauses: tuple[str, ...]) -> Said:
        """``Rectification report (T7, W7)``."""
        cited = ", ".join(clauses)
        return lambda language: (
            f"{self.name(code)(language)} ({cited})" if cited else self.name(code)(language)
        )

    def tell(
        self, kind: str, path: Path, clauses: tuple[str, ...] = (), **values: Said | str
    ) -> Change:
        """The sentence *kind* with its values."""
        texts = {
            language: DIFF[kind][language].format(
                **{
                    name: value if isinstance(value, str) else value(language)
                    for name, value in values.items()
                }
            )
            for language in ("en", "zh")
        }
        return Change(kind, path, texts, clauses)
