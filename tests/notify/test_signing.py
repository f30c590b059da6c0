"""Signatures of webhook requests, and what a receiver must refuse."""

from __future__ import annotations

import base64
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.errors import BadSignatureError, InvalidValueError
from complaintflow.notify.signing import (
    TOLERANCE,
    new_secret,
    secret_bytes,
    signed_headers,
    verify_signature,
)
from complaintflow.testing.events import texts

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = new_secret()
AT = 1_773_100_800
NOW = dt.datetime.fromtimestamp(AT, dt.UTC)


def signed(key: str, body: bytes, *secrets: str, at: int = AT) -> dict[str, str]:
    return signed_headers(key, body, at, map(secret_bytes, secrets or (SECRET,)))


def test_the_example_of_the_standard() -> None:
    """Known answer of the reference libraries of standardwebhooks.com."""
    body = b'{"test": 2432232314}'
    headers = signed_headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", body, 1614265330, [secret_bytes(SECRET)]
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek"


@given(texts(), st.binary())
def test_what_is_signed_verifies_and_tells_its_key(key: str, body: bytes) -> None:
    headers = signed("k" + key, body)
    assert all(value.isascii() and value.isprintable() for value in headers.values())
    assert "." not in headers["webhook-id"]
    shouted = {name.upper(): value for name, value in headers.items()}
    assert verify_signature(shouted, body, SECRET, now=NOW) == "k" + key


@given(st.binary(min_size=1), st.data())
def test_any_changed_byte_is_noticed(body: bytes, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(body) - 1))
    changed = bytearray(body)
    changed[index] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadSignatureError, match="no signature fits"):
        verify_signature(signed("k", body), bytes(changed), SECRET, now=NOW)


@given(st.integers(-(10**6), 10**6))
def test_the_replay_window(seconds: int) -> None:
    headers, now = signed("k", b""), NOW + dt.timedelta(seconds=seconds)
    if abs(seconds) <= TOLERANCE:
        verify_signature(headers, b"", SECRET, now=now)
    else:
        with pytest.raises(BadSignatureError, match=f"{abs(seconds)} s away from now"):
            verify_signature(headers, b"", SECRET, now=now)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"webhook-id": ""}, "the header webhook-id is missing"),
        ({"webhook-timestamp": ""}, "the header webhook-timestamp is missing"),
        ({"webhook-signature": ""}, "the header webhook-signature is missing"),
        ({"webhook-timestamp": "soon"}, "no number of seconds"),
        ({"webhook-timestamp": "-5"}, "no number of seconds"),
        ({"webhook-timestamp": "٣"}, "no number of seconds"),
        ({"webhook-timestamp": "9" * 5000}, "no number of seconds"),
        ({"webhook-timestamp": str(AT + 1)}, "no signature fits"),
        ({"webhook-id": "k2"}, "no signature fits"),
        ({"webhook-signature": "v1,AAAA é"}, "no signature fits"),
    ],
)
def test_headers_that_do_not_fit(change: dict[str, str], words: str) -> None:
    with pytest.raises(BadSignatureError, match=words):
        verify_signature({**signed("k", b"x"), **change}, b"x", SECRET, now=NOW)


def test_a_secret_is_changed_without_a_gap() -> None:
    both = signed("k", b"x", SECRET, OTHER)
    for accepted in (SECRET, OTHER, (OTHER, SECRET)):
        assert verify_signature(both, b"x", accepted, now=NOW) == "k"
    with pytest.raises(BadSignatureError):
        verify_signature(signed("k", b"x", SECRET), b"x", OTHER, now=NOW)


def test_the_present_is_the_systems_unless_said() -> None:
    just_now = int(dt.datetime.now(dt.UTC).timestamp())
    assert verify_signature(signed("k", b"", at=just_now), b"", SECRET) == "k"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        SECRET.removeprefix("whsec_"),
        "whsec_short",
        "whsec_" + base64.b64encode(b"x" * 23).decode(),
        "whsec_" + base64.b64encode(b"x" * 65).decode(),
        "whsec_" + "é" * 40,
    ],
)
def test_what_is_no_secret_is_refused_and_not_repeated(wrong: str) -> None:
    with pytest.raises(InvalidValueError, match="24 to 64 bytes") as caught:
        secret_bytes(wrong)
    assert not wrong or wrong not in str(caught.value)


def test_new_secrets_differ() -> None:
    assert len({new_secret() for _ in range(20)}) == 20
    assert all(len(secret_bytes(new_secret())) == 32 for _ in range(3))
