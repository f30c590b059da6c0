"""Policy packs: real companies' procedures, each a folder that ships with the package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from complaintflow.errors import PolicyError, did_you_mean

if TYPE_CHECKING:
    from complaintflow.policy.policy import Policy

__all__ = ["load_pack", "pack_folder", "packs"]

_HERE = Path(__file__).parent


def packs() -> tuple[str, ...]:
    """The names of all packs."""
    return tuple(sorted(path.parent.name for path in _HERE.glob("*/policy.toml")))


def pack_folder(name: str) -> Path:
    """The folder of the pack *name*.

    Raises:
        PolicyError: there is no such pack; says which was probably meant.
    """
    folder = _HERE / name
    if name not in packs():
        meant = did_you_mean(name, packs())
        hint = f"did you mean {meant!r}?" if meant else f"there are: {', '.join(packs())}"
        raise PolicyError(f"no pack is called {name!r}; {hint}")
    return folder


def load_pack(name: str) -> Policy:
    """The policy of the pack *name*.

    Raises:
        PolicyError: there is no such pack.
    """
    from complaintflow.policyfile import load_policy

    return load_policy(pack_folder(name))
