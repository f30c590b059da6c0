"""The one door to `transitions`."""

from __future__ import annotations

import gc
import threading

from complaintflow.engine.machine import NEW, Workflow
from complaintflow.gallery import load_pack

OEM = load_pack("oem_supplier")


def workflow() -> Workflow:
    return Workflow(OEM.steps, OEM.states, OEM.final)


def test_what_is_possible_is_what_the_steps_say() -> None:
    flow = workflow()
    assert flow.possible(NEW) == ("receive",)
    for state in OEM.states:
        wanted = tuple(step.code for step in OEM.steps if state in step.source)
        assert flow.possible(state) == wanted
    assert flow.possible("nowhere") == ()


def test_where_a_step_leads() -> None:
    flow = workflow()
    assert flow.go(NEW, "receive", "received") == "received"
    assert flow.go("implemented", "verify_effect", "proven") == "proven"
    assert flow.go("implemented", "verify_effect", "verified") == "verified"
    assert flow.go("in_review", "refuse", None) == "in_review"


def test_what_is_not_possible() -> None:
    flow = workflow()
    assert flow.go("received", "close", None) is None
    assert flow.go("received", "no_such_step", None) is None
    assert flow.go("implemented", "verify_effect", "closed") is None


def test_one_machine_serves_many_cases_and_keeps_none() -> None:
    """No model is registered, so nothing grows and threads do not meet."""
    flow = workflow()
    flow.go(NEW, "receive", "received")
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(2_000):
        flow.go("in_review", "verify", "verified")
    gc.collect()
    assert len(gc.get_objects()) - before < 100

    wrong: list[object] = []

    def many() -> None:
        for _ in range(300):
            if flow.go("in_review", "verify", "verified") != "verified":
                wrong.append(1)
            if flow.go("sheet_due", "file_sheet", "in_review") != "in_review":
                wrong.append(2)

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
