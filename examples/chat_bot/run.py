"""A room on this machine, and a courier that brings messages into it.

python examples/chat_bot/run.py
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from bot import ChatRoom

from complaintflow import Desk, instant
from complaintflow.notify.courier import Courier
from complaintflow.policyfile import loads

POLICY = """
policy = { id = "line_stops", version = "1", semantics = 1, calendar = "office", final = ["closed"] }
roles = { sales = "1", plant = "2" }
[facts]
line = "text"
loss = "money CNY"
[step]
receive = { by = "sales", to = "open", asks = ["line", "loss"] }
close = { by = "plant", from = "open", to = "closed", needs = { "4" = "report" } }
[duty]
report = { clause = "4", owner = "plant", starts = "receive", within = "2 h", rungs = [{ at = "due", to = "plant" }] }
[tell]
stopped = { clause = "3", on = "receive", to = "plant", channel = "room", shows = ["line", "loss"] }
[names]
stopped = ["Line stopped", "产线停线"]
report = ["Report", "报告"]
line = ["Line", "产线"]
loss = ["Loss", "损失"]
[calendar.office]
timezone = "Asia/Shanghai"
week = { mon-fri = ["08:00-17:00"] }
"""  # noqa: E501 - rows of policies are long
SECRET = "SEC-of-this-room"  # noqa: S105 - of a room that lives as long as this script
COMPLAINT = {"line": "L3 [click](http://evil.example)", "loss": "6000 CNY"}


class Room(BaseHTTPRequestHandler):
    """Takes signed cards; the first time it is too busy, as real rooms sometimes are."""

    cards: ClassVar[list[dict[str, dict[str, str]]]] = []
    busy = True

    def do_POST(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        content = f"{asked['timestamp']}\n{SECRET}".encode()
        wanted = base64.b64encode(hmac.digest(SECRET.encode(), content, hashlib.sha256)).decode()
        card = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if (asked["access_token"], asked["sign"]) != ("key", wanted):
            answer = {"errcode": 310000, "errmsg": "sign not match"}
        elif Room.busy:
            Room.busy, answer = False, {"errcode": 45009, "errmsg": "api freq out of limit"}
        else:
            Room.cards.append(card)
            answer = {"errcode": 0, "errmsg": "ok"}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    """Receive a complaint, let a limit pass, and deliver what people must hear."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Room)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/robot/send?access_token=key"
    clock = instant("2026-03-10T09:20", "Asia/Shanghai")
    desk = Desk(loads(POLICY), now=lambda: clock)
    case = desk.receive(COMPLAINT, by="wang", role="sales").case.id
    clock = clock.add(hours=3)
    desk.sweep()
    link = "https://crm.example.com/case/{case}"
    room = ChatRoom(url, SECRET, link=link, now=lambda: clock)
    courier = Courier(desk.store, room, now=lambda: clock)
    tour = courier.run()
    print(f"{case}: {len(tour.delivered)} delivered, {len(tour.failed)} to be tried again")
    for failed in tour.failed:
        print("  " + failed.error)
    clock = clock.add(minutes=1)
    print(f"a minute later: {len(courier.run().delivered)} more")
    for card in Room.cards:
        print("---", card["markdown"]["text"], sep="\n")
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()
