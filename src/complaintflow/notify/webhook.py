"""Messages as CloudEvents over HTTP POST, signed."""

from __future__ import annotations

import datetime as _dt
import http.client
import ipaddress
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit

import attrs

from complaintflow.audit.messages import Message
from complaintflow.audit.values import instant_text
from complaintflow.errors import InvalidValueError, NotDeliveredError
from complaintflow.moments import Now, system_clock, to_micros
from complaintflow.notify.plain import plain_message
from complaintflow.notify.signing import secret_bytes, signed_headers

__all__ = ["Webhook", "cloud_event"]

_REFUSED: Final = frozenset({400, 410, 413, 415, 422})
"""Answers that say that this message will never be taken; all others may change."""


def cloud_event(message: Message, source: str) -> dict[str, Any]:
    """*message* as a CloudEvent 1.0 in JSON; ``id`` is the message's key."""
    return {
        "specversion": "1.0",
        "id": message.key,
        "source": source,
        "type": f"complaintflow.{message.kind}",
        "subject": message.case,
        "time": instant_text(message.at),
        "datacontenttype": "application/json",
        "data": plain_message(message),
    }


def _is_url(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or not value.isascii():
        raise InvalidValueError("a webhook's url is https://host/..., in ASCII")
    if any(character.isspace() for character in value) or parts.username is not None:
        raise InvalidValueError("a webhook's url has no blanks and no user name")


def _is_signed(_: object, attribute: attrs.Attribute[tuple[str, ...]], value: Any) -> None:
    if not value:
        raise InvalidValueError("a webhook needs a secret")
    for one in value:
        secret_bytes(one)


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would turn the POST into a GET, and take the message to a stranger."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@attrs.frozen
class Webhook:
    """Posts each message as a structured CloudEvent, signed as `complaintflow.notify.signing` says.

    Any answer from 200 to 299 means that it arrived. 400, 410, 413, 415 and 422 mean that it
    never will; everything else, silence included, is tried again, no earlier than a
    ``Retry-After`` asks for. Redirects are not followed.

    Args:
        url: Where to. ``http`` is taken for this machine only, unless *plain_http* says so.
        secret: ``whsec_...``, or several while it is being changed.
        source: The CloudEvent's source: a URI that names this system, such as
            ``https://crm.example.com/complaints``.
        timeout: How many seconds the receiver may be silent.
        headers: More headers, such as one for a gateway.
        plain_http: Whether ``http`` may leave this machine: a signature hides nothing.
        now: Gives the present; by default the system clock.

    Raises:
        InvalidValueError: *url* or *secret* cannot be one.
    """

    url: str = attrs.field(validator=_is_url)
    secret: tuple[str, ...] = attrs.field(
        converter=_several, validator=_is_signed, repr=lambda _: "..."
    )
    source: str = "urn:complaintflow"
    timeout: int = 10
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    plain_http: bool = False
    now: Now = attrs.field(default=system_clock, repr=False)

    def __attrs_post_init__(self) -> None:
        if urlsplit(self.url).scheme == "http" and not (self.plain_http or _is_here(self.url)):
            raise InvalidValueError(
                "http lets everybody between read the messages: use https, or say plain_http=True"
            )

    def request(self, message: Message) -> urllib.request.Request:
        """The request that `send` makes."""
        body = json.dumps(
            cloud_event(message, self.source), ensure_ascii=False, sort_keys=True, allow_nan=False
        ).encode()
        at = to_micros(self.now(), "now()") // 1_000_000
        headers = {
            "User-Agent": "complaintflow",
            **self.headers,
            "Content-Type": "application/cloudevents+json; charset=utf-8",
            **signed_headers(message.key, body, at, map(secret_bytes, self.secret)),
        }
        return urllib.request.Request(self.url, body, headers, method="POST")  # noqa: S310 - checked

    def send(self, message: Message) -> None:
        """Post *message*. Raises NotDeliveredError."""
        opener = urllib.request.build_opener(_NoRedirects)
        try:
            with opener.open(self.request(message), timeout=self.timeout):
                return  # what it answers beside its status matters to nobody
        except urllib.error.HTTPError as error:
            with error:
                raise _refused(error, to_micros(self.now(), "now()") // 1_000_000) from error
        except urllib.error.URLError as error:
            raise NotDeliveredError(f"the receiver cannot be reached: {error.reason}") from error
        except (OSError, http.client.HTTPException) as error:
            raise NotDeliveredError(
                f"the receiver did not answer: {type(error).__name__} {error}"
            ) from error


def _is_here(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refused(error: urllib.error.HTTPError, now: int) -> NotDeliveredError:
    hint = "; name the final address, redirects are not followed" if 300 <= error.code < 400 else ""
    return NotDeliveredError(
        f"the receiver answered {error.code} {quote(str(error.reason), safe=' ')[:80]}{hint}",
        error.code in _REFUSED,
        _seconds(error.headers.get("Retry-After"), now),
    )


def _seconds(said: str | None, now: int) -> int | None:
    """How long a ``Retry-After`` asks to wait: seconds, or an HTTP date."""
    if said is None:
        return None
    text = said.strip()
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return int(text)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=_dt.UTC)
    return max(0, int(at.timestamp()) - now)
