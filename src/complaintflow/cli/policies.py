"""Finding the policy that an argument means: a pack by its name, or a folder or file."""

from __future__ import annotations

from pathlib import Path

import attrs

from complaintflow.errors import PolicyError, did_you_mean
from complaintflow.gallery import pack_folder, packs
from complaintflow.policy.policy import Policy

__all__ = ["Found", "find_policy", "open_item_lines", "policy_source"]


@attrs.frozen
class Found:
    """A policy and the folder in which it lies."""

    policy: Policy
    folder: Path


def find_policy(text: str, domain: str | None = None) -> Found:
    """The policy that *text* means.

    Args:
        text: A pack's name, or a policy's folder or file.
        domain: The host's domain, see `complaintflow.cli.domains.find_domain`.

    Raises:
        PolicyError: there is no such pack, folder or file, or the policy cannot be used.
    """
    from complaintflow.cli.domains import find_domain
    from complaintflow.policyfile import load_policy

    path = policy_source(text)
    policy = load_policy(path, domain=find_domain(domain) if domain else None)
    return Found(policy, path if path.is_dir() else path.parent)


def policy_source(text: str) -> Path:
    """The folder or file of the policy that *text* means.

    Raises:
        PolicyError: there is no such pack, folder or file.
    """
    if text in packs():
        return pack_folder(text)
    path = Path(text)
    if not path.exists():
        meant = did_you_mean(text, packs())
        hint = f"did you mean {meant!r}? " if meant else ""
        raise PolicyError(
            f"no pack, folder or file is called {text!r}; {hint}packs: {', '.join(packs())}"
        )
    return path


def open_item_lines(policy: Policy, language: str) -> list[str]:
    """What the procedure leaves open, one line each; nothing when it leaves nothing open."""
    items = policy.open_items
    if not items:
        return []
    zh = language == "zh"
    lines = [f"程序文件未规定的事项（{len(items)}）" if zh else f"Left open ({len(items)})"]
    for item in items:
        name = policy.name(item.code, language)
        lines.append(f"  {', '.join(item.clauses)}  {name}{'：' if zh else ': '}{item.why}")
    return lines
