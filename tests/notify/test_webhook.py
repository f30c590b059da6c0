"""CloudEvents over HTTP, against a real server."""

from __future__ import annotations

import datetime as dt
import json
import socket
from decimal import Decimal
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from tests.notify.conftest import Clock, Receiver, letter, reminder

from complaintflow.domain.values import Evidence, Money, Quantity, Ratio
from complaintflow.errors import InvalidValueError, NotDeliveredError
from complaintflow.notify.backoff import Backoff
from complaintflow.notify.courier import Courier
from complaintflow.notify.plain import plain_value
from complaintflow.notify.signing import new_secret, verify_signature
from complaintflow.notify.webhook import Webhook, cloud_event
from complaintflow.store.memory import MemoryStore

SECRET = new_secret()


def hook(receiver: Receiver, clock: Clock, **changes: Any) -> Webhook:
    return Webhook(receiver.url, SECRET, now=clock, **{"timeout": 5, **changes})


def failure(webhook: Webhook) -> tuple[str, bool, int | None]:
    with pytest.raises(NotDeliveredError) as caught:
        webhook.send(letter())
    return caught.value.message, caught.value.permanent, caught.value.retry_after


def test_a_message_arrives_as_a_signed_cloud_event(receiver: Receiver, clock: Clock) -> None:
    hook(receiver, clock, source="https://crm.example.com", headers={"X-Gateway": "7"}).send(
        letter()
    )
    ((path, headers, body),) = receiver.requests
    assert path == "/hook"
    assert headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert headers["x-gateway"] == "7"
    assert verify_signature(headers, body, SECRET, now=clock()) == "C-1.2:4:boss"
    assert json.loads(body) == {
        "specversion": "1.0",
        "id": "C-1.2:4:boss",
        "source": "https://crm.example.com",
        "type": "complaintflow.notice",
        "subject": "C-1.2",
        "time": "2026-03-10T00:00:00Z",
        "datacontenttype": "application/json",
        "data": {
            "case": "C-1.2",
            "kind": "notice",
            "about": "news",
            "role": "boss",
            "person": "wang",
            "channel": "mail",
            "zone": "Asia/Shanghai",
            "clauses": ["N1", "N2"],
            "names": {
                "p": {"en": "Complaints", "zh": "客诉程序"},
                "news": {"en": "Line stopped", "zh": "停线"},
                "boss": {"en": "General manager", "zh": "总经理"},
                "loss": {"en": "Loss", "zh": "损失"},
                "colour": {"en": "Colour", "zh": "颜色"},
                "red": {"en": "red", "zh": "红"},
            },
            "facts": {"loss": "6000 CNY", "colour": "red", "urgent": True},
            "personal": [],
            "details": {"policy": "p", "occurred": "2026-03-10T07:30:00+08:00"},
        },
    }


def test_the_same_message_is_the_same_event(clock: Clock) -> None:
    assert cloud_event(letter(), "s") == cloud_event(letter(), "s")
    assert cloud_event(reminder(), "s")["type"] == "complaintflow.rung"
    assert cloud_event(reminder(), "s")["data"]["details"]["due"] == "2026-03-10T09:30:00+08:00"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        ("客诉", "客诉"),
        (True, True),
        (12, 12),
        (Decimal("0.10"), "0.10"),
        (Money(Decimal("5000.00"), "CNY"), "5000.00 CNY"),
        (Quantity(Decimal(12), "H87"), str(Quantity(Decimal(12), "H87"))),
        (Ratio(Decimal("0.05")), str(Ratio(Decimal("0.05")))),
        (dt.date(2026, 3, 10), "2026-03-10"),
        (frozenset({"b", "a"}), ["a", "b"]),
        (("b", "a"), ["b", "a"]),
        (
            (Evidence("photo.jpg"),),
            [{"name": "photo.jpg", "uri": "", "size": 0, "sha256": ""}],
        ),
    ],
)
def test_values_are_plain_json(value: object, plain: object) -> None:
    assert plain_value(value) == plain
    assert json.loads(json.dumps(plain_value(value))) == plain


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_every_2xx_means_that_it_arrived(receiver: Receiver, clock: Clock, status: int) -> None:
    receiver.answers = [(status, {})]
    hook(receiver, clock).send(letter())
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    ("status", "headers", "permanent", "after"),
    [
        (400, {}, True, None),
        (410, {}, True, None),
        (413, {}, True, None),
        (415, {}, True, None),
        (422, {}, True, None),
        (401, {}, False, None),
        (404, {}, False, None),
        (429, {"Retry-After": "120"}, False, 120),
        (500, {}, False, None),
        (503, {"Retry-After": "Tue, 10 Mar 2026 00:02:00 GMT"}, False, 120),
        (503, {"Retry-After": "Tue, 10 Mar 2020 00:02:00 -0000"}, False, 0),
        (503, {"Retry-After": "soon"}, False, None),
        (503, {"Retry-After": "9" * 40}, False, None),
    ],
)
def test_what_an_answer_means(
    receiver: Receiver,
    clock: Clock,
    status: int,
    headers: dict[str, str],
    permanent: bool,
    after: int | None,
) -> None:
    receiver.answers = [(status, headers)]
    message, is_permanent, retry_after = failure(hook(receiver, clock))
    assert message.startswith(f"the receiver answered {status} ")
    assert (is_permanent, retry_after) == (permanent, after)


