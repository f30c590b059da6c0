"""complaintflow.testing.contracts, run against the store that needs nothing."""

from __future__ import annotations

import pytest

from complaintflow.store.memory import MemoryStore
from complaintflow.testing.contracts import StoreContract


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()


class TestForgotten:
    def test_a_contract_without_its_store_says_so(self) -> None:
        fixture = StoreContract.store
        plain = getattr(fixture, "_get_wrapped_function", lambda: fixture)()
        with pytest.raises(pytest.fail.Exception, match="must supply the fixture 'store'"):
            plain(StoreContract())
