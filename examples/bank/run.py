"""A bank's complaint, from the branch to the final answer; prints what happens.

python examples/bank/run.py
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from complaint import DOMAIN, BankComplaint, Channel, Circumstance, Subject

from complaintflow import Desk, Money, RefusedError, instant, load_policy

HERE = Path(__file__).parent
COMPLAINT = BankComplaint(
    customer="Anna Gruber",
    received_at=instant("2026-03-16T10:00", "Europe/Vienna"),
    subject=Subject.TRANSFER,
    channel=Channel.BRANCH,
    branch="Graz",
    description="My pension came eleven days late",
    claim=Money("1200", "EUR"),
    due_on=dt.date(2026, 3, 2),
    booked_on=dt.date(2026, 3, 13),
    circumstances=frozenset({Circumstance.PENSION}),
)


def main() -> None:
    """Receive, look into, be refused, answer."""
    policy = load_policy(HERE, domain=DOMAIN)
    clock = instant("2026-03-16T11:30", "Europe/Vienna")
    desk = Desk(policy, domain=DOMAIN, now=lambda: clock)
    # The complaint says itself when it was received, so it may be entered later.
    case = desk.receive(COMPLAINT, by="huber", role="branch_desk").case.id
    view = desk.case(case)
    print(f"{case}: received {view.received:%Y-%m-%d %H:%M}, {view.answers}")
    print(f"lost interest: {view.facts['interest']}")

    desk.do(case, "acknowledge", by="moser", role="office")
    found = {"findings": "our mistake", "compensation": Money("3", "EUR")}
    desk.do(case, "look_into", key="office", by="moser", role="office", facts=found)
    try:
        desk.do(case, "final_answer", by="moser", role="office", facts={"answer_text": "Sorry"})
    except RefusedError as error:
        print(error)
        print(error.refused.text("zh"))
    desk.note(case, {"compensation": Money("3.25", "EUR")}, by="moser", role="office")
    desk.do(case, "final_answer", by="moser", role="office", facts={"answer_text": "Sorry"})
    print(f"{case}: {desk.case(case).state}")


if __name__ == "__main__":
    main()