def test_redirects_are_not_followed(receiver: Receiver, clock: Clock) -> None:
    receiver.answers = [(302, {"Location": receiver.url})]
    message, permanent, _ = failure(hook(receiver, clock))
    assert "name the final address" in message
    assert not permanent
    assert len(receiver.requests) == 1


def test_silence_is_a_failure(receiver: Receiver, clock: Clock) -> None:
    """The receiver took the request and hung up, or never said a word."""

    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.shutdown(socket.SHUT_RDWR)

    def babble(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"hello\r\n\r\n")

    receiver.answers = [hang_up, babble]
    for _ in range(2):
        message, permanent, _after = failure(hook(receiver, clock))
        assert message.startswith("the receiver did not answer: ")
        assert not permanent


def test_a_receiver_that_never_answers_runs_out_of_time(clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        message, permanent, _ = failure(Webhook(url, SECRET, timeout=1, now=clock))
    assert "imed out" in message
    assert not permanent
    message, *_ = failure(Webhook(url, SECRET, timeout=1, now=clock))
    assert message.startswith("the receiver cannot be reached: ")


def test_a_courier_gets_through_after_failures(receiver: Receiver, clock: Clock) -> None:
    store = MemoryStore()
    with store.begin() as work:
        work.post([letter()])
    receiver.answers = [(503, {}), (500, {})]
    backoff = Backoff(first=10)
    courier = Courier(store, hook(receiver, clock), now=clock, backoff=backoff)
    for attempt in (1, 2):
        assert len(courier.run().failed) == 1
        clock.at += backoff.wait("C-1.2:4:boss", attempt)
    assert courier.run().delivered == ("C-1.2:4:boss",)
    assert len(receiver.requests) == 3
    # Signed anew each time, but the same message under the same id.
    assert len({headers["webhook-timestamp"] for _, headers, _ in receiver.requests}) == 3
    assert len({headers["webhook-id"] for _, headers, _ in receiver.requests}) == 1
    assert len({body for _, _, body in receiver.requests}) == 1


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://a.example/",
        "https:///path",
        "https://a.example/a b",
        "https://a.example/\n",
        "https://me:secret@a.example/",
        "https://例子.example/",
    ],
)
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(InvalidValueError, match="a webhook's url"):
        Webhook(url, SECRET)


def test_http_does_not_leave_this_machine_unless_asked_to() -> None:
    with pytest.raises(InvalidValueError, match="use https"):
        Webhook("http://crm.example.com/", SECRET)
    Webhook("http://crm.example.com/", SECRET, plain_http=True)
    for here in ("http://localhost/", "http://127.0.0.1:8000/", "http://[::1]/"):
        Webhook(here, SECRET)


def test_secrets_are_needed_and_not_shown() -> None:
    with pytest.raises(InvalidValueError, match="needs a secret"):
        Webhook("https://a.example/", ())
    with pytest.raises(InvalidValueError, match="whsec_"):
        Webhook("https://a.example/", "hunter2")
    assert SECRET not in repr(Webhook("https://a.example/", SECRET, headers={"Key": SECRET}))
