"""complaintflow.desk.people_file: a people file, its absences, and its mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaintflow.desk.people_file import load_people, loads_people
from complaintflow.errors import PeopleFileError
from complaintflow.moments import instant, to_micros

TEXT = """
timezone = "Asia/Shanghai"

[person.li]
name = "Li Na"
roles = "engineer"
team = "plant"
manager = "zhao"
substitutes = ["wu", "zhao"]
skills = ["brakes", "engine"]
weight = 2
calendar = "night"
addresses = { mail = "li@example.com" }
absent = [
  2026-03-10,
  "2026-03-16 to 2026-03-17",
  "2026-03-20 12:00 to 2026-03-20 17:00",
]

[person.wu]
roles = ["engineer", "lead"]
until = 2026-06-30

[person.zhao]
since = "2026-02-01"

[calendar.night]
timezone = "Asia/Shanghai"
week = { "mon-fri" = ["22:00-06:00"] }
"""


def at(wall: str) -> int:
    return to_micros(instant(wall, "Asia/Shanghai"))


class TestPeople:
    def test_everything_that_is_said_of_a_person(self) -> None:
        li = loads_people(TEXT).person("li", at("2026-03-09T09:00"))
        assert li is not None
        assert (li.name, li.roles, li.team, li.manager) == ("Li Na", ("engineer",), "plant", "zhao")
        assert (li.substitutes, li.weight) == (("wu", "zhao"), 2)
        assert li.skills == frozenset({"brakes", "engine"})
        assert dict(li.addresses) == {"mail": "li@example.com"}
        assert li.calendar is not None
        assert li.calendar.name == "night"

    @pytest.mark.parametrize(
        ("wall", "absent"),
        [
            ("2026-03-09T23:59:59", False),
            ("2026-03-10T00:00", True),
            ("2026-03-10T23:59:59", True),
            ("2026-03-11T00:00", False),
            ("2026-03-17T23:59", True),
            ("2026-03-18T00:00", False),
            ("2026-03-20T11:59", False),
            ("2026-03-20T12:00", True),
            ("2026-03-20T17:00", False),
        ],
    )
    def test_absences_are_whole_days_or_lie_between_two_times(
        self, wall: str, absent: bool
    ) -> None:
        li = loads_people(TEXT).person("li", at(wall))
        assert li is not None
        assert li.absent is absent

    def test_who_has_not_come_or_has_left_is_nobody(self) -> None:
        people = loads_people(TEXT)
        assert people.person("zhao", at("2026-01-31T23:59:59")) is None
        assert people.person("zhao", at("2026-02-01T00:00")) is not None
        assert [p.id for p in people.holders("engineer", at("2026-06-30T23:00"))] == ["li", "wu"]
        assert [p.id for p in people.holders("engineer", at("2026-07-01T00:00"))] == ["li"]
        assert people.person("nobody", 0) is None

    def test_it_is_found_in_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "people.toml").write_text(TEXT, "utf-8")
        assert len(load_people(tmp_path, roles=["engineer", "lead"]).entries) == 3


class TestMistakes:
    @pytest.mark.parametrize(
        ("old", "new", "path", "message", "meant"),
        [
            ('roles = "engineer"', 'roles = "enginer"', "person.li.roles", "no role is called 'enginer'", "engineer"),
            ('manager = "zhao"', 'manager = "zao"', "person.li.manager", "nobody is called 'zao'", "zhao"),
            ('manager = "zhao"', 'manager = "li"', "person.li.manager", "'li' is the very person", None),
            ('["wu", "zhao"]', '["zhaoo"]', "person.li.substitutes", "nobody is called 'zhaoo'", "zhao"),
            ("weight = 2", "weight = 0", "person.li.weight", "expected a whole number, 1 or more, got the number 0", None),
            ('calendar = "night"', 'calendar = "nite"', "person.li.calendar", "no calendar is called 'nite'", "night"),
            ("weight = 2", "wieght = 2", "person.li.wieght", "no key is called 'wieght' here", "weight"),
            ("until = 2026-06-30", 'until = "June"', "person.wu.until", "expected a date such as 2026-03-10, got the text 'June'", None),
            ("  2026-03-10,", '  "2026-03-10 12:00",', "person.li.absent[0]", "an absence that begins at a time says until when: '... to ...'", None),
            ("2026-03-16 to 2026-03-17", "2026-03-17 to 2026-03-16", "person.li.absent[1]", "this absence ends before it begins", None),
            ("2026-03-16 to 2026-03-17", "soon", "person.li.absent[1]", "expected a day, '2026-03-10 to 2026-03-14'", None),
            ('timezone = "Asia/Shanghai"\n\n', "\n", "", "say in which zone its dates are", None),
            ('"Asia/Shanghai"\n\n', '"Asia/Shanghi"\n\n', "timezone", "Asia/Shanghi", None),
        ],
    )  # fmt: skip
    def test_each_has_its_place(
        self, old: str, new: str, path: str, message: str, meant: str | None
    ) -> None:
        assert TEXT.count(old) >= 1
        with pytest.raises(PeopleFileError) as error:
            loads_people(TEXT.replace(old, new, 1), "people.toml", roles=["engineer", "lead"])
        problem = error.value.problems[0]
        assert problem.path == path
        assert message in problem.message
        assert problem.suggestion == meant
        assert problem.file == "people.toml"
        assert path == "" or (problem.line or 0) > 1

    def test_all_of_them_come_at_once(self) -> None:
        text = TEXT.replace('manager = "zhao"', 'manager = "zao"').replace(
            "weight = 2", "weight = 0"
        )
        with pytest.raises(PeopleFileError, match="2 problems") as error:
            loads_people(text)
        assert [problem.line for problem in error.value.problems] == [8, 11]

    def test_what_is_no_toml_is_a_problem(self) -> None:
        with pytest.raises(PeopleFileError, match="this is not TOML"):
            loads_people(TEXT + "\n[person.x\n")
