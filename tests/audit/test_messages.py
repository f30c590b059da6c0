"""Messages as canonical text, and back; the first version is still read."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given

from complaintflow.audit.codec import canonical, decode_message, encode_message
from complaintflow.audit.messages import Message
from complaintflow.errors import CodecError
from complaintflow.testing.events import messages


@given(messages())
def test_what_is_written_is_read_back(message: Message) -> None:
    assert decode_message(encode_message(message)) == message


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"v": 3}, "v: expected version 1 or 2, got 3"),
        ({"at": 5}, "at: expected an instant"),
        ({"key": 5}, "message.key: expected text, got 5"),
        ({"kye": "x"}, "message: unknown key 'kye', did you mean 'key'?"),
        ({"data": {"a": {"x": 1}}}, r"message.data\['a'\]: unknown kind of value"),
    ],
)
def test_each_mistake_is_named(change: dict[str, Any], words: str) -> None:
    raw = json.loads(encode_message(Message("k", "C-1", "T1", "qa", "", 0)))
    with pytest.raises(CodecError, match=words):
        decode_message(canonical({**raw, **change}))


@pytest.mark.parametrize(
    ("data", "kind", "lifted"),
    [
        ({"notice": "copy"}, "notice", {}),
        (
            {
                "duty": "report",
                "key": "",
                "round": "2",
                "rung": "due",
                "repetition": "1",
                "due": "1773100800000000",
            },
            "rung",
            {
                "duty": "report",
                "key": "",
                "round": 2,
                "rung": "due",
                "repetition": 1,
                "due": dt.datetime(2026, 3, 10, tzinfo=dt.UTC),
            },
        ),
    ],
)
def test_the_first_version_is_still_read(
    data: dict[str, str], kind: str, lifted: dict[str, Any]
) -> None:
    first = {
        "v": 1,
        "key": "C-1:4:qa",
        "case": "C-1",
        "about": "x",
        "role": "qa",
        "person": "",
        "at": "2026-03-10T00:00:00Z",
        "data": data,
    }
    message = decode_message(canonical(first))
    assert message == Message(
        "C-1:4:qa", "C-1", "x", "qa", "", 1_773_100_800_000_000, kind, data=lifted
    )
    assert decode_message(encode_message(message)) == message
    with pytest.raises(CodecError, match=r"message\.data: expected facts by name"):
        decode_message(canonical({**first, "data": 5}))
