"""The pack `product_complaints`: what its scenario file alone cannot show."""

from __future__ import annotations

import shutil
from pathlib import Path

from complaintflow.gallery import pack_folder
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenario
from complaintflow.simulation.scenarios import load_scenarios

FOLDER = pack_folder("product_complaints")
FIGURES = {
    "plan_ordinary": "2 working days",
    "finish_ordinary": "7 working days",
    "opinion_urgent": "4 h",
    "finish_urgent": "3 working days",
}


def test_filled_in_by_a_file_that_includes_it_or_by_the_caller_it_says_the_same(
    tmp_path: Path,
) -> None:
    shutil.copytree(FOLDER, tmp_path / "base")
    shutil.copy(FOLDER / "calendar.toml", tmp_path)
    rows = [f'{code}.is = "{limit}"' for code, limit in FIGURES.items()]
    lines = ['include = ["base/policy.toml"]', "[parameters]", *rows]
    (tmp_path / "policy.toml").write_text("\n".join(lines), "utf-8")
    by_file = load_policy(tmp_path)
    by_caller = load_policy(FOLDER, parameters=FIGURES)
    assert by_file.duties == by_caller.duties
    assert by_file.open_items == by_caller.open_items
    blank = {item.code for item in load_policy(FOLDER).open_items}
    assert blank - {item.code for item in by_file.open_items} == set(FIGURES)


def test_where_the_saturday_is_not_worked_everything_ends_a_day_later(tmp_path: Path) -> None:
    folder = tmp_path / "product_complaints"
    shutil.copytree(FOLDER, folder)
    file = folder / "calendar.toml"
    text = file.read_text("utf-8")
    assert text.count('2026-05-09 = "fri"\n') == 1
    file.write_text(text.replace('2026-05-09 = "fri"\n', ""), "utf-8")
    policy = load_policy(folder)
    (may_day,) = (one for one in load_scenarios(folder, policy) if one.name.startswith("X4"))
    result = run_scenario(policy, may_day)
    came = {check.subject: (check.seen.passed, check.seen.came["en"]) for check in result.checks}
    assert came == {
        "plan.service_department": (True, "2026-05-07 17:00:00 (working days)"),
        "finish.service_department": (False, "2026-05-14 17:00:00 (working days)"),
    }
