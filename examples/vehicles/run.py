"""A car maker's complaints from the dealers' system to the customer's answer; prints what happens.

python examples/vehicles/run.py
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from complaint import DOMAIN, LOADER

from complaintflow import Desk, PolicyError, PolicyFileError, instant, load_policy

HERE = Path(__file__).parent
ROW: dict[str, Any] = {
    "vehicle": {"vin": "LSVAA4182E2123456", "model": "T5", "sold_on": "2025-02-01"},
    "dealer": "Wuhan East",
    "odometer_km": 30_000,
    "part": "brakes",
    "symptom": "pedal goes down to the floor",
    "reported_at": "2026-03-10 08:55:00",
    "driving": True,
}


def main() -> None:
    """Load, receive, answer."""
    policy = load_policy(HERE, domain=DOMAIN)
    print(f"{policy.id} {policy.version} knows {len(policy.facts)} facts")

    # A slip in a row of the dealers' system is found before anything is stored.
    try:
        LOADER({**ROW, "part": "break", "odometer_km": "30000"})
    except PolicyError as error:
        print(error)

    # A slip in the procedure is found when it is loaded, with its line.
    with TemporaryDirectory() as room:
        folder = Path(shutil.copytree(HERE, Path(room) / "vehicles"))
        text = (folder / "policy.toml").read_text("utf-8")
        (folder / "policy.toml").write_text(text.replace("(brakes,", "(breaks,"), "utf-8")
        try:
            load_policy(folder, domain=DOMAIN)
        except PolicyFileError as error:
            for problem in error.problems:
                print(f"policy.toml:{problem.line}: {problem.message}; {problem.suggestion}?")

    clock = instant("2026-03-10T09:30", "Asia/Shanghai")
    desk = Desk(policy, domain=DOMAIN, now=lambda: clock)
    case = desk.receive(LOADER(ROW), by="chen", role="service").case.id
    print(f"{case}: class {desk.case(case).answers['class']}")
    for owed in desk.owed(case):
        print(f"  {owed.duty} by {', '.join(owed.roles)} until {owed.due:%Y-%m-%d %H:%M}")
    print(desk.explain(case).text("en"))
    clock = clock.add(hours=2)
    desk.do(case, "secure", by="wu", role="quality", facts={"findings": "leaking hose"})
    desk.do(case, "answer", by="chen", role="service", facts={"measure": "new brakes"})
    print(f"{case}: {desk.case(case).state}, {desk.case(case).facts['vin']}")


if __name__ == "__main__":
    main()
