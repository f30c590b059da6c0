"""complaintflow.audit.upcast, with a format that never was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from complaintflow.audit.codec import canonical, decode, encode
from complaintflow.audit.events import (
    ApprovalGiven,
    Body,
    Event,
    HandedOver,
    Noted,
    RungReached,
    Told,
)
from complaintflow.audit.upcast import CURRENT, Upcasters
from complaintflow.errors import CodecError

EVENT = Event(1, HandedOver("wang", "li", "left"), "boss", "", 0, 0, "cmd-1", "")


def first_format() -> str:
    """As if hand-overs had once been called transfers, and had said from and to."""
    raw = json.loads(encode(EVENT)[0])
    raw |= {"kind": "transfer", "v": 1, "body": {"from": "wang", "to": "li"}}
    return canonical(raw)


def renamed(raw: dict[str, Any]) -> dict[str, Any]:
    body = {"leaving": raw["body"]["from"], "successor": raw["body"]["to"]}
    return {**raw, "kind": "handed-over", "v": 1, "body": body}


def with_reason(raw: dict[str, Any]) -> dict[str, Any]:
    return {**raw, "body": {**raw["body"], "reason": "left"}}


SINCE = Upcasters({("transfer", 1): renamed, ("handed-over", 1): with_reason})


class TestUpcasters:
    def test_an_old_text_is_read_through_every_version(self) -> None:
        assert decode(first_format(), upcasters=SINCE) == EVENT

    def test_todays_text_is_written_in_todays_version(self) -> None:
        text, _ = encode(EVENT, upcasters=SINCE)
        assert json.loads(text)["v"] == SINCE.version("handed-over") == 2
        assert decode(text, upcasters=SINCE) == EVENT

    def test_answers_of_the_first_version_name_no_fact(self) -> None:
        event = Event(1, ApprovalGiven("consent", True, "fine"), "boss", "", 0, 0, "cmd-1", "")
        raw = json.loads(encode(event)[0])
        assert raw["v"] == CURRENT.version("approval") == 2
        old = {**raw, "v": 1, "body": {k: v for k, v in raw["body"].items() if k != "fact"}}
        assert decode(canonical(old)) == event
        with pytest.raises(CodecError):
            decode(canonical({**old, "body": "nothing"}))

    def test_kinds_that_never_changed_are_version_1(self) -> None:
        noted = Event(1, Noted({}), "boss", "", 0, 0, "cmd-1", "")
        assert json.loads(encode(noted, upcasters=SINCE)[0])["v"] == 1
        assert CURRENT.version("noted") == 1

    def test_without_its_upcaster_an_old_kind_is_unknown(self) -> None:
        with pytest.raises(CodecError, match="unknown kind 'transfer'"):
            decode(first_format())

    def test_a_newer_text_asks_for_an_upgrade(self) -> None:
        text, _ = encode(EVENT, upcasters=SINCE)
        with pytest.raises(CodecError, match=r"newer complaintflow .*version 2, known up to 1"):
            decode(text)

    def test_upcasters_that_go_round_are_refused(self) -> None:
        ring = Upcasters({("noted", 1): lambda raw: {**raw, "v": 1}})
        with pytest.raises(CodecError, match="ring"):
            ring.lift({"kind": "noted", "v": 1})

    def test_they_cannot_be_added_to(self) -> None:
        steps = {("noted", 1): with_reason}
        made = Upcasters(steps)
        steps.clear()
        assert made.version("noted") == 2


class TestOneRecipientForEachRole:
    """Version 1 of notices and rungs named one person for each role."""

    @pytest.mark.parametrize("kind", ["told", "rung"])
    def test_it_is_read_as_a_list_of_one(self, kind: str) -> None:
        bodies: dict[str, Body] = {
            "told": Told("copy", ("qa", "boss"), {"qa": ("li",)}),
            "rung": RungReached("report", "", 1, "due", 1, 0, ("qa", "boss"), {"qa": ("li",)}),
        }
        today = bodies[kind]
        raw = json.loads(encode(Event(1, today, "system", "", 0, 0, "", ""))[0])
        assert raw["v"] == 2
        raw["body"]["people"] = {"qa": "li"}
        del raw["body"]["climbed"]
        raw["body"].pop("told_already", None)
        assert decode(canonical({**raw, "v": 1})).body == today
