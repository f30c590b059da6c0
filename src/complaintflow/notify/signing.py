"""Signatures of webhook requests, as Standard Webhooks says (standardwebhooks.com, 1.0.0).

The signature is HMAC-SHA256 over ``id.timestamp.body``, in three headers::

    webhook-id: C-1%3A4%3Aquality          the message's key, percent-encoded
    webhook-timestamp: 1773100800          seconds since 1970 UTC
    webhook-signature: v1,K5oZfzN95Z9...   base64; several, while a secret is being changed

so that any receiver with a library for that standard can check it, and one without needs
`verify_signature` alone.
"""

from __future__ import annotations

import base64
import binascii
import datetime as _dt
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote, unquote

from complaintflow.errors import BadSignatureError, InvalidValueError
from complaintflow.moments import system_clock, to_micros

__all__ = ["TOLERANCE", "new_secret", "signed_headers", "verify_signature"]

TOLERANCE: Final = 300
"""How old, in seconds, or how far ahead, a request may be: the replay window."""
_PREFIX: Final = "whsec_"
_LEAST, _MOST = 24, 64
_MARK: Final = "v1,"


def new_secret() -> str:
    """A new random secret: ``whsec_`` and 32 bytes in base64."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def secret_bytes(secret: str) -> bytes:
    """The bytes of a secret.

    Raises:
        InvalidValueError: it is no ``whsec_`` and base64 of 24 to 64 bytes. It is not repeated.
    """
    try:
        if not secret.startswith(_PREFIX):
            raise ValueError
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if not _LEAST <= len(key) <= _MOST:
        raise InvalidValueError(
            f"a webhook's secret is {_PREFIX!r} and base64 of {_LEAST} to {_MOST} bytes; "
            "complaintflow.notify.signing.new_secret() makes one"
        )
    return key


def signed_headers(key: str, body: bytes, at: int, keys: Iterable[bytes]) -> dict[str, str]:
    """The three headers.

    Args:
        key: The message's key.
        body: What is sent, to the byte.
        at: When it is sent, seconds since 1970 UTC.
        keys: Secrets as bytes; one signature each.
    """
    # Headers are ASCII, and a full stop would end the id within what is signed.
    name = quote(key, safe="").replace(".", "%2E")
    return {
        "webhook-id": name,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(_signature(name, str(at), body, one) for one in keys),
    }


def verify_signature(
    headers: Mapping[str, str],
    body: bytes,
    secret: str | Iterable[str],
    *,
    now: _dt.datetime | None = None,
    tolerance: int = TOLERANCE,
) -> str:
    """See that a request was signed with the secret, and just now.

    Call it before anything of the body is believed, and then drop what was seen before: within
    the window somebody who listens could send it once more.

    Args:
        headers: Of the request; upper and lower case are the same.
        body: Of the request, to the byte as it came.
        secret: The secret, or several while it is being changed.
        now: The present; by default the system clock.
        tolerance: The replay window in seconds.

    Returns:
        The message's key, which is the same whenever the message comes again.

    Raises:
        BadSignatureError: a header is missing, it is too old, or no signature fits.
        InvalidValueError: a secret is none.
    """
    given = {name.lower(): value for name, value in headers.items()}
    missing = [
        name for name in ("id", "timestamp", "signature") if not given.get(f"webhook-{name}")
    ]
    if missing:
        raise BadSignatureError(f"the header webhook-{missing[0]} is missing")
    name, stamp = given["webhook-id"], given["webhook-timestamp"]
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
        raise BadSignatureError("the header webhook-timestamp is no number of seconds")
    present = to_micros(system_clock() if now is None else now, "now") // 1_000_000
    if abs(present - int(stamp)) > tolerance:
        raise BadSignatureError(
            f"the request was signed {abs(present - int(stamp))} s away from now, "
            f"more than {tolerance} s"
        )
    said = [one.encode() for one in given["webhook-signature"].split(" ")]
    keys = [secret_bytes(one) for one in ((secret,) if isinstance(secret, str) else secret)]
    wanted = [_signature(name, stamp, body, key).encode() for key in keys]
    if not any(hmac.compare_digest(one, other) for one in said for other in wanted):
        raise BadSignatureError("no signature fits the request and the secret")
    return unquote(name)


def _signature(name: str, stamp: str, body: bytes, key: bytes) -> str:
    content = b".".join((name.encode(), stamp.encode(), body))
    return _MARK + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
