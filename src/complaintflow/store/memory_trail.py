"""The trail of one case in the memory store, made when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from complaintflow.audit.chain import Row, extend, genesis
from complaintflow.audit.events import Event
from complaintflow.audit.vault import Vault, new_salt

__all__ = ["Trail"]

_NOTHING: Mapping[int, frozenset[str]] = MappingProxyType({})


@attrs.frozen
class Trail:
    """Rows made so far, the vault of each, and which facts are personal from which position."""

    rows: tuple[Row, ...] = ()
    vaults: tuple[Vault, ...] = ()
    personal: Mapping[int, frozenset[str]] = _NOTHING

    def with_personal(self, position: int, names: frozenset[str]) -> Trail:
        """Events from *position* on have the personal facts *names*."""
        if names == self._names(position):
            return self
        return attrs.evolve(self, personal={**self.personal, position: names})

    def sealed(
        self, case_id: str, events: tuple[Event, ...], salt: Callable[[], str] | None
    ) -> Trail:
        """With the rows of all *events*."""
        from complaintflow.audit.codec import encode  # only a trail that is asked for pays for it

        rows, vaults = list(self.rows), list(self.vaults)
        link = rows[-1].link if rows else genesis(case_id)
        names = self._names(len(rows))
        for event in events[len(rows) :]:
            names = self.personal.get(event.position, names)
            text, vault = encode(event, names, salt=salt or new_salt)
            link = extend(link, text)
            rows.append(Row(case_id, event.position, text, link))
            vaults.append(vault)
        return attrs.evolve(self, rows=tuple(rows), vaults=tuple(vaults))

    def erased(
        self, events: tuple[Event, ...], names: frozenset[str] | None
    ) -> tuple[Trail, tuple[Event, ...], int]:
        """Without the values of *names* (None: of all), the events that are left, how many."""
        from complaintflow.audit.codec import decode

        vaults, left, count = list(self.vaults), list(events), 0
        for at, vault in enumerate(vaults):
            kept = {
                path: value
                for path, value in vault.items()
                if names is not None and path.partition(".")[2] not in names
            }
            if len(kept) < len(vault):
                count += len(vault) - len(kept)
                vaults[at] = kept
                left[at] = decode(self.rows[at].text, kept)
        return attrs.evolve(self, vaults=tuple(vaults)), tuple(left), count

    def _names(self, position: int) -> frozenset[str]:
        """What is personal in the event at *position*."""
        found: frozenset[str] = frozenset()
        for since, names in self.personal.items():
            if since <= position:
                found = names
        return found
