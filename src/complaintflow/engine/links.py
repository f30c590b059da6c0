"""How the links of a case stand: what is open, what is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaintflow.policy.link import Link

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["is_closed", "number_of", "open_keys"]


def number_of(case: str, link: Link, key: str, count: int) -> str:
    """The number of the case that a link opens: the same however often it is worked out."""
    named = f"{link.code}.{key}" if key else link.code
    return f"{case}/{named}" if count == 1 else f"{case}/{named}-{count}"


def open_keys(view: View, link: str) -> tuple[str, ...]:
    """The keys for which a link is open."""
    return tuple(
        key
        for (code, key), opening in view.case.links.items()
        if code == link and opening.closed_at is None
    )


def is_closed(view: View, link: str) -> bool:
    """Whether the link was opened, and all that it opened is closed."""
    found = [opening for (code, _), opening in view.case.links.items() if code == link]
    return bool(found) and all(opening.closed_at is not None for opening in found)
