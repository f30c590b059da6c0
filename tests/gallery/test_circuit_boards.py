"""The pack `circuit_boards`: what its scenario file alone cannot show."""

from __future__ import annotations

import pytest

from complaintflow.errors import InvalidValueError
from complaintflow.gallery import load_pack
from complaintflow.testing.rehearsal import Rehearsal


def test_the_hundredth_of_a_month_is_refused_and_the_next_month_begins_anew() -> None:
    stage = Rehearsal(load_pack("circuit_boards"))
    facts = {"customer_name": "Lanhai", "description": "open circuit"}
    for serial in range(1, 100):
        stage.receive("2026-03-02 09:00", role="sales", facts=facts)
        assert stage.number == f"2603{serial:02}"
    with pytest.raises(InvalidValueError, match="serial 100 is wider than the 2 digits"):
        stage.receive("2026-03-02 09:00", role="sales", facts=facts)
    stage.receive("2026-04-01 00:00", role="sales", facts=facts)
    assert stage.number == "260401"
