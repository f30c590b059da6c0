"""One thing that is wrong, with its place in the language of the policy file."""

from __future__ import annotations

import attrs

from complaintflow.errors import did_you_mean

__all__ = ["Finding", "Path", "unknown"]

Path = tuple[str | int, ...]


@attrs.frozen
class Finding:
    """What is wrong at a place of a policy.

    Args:
        path: As in a policy file: ``("duty", "transmit", "starts")``. Criteria are
            ``("decide", code, "rules", number, "when")``, branches ``("step", code, "to",
            number, "when")``, guards ``("step", code, "needs", number, "when")``.
        message: One sentence without a final stop.
        word: The word in question; the loader looks for it in the text at *path*.
        column: Of an expression's text, from 1; None when there is no better place.
        suggestion: What was probably meant.
        key: Whether the last key of *path* is in question, not its value.
    """

    path: Path
    message: str
    word: str = ""
    column: int | None = None
    suggestion: str | None = None
    key: bool = False


def unknown(path: Path, kind: str, word: str, known: object, *, key: bool = False) -> Finding:
    """*word* at *path* names no *kind*; *known* are those there are."""
    names = [str(name) for name in known] if isinstance(known, (list, tuple, set, dict)) else []
    return Finding(
        path, f"no {kind} is called {word!r}", word, None, did_you_mean(word, names), key
    )
