"""Reading events that an earlier version of this package wrote.

Every stored event says the version of its kind. When a kind changes, its version goes up and
one small function is added here that turns the older JSON into the next; stored texts are
never rewritten, since the chain hangs on them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

import attrs

from complaintflow.errors import CodecError

__all__ = ["CURRENT", "Upcaster", "Upcasters"]

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""JSON of an event in one version of its kind, to the next version; may rename the kind."""


def _frozen(steps: Mapping[tuple[str, int], Upcaster]) -> Mapping[tuple[str, int], Upcaster]:
    return MappingProxyType(dict(steps))


@attrs.frozen
class Upcasters:
    """The steps from (kind, version) to what comes after it.

    Args:
        steps: Each takes the whole event's JSON without ``v`` and returns the next; ``v`` goes up
            by one unless it is returned too, as when the kind is renamed.
    """

    steps: Mapping[tuple[str, int], Upcaster] = attrs.field(factory=dict, converter=_frozen)

    def version(self, kind: str) -> int:
        """The version in which events of *kind* are written today."""
        return 1 + max((v for name, v in self.steps if name == kind), default=0)

    def lift(self, raw: dict[str, Any]) -> dict[str, Any]:
        """*raw* in today's version.

        Raises:
            CodecError: it has no kind and version, or was written by a newer package.
        """
        for _ in range(len(self.steps) + 1):  # more steps than there are would be a ring
            kind, version = raw.get("kind"), raw.get("v")
            if not isinstance(kind, str) or not isinstance(version, int) or version < 1:
                raise CodecError(
                    f"expected an event with its kind and version, got kind {kind!r}, v {version!r}"
                )
            step = self.steps.get((kind, version))
            if step is None:
                newest = self.version(kind)
                if version > newest:
                    raise CodecError(
                        f"this event was written by a newer complaintflow ({kind!r} version "
                        f"{version}, known up to {newest}); upgrade to read it"
                    )
                return raw
            lifted = step({name: value for name, value in raw.items() if name != "v"})
            raw = {"v": version + 1, **lifted}
        raise CodecError(f"the upcasters of {raw.get('kind')!r} go round in a ring")


def _approval_without_fact(raw: dict[str, Any]) -> dict[str, Any]:
    """Version 1 of an answer did not say which fact it was a value of."""
    body = raw.get("body")
    return {**raw, "body": {**body, "fact": ""}} if isinstance(body, dict) else raw


def _several(raw: dict[str, Any]) -> dict[str, Any]:
    """Notices and rungs named one person for each role; now they name everybody who is told."""
    body = dict(raw["body"])
    body["people"] = {role: [person] for role, person in body.get("people", {}).items()}
    body.setdefault("climbed", {})
    if raw["kind"] == "rung":
        body.setdefault("told_already", [])
    return {**raw, "body": body}


def _reasons(raw: dict[str, Any]) -> dict[str, Any]:
    """Assignments listed who was considered; now they say why each was not chosen."""
    body = dict(raw["body"])
    listed = body.get("considered", [])
    body["considered"] = {"": listed} if listed else {}
    return {**raw, "body": {**body, "acting": ""}}


CURRENT = Upcasters(
    {
        ("approval", 1): _approval_without_fact,
        ("assigned", 1): _reasons,
        ("rung", 1): _several,
        ("told", 1): _several,
    }
)
"""What changed. Since version 2 an answer to an approval names the fact that it is a value of;
an assignment says why the others were not chosen; notices and rungs name everybody they tell.
"""
