"""Webhook keeps what the protocol of notifiers promises."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable

import pytest
from tests.notify.conftest import Receiver

from complaintflow.notify.signing import new_secret
from complaintflow.notify.webhook import Webhook
from complaintflow.testing.notifiers import NotifierContract

SECRET = new_secret()


class TestWebhook(NotifierContract):
    @pytest.fixture
    def notifier(self, receiver: Receiver) -> Webhook:
        return Webhook(receiver.url, SECRET)

    @pytest.fixture
    def broken(self) -> Webhook:
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        return Webhook(f"http://127.0.0.1:{port}/", SECRET, timeout=1)

    @pytest.fixture
    def arrived(self, receiver: Receiver) -> Callable[[], list[str]]:
        return lambda: [json.loads(body)["id"] for _, _, body in receiver.requests]
