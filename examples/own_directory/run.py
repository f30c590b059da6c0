"""A desk that asks a personnel system who people are.

python examples/own_directory/run.py
"""

from __future__ import annotations

import sqlite3

from staff import TABLES, Staff

from complaintflow import Desk, instant
from complaintflow.moments import to_micros
from complaintflow.policyfile import loads

POLICY = """
policy = { id = "lifts", version = "1", semantics = 1, calendar = "works", final = ["closed"] }
roles = { desk = "1", fitter = "2" }
[facts]
make = "one of: north, south"
[step]
receive = { clause = "1", by = "desk", to = "open", asks = ["make"] }
close = { clause = "2", by = "fitter", from = "open", to = "closed" }
[route]
fitter = { clause = "2", by = "skill make, least loaded" }
[calendar.works]
timezone = "Europe/Vienna"
week = { mon-fri = ["08:00-17:00"] }
"""
NOW = instant("2026-03-10 09:00", "Europe/Vienna")


def company() -> sqlite3.Connection:
    """Four people, one of them on leave."""

    def at(wall: str) -> int:
        return to_micros(instant(wall, "Europe/Vienna"))

    always = (at("2026-01-01 00:00"), at("2099-01-01 00:00"))
    posts = (("eva", "desk"), ("max", "fitter"), ("mia", "fitter"), ("leo", "fitter"))
    tables = sqlite3.connect(":memory:")
    tables.executescript(TABLES)
    tables.executemany(
        "INSERT INTO staff VALUES (?, ?, 'plant', NULL, ?)",
        [(who, who.title(), f"{who}@example.com") for who, _ in posts],
    )
    tables.executemany("INSERT INTO post VALUES (?, ?, ?, ?)", [(*post, *always) for post in posts])
    skills = (("max", "north"), ("max", "south"), ("mia", "north"), ("leo", "south"))
    tables.executemany("INSERT INTO skill VALUES (?, ?)", skills)
    leave = ("max", at("2026-03-09 00:00"), at("2026-03-14 00:00"))
    tables.execute("INSERT INTO leave VALUES (?, ?, ?)", leave)
    tables.execute("INSERT INTO stands_in VALUES ('max', 'leo', 1)")
    return tables


def main() -> None:
    """Receive a complaint, let Max come back, receive another, and look at both."""
    tables = company()
    desk = Desk(loads(POLICY), directory=Staff(tables), now=lambda: NOW)

    def receive() -> str:
        return desk.receive({"make": "north"}, by="eva", role="desk").case.id

    first = receive()
    tables.execute("DELETE FROM leave")
    for number in (first, receive()):
        (line,) = (one for one in desk.explain(number).story if one.key == "assigned")
        print(f"{number}: {line.text_en}")


if __name__ == "__main__":
    main()
