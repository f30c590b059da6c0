"""Messages, clocks and real servers on this machine."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from complaintflow.audit.messages import Message
from complaintflow.domain.values import Money

T0 = 1_773_100_800_000_000  # 2026-03-10T00:00Z
SECOND = 1_000_000


def letter(**changes: Any) -> Message:
    """A notice as a policy in two languages makes it."""
    return Message(
        **{
            "key": "C-1.2:4:boss",
            "case": "C-1.2",
            "about": "news",
            "role": "boss",
            "person": "wang",
            "at": T0,
            "channel": "mail",
            "zone": "Asia/Shanghai",
            "clauses": ("N1", "N2"),
            "names": {
                "p": ("Complaints", "客诉程序"),
                "news": ("Line stopped", "停线"),
                "boss": ("General manager", "总经理"),
                "loss": ("Loss", "损失"),
                "colour": ("Colour", "颜色"),
                "red": ("red", "红"),
            },
            "facts": {"loss": Money(Decimal(6000), "CNY"), "colour": "red", "urgent": True},
            "data": {
                "policy": "p",
                "occurred": dt.datetime.fromisoformat("2026-03-10T07:30+08:00"),
            },
            **changes,
        }
    )


def reminder(**changes: Any) -> Message:
    """A rung that was reached."""
    data = {
        "policy": "p",
        "occurred": dt.datetime.fromisoformat("2026-03-10T07:30+08:00"),
        "key": "",
        "round": 1,
        "rung": "2 h before",
        "repetition": 1,
        "due": dt.datetime.fromisoformat("2026-03-10T09:30+08:00"),
        "overdue": False,
        **changes.pop("data", {}),
    }
    names = {
        "p": ("Complaints", "客诉程序"),
        "report": ("Report", "报告"),
        "boss": ("Boss", "老板"),
    }
    same = {"kind": "rung", "about": "report", "facts": {}, "names": names, "channel": ""}
    return letter(**{**same, "data": data, **changes})


def given(**changes: Any) -> Message:
    """A person got a role in the case."""
    data = {
        "policy": "p",
        "occurred": dt.datetime.fromisoformat("2026-03-10T07:30+08:00"),
        "acting": "",
        **changes.pop("data", {}),
    }
    names = {
        "p": ("Complaints", "客诉程序"),
        "clerk": ("Clerk", "文员"),
        "boss": ("Boss", "老板"),
    }
    same = {"kind": "assigned", "about": "clerk", "role": "clerk", "facts": {}, "names": names}
    return letter(**{**same, "channel": "", "clauses": ("Q1",), "data": data, **changes})


class Clock:
    """A clock that only moves when it is told to; microseconds since 1970 UTC."""

    def __init__(self, at: int = T0) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=self.at)

    def pass_(self, seconds: int) -> None:
        self.at += seconds * SECOND


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Receiver:
    """A real HTTP server; *answers* are used up one by one, then it says 204."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str]] | Callable[[BaseHTTPRequestHandler], None]]
        self.answers = []
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.requests.append((self.path, headers, body))
                answer = receiver.answers.pop(0) if receiver.answers else (204, {})
                if callable(answer):
                    answer(self)
                    return
                status, headers = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_GET(self) -> None:  # what a client that follows redirects would do
                self.do_POST()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()
