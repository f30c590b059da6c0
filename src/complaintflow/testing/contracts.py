"""What every store promises, as tests: ours pass them, and so should a host's own.

Subclass `StoreContract` in a test file and supply the ``store`` fixture, empty for each test::

    class TestOurStore(StoreContract):
        @pytest.fixture
        def store(self) -> Iterator[CaseStore]:
            with our_database() as database:
                yield OurStore(database)

`complaintflow.testing.store_machine.StoreMachine` compares a store with a plain model besides.
"""

from __future__ import annotations

import pytest

from complaintflow.store.protocol import CaseStore
from complaintflow.testing.store_cases import CaseContract
from complaintflow.testing.store_outbox import OutboxContract
from complaintflow.testing.store_questions import QuestionContract
from complaintflow.testing.store_units import UnitContract

__all__ = ["StoreContract"]


class StoreContract(CaseContract, QuestionContract, OutboxContract, UnitContract):
    """Everything that `CaseStore` and `UnitOfWork` promise."""

    @pytest.fixture
    def store(self) -> CaseStore:
        """An empty store; to be supplied by the subclass."""
        pytest.fail(f"{type(self).__name__} must supply the fixture 'store': an empty CaseStore")
