"""The public surface, and what importing it costs."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import complaintflow

pytestmark = pytest.mark.smoke

EXTRAS = {
    "cli": ("typer", "rich"),
    "holidays": ("holidays", "icalendar", "recurring_ical_events"),
    "notify": ("jinja2",),
    "numpy": ("numpy",),
    "postgres": ("psycopg",),
    "sql": ("sqlalchemy",),
    "test": ("hypothesis", "pytest"),
    "verify": ("z3",),
    "xlsx": ("openpyxl", "xlsxwriter"),
}
OPTIONAL = {name for names in EXTRAS.values() for name in names}
MODULES = sorted(
    info.name
    for info in pkgutil.walk_packages(complaintflow.__path__, "complaintflow.")
    if not info.name.endswith("__main__")
)


def loaded_after(code: str) -> set[str]:
    """The top-level modules that are loaded once *code* has run in a fresh interpreter."""
    script = f"import sys\n{code}\nprint(' '.join({{n.partition('.')[0] for n in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_all_names_what_a_user_can_reach() -> None:
    """``complaintflow.__all__`` is sorted and is exactly the public surface."""
    assert dir(complaintflow) == sorted(complaintflow.__all__)
    assert list(complaintflow.__all__) == sorted(complaintflow.__all__)
    for name in complaintflow.__all__:
        try:
            assert getattr(complaintflow, name) is not None
        except ImportError as error:
            assert re.search(r"complaintflow\[\w+\]", str(error)), f"{name}: {error}"


def test_an_unknown_name_is_an_attribute_error() -> None:
    misspelt = "WorkingCalender"
    with pytest.raises(AttributeError, match=misspelt):
        getattr(complaintflow, misspelt)


def test_the_bare_import_loads_nothing_else() -> None:
    heavy = {"attrs", "cattrs", "pendulum", "transitions", "tomli_w"} | OPTIONAL
    assert not loaded_after("import complaintflow") & heavy


def test_the_calendar_alone_is_light() -> None:
    heavy = {"cattrs", "transitions", "tomli_w"} | OPTIONAL
    assert not loaded_after("from complaintflow import WorkingCalendar") & heavy


@pytest.mark.parametrize("name", MODULES)
def test_every_module_imports_or_lacks_an_extra(name: str) -> None:
    """The bare install is a product: nothing but a missing extra keeps a module from loading."""
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        assert (error.name or "").partition(".")[0] in OPTIONAL, error
    except ImportError as error:
        assert re.search(r"complaintflow\[\w+\]", str(error)), error


def test_every_module_says_what_it_is() -> None:
    for name in MODULES:
        try:
            assert importlib.import_module(name).__doc__, name
        except ImportError:
            continue


def test_the_installed_package_is_the_one_described() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    described = project["project"]
    installed = metadata.metadata("complaintflow")
    assert installed["Version"] == described["version"]
    assert set(installed.get_all("Provides-Extra") or ()) == set(described["optional-dependencies"])
    assert set(described["optional-dependencies"]) == {*EXTRAS, "all"}


def test_type_checkers_see_every_public_name() -> None:
    """``tests/typing/api.py`` is read by mypy and basedpyright; it must not leave a name out."""
    calls = (Path(__file__).parent / "typing" / "api.py").read_text("utf-8")
    imported = re.search(r"from complaintflow import \(([^)]+)\)", calls)
    assert imported is not None
    assert set(complaintflow.__all__) == set(re.findall(r"\w+", imported[1]))
