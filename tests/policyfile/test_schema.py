"""The published schema is current, and takes every policy that the loader takes."""

from __future__ import annotations

import datetime as _dt
import json
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from complaintflow.policyfile.language import LANGUAGE, PARTS, keys
from complaintflow.policyfile.schema import schema, schema_text

PACKS = files("complaintflow") / "gallery"
HERE = Path(__file__).parent / "policies"
TEXTS = {
    **{file.stem: file.read_text("utf-8") for file in sorted(HERE.glob("*.toml"))},
    **{
        f"pack {pack.name}": (pack / "policy.toml").read_text("utf-8")
        for pack in PACKS.iterdir()
        if (pack / "policy.toml").is_file()
    },
}


def plain(value: Any) -> Any:
    """TOML as JSON has it: dates as text."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, (_dt.date, _dt.time)) else value


def errors(data: Any) -> list[str]:
    jsonschema.Draft202012Validator.check_schema(schema())
    found = jsonschema.Draft202012Validator(schema()).iter_errors(plain(data))
    return [error.json_path for error in found]


def test_the_published_file_is_current() -> None:
    published = files("complaintflow.policyfile") / "policy.schema.json"
    assert published.read_text("utf-8") == schema_text()
    assert json.loads(schema_text()) == schema()


@pytest.mark.parametrize("name", TEXTS)
def test_every_policy_fits(name: str) -> None:
    assert errors(tomllib.loads(TEXTS[name])) == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda data: data["policy"].pop("id"), "$.policy"),
        (lambda data: data["policy"].update(semantics=2), "$.policy.semantics"),
        (lambda data: data.update(dutty={}), "$"),
        (lambda data: data["duty"]["reply"].update(kind="x"), "$.duty.reply.kind"),
        (lambda data: data["duty"]["reply"].update(wihtin="1 h"), "$.duty.reply"),
        (lambda data: data["duty"]["reply"]["rungs"][0].update(when="x"), "$.duty.reply.rungs[0]"),
        (lambda data: data["step"]["close"]["needs"][0].pop("when"), "$.step.close.needs"),
        (lambda data: data["facts"].update(x="yes/know"), "$.facts.x"),
        (lambda data: data["facts"].update({"x y": "text"}), "$.facts"),
        (lambda data: data["decide"]["grade"].update(pick="best"), "$.decide.grade.pick"),
        (lambda data: data["decide"]["grade"].update(A="loss"), "$.decide.grade.A"),
        (lambda data: data["names"].update(desk=["Desk"]), "$.names.desk"),
        (lambda data: data["policy"]["conventions"].update(x=1), "$.policy.conventions"),
        (lambda data: data["policy"].update(conventions={"end": "x"}), "$.policy.conventions"),
    ],
)
def test_what_does_not_fit(change: Callable[[Any], object], path: str) -> None:
    data = tomllib.loads(TEXTS["small"])
    change(data)
    assert errors(data) == [path]


def test_every_key_is_described_once() -> None:
    for table in (LANGUAGE, PARTS):
        for name, section in table.items():
            assert section.says
            assert len(set(keys(name))) == len(section.keys)
            assert all(key.says for key in section.keys)
