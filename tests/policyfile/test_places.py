"""Every path of a TOML text resolves to the line and column where it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.policyfile.places import Path, Place, Places, dotted

POLICIES = sorted((FilePath(__file__).parent / "policies").glob("*.toml"))


def paths_of(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every path below *value*, with what stands there."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield (*path, key), part
            yield from paths_of(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield (*path, index), part
            yield from paths_of(part, (*path, index))


def at(text: str, place: Place | None) -> str:
    """The text that begins at *place*."""
    assert place is not None
    return text.split("\n")[place.line - 1][place.column - 1 :]


# -- one by one ---------------------------------------------------------------------------


def test_a_key_and_its_value() -> None:
    places = Places('# head\n\n  name  =  "value"  # tail\n')
    assert places.key(("name",)) == Place(3, 3)
    assert places.value(("name",)) == Place(3, 12)


def test_one_key_fifty_times() -> None:
    """The same key in fifty rows: each row has its own line."""
    rows = [f'row_{n} = {{ clause = "C", within = "{n} h" }}' for n in range(50)]
    text = "[duty]\n" + "\n".join(rows)
    places = Places(text)
    for n in range(50):
        assert places.key(("duty", f"row_{n}", "within")) == Place(
            n + 2, text.split("\n")[n + 1].index("within") + 1
        )
        assert at(text, places.value(("duty", f"row_{n}", "within"))).startswith(f'"{n} h"')


def test_one_key_fifty_times_in_tables() -> None:
    text = "".join(f'[duty.d{n}]\nclause = "C{n}"\nwithin = "{n} h"\n' for n in range(50))
    places = Places(text)
    for n in range(50):
        assert places.key(("duty", f"d{n}", "within")) == Place(3 * n + 3, 1)
        assert at(text, places.value(("duty", f"d{n}", "clause"))) == f'"C{n}"'


def test_one_key_fifty_times_in_arrays_of_tables() -> None:
    text = "".join(f'[[rule]]\nwhen = "w{n}"\n[rule.inner]\nwhen = "v{n}"\n' for n in range(50))
    places = Places(text)
    for n in range(50):
        assert places.key(("rule", n)) == Place(4 * n + 1, 3)
        assert at(text, places.value(("rule", n, "when"))) == f'"w{n}"'
        assert at(text, places.value(("rule", n, "inner", "when"))) == f'"v{n}"'


def test_dotted_and_quoted_keys() -> None:
    text = "A.\"C1.1\" = 'one'\n'B' . C1 = 'two'\n\"a\\u0062c\" = 3\n"
    places = Places(text)
    assert places.key(("A", "C1.1")) == Place(1, 3)
    assert at(text, places.value(("A", "C1.1"))) == "'one'"
    assert places.key(("B", "C1")) == Place(2, 7)
    assert places.key(("abc",)) == Place(3, 1)


def test_arrays_over_several_lines() -> None:
    text = 'a = [  # first\n  "x",\n\n  { b = 1 }, # second\n  [2,\n   3],\n]\nc = 4\n'
    places = Places(text)
    assert places.value(("a", 0)) == Place(2, 3)
    assert places.key(("a", 1, "b")) == Place(4, 5)
    assert places.value(("a", 2, 1)) == Place(6, 4)
    assert places.key(("c",)) == Place(8, 1)


def test_multi_line_strings() -> None:
    text = 'a = """\none\n"quoted" \\\n   two"""\nb = \'\'\'\n[c]\n\'\'\'\nd = 1\n'
    places = Places(text)
    value = tomllib.loads(text)["a"]
    assert places.inside(("a",), value.index("one")) == Place(2, 1)
    assert places.inside(("a",), value.index("two")) == Place(4, 4)
    assert ("c",) not in places
    assert places.key(("d",)) == Place(8, 1)


def test_a_character_behind_escapes() -> None:
    text = 'a = "\\t\\u00e9\\\\x > 1"'
    value = tomllib.loads(text)["a"]
    places = Places(text)
    assert at(text, places.inside(("a",), value.index(">"))) == '> 1"'
    assert at(text, places.inside(("a",), 1)).startswith("\\u00e9")


def test_a_word_in_a_text_and_in_a_key() -> None:
    text = '"loss, claim" = "money"\nwhen = "closs.x > loss"\n'
    places = Places(text)
    index = places.find(("loss, claim",), "claim", key=True)
    assert index is not None
    assert at(text, places.inside(("loss, claim",), index, key=True)).startswith('claim"')
    assert places.find(("when",), "loss") == 10
    assert places.find(("when",), "claim") is None
    assert places.find(("nothing",), "loss") is None


def test_windows_line_ends() -> None:
    places = Places("a = 1\r\nb = 2\r\n")
    assert places.key(("b",)) == Place(2, 1)


def test_an_unknown_path_has_no_place() -> None:
    assert Places("a = 1").key(("b",)) is None
    assert Places("a = 1").value(("b", 0)) is None


def test_a_broken_statement_does_not_hide_the_others() -> None:
    text = 'a = [1, 2\nb = "x"\nc = = 3\n[d\ne = 1\n[f]\ng = {h = 1\ni = 2\n'
    places = Places(text)
    assert places.key(("b",)) == Place(2, 1)
    assert places.key(("f", "i")) == Place(8, 1)
    assert [good for _, _, good in places.statements] == [
        False,
        True,
        False,
        False,
        True,
        True,
        False,
        True,
    ]


def test_doubles_are_noted_once_each() -> None:
    places = Places("a = 1\na = 2\n[b]\nc = 1\n[b]\n")
    assert [path for path, _ in places.doubles] == [("a",), ("b",)]
    assert places.value(("a",)) == Place(1, 5)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (("duty", "x", "rungs", 0, "to"), "duty.x.rungs[0].to"),
        (("A", "C1.1"), 'A."C1.1"'),
        (("a, b",), '"a, b"'),
        (("工作",), '"工作"'),
        ((), ""),
    ],
)
def test_dotted(path: Path, shown: str) -> None:
    assert dotted(path) == shown


# -- laws ---------------------------------------------------------------------------------


@pytest.mark.parametrize("file", POLICIES, ids=lambda file: str(file.stem))
def test_every_path_of_a_policy(file: FilePath) -> None:
    text = file.read_text("utf-8")
    check(text)


def check(text: str) -> None:
    """Every path is found where its key, and a part of its value, stand."""
    places = Places(text)
    for path, value in paths_of(tomllib.loads(text)):
        last = path[-1]
        if isinstance(last, str):
            line = at(places.text, places.key(path))
            keys = (last, f"'{last}'", repr_key(last))
            assert line.startswith(tuple(key for key in keys if key)), (path, line)
        if isinstance(value, str) and value.isprintable() and value and '"' not in value:
            if "\\" not in value and "'" not in value:
                where = places.inside(path, 0)
                assert at(places.text, where).startswith(value[:1])
        elif isinstance(value, (bool, int)):
            shown = str(value).lower()
            assert at(places.text, places.value(path)).startswith(shown), path


def repr_key(key: str) -> str:
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


KEYS = st.one_of(
    st.sampled_from(["a", "b", "clause", "C1.1", "x y", "9", "-", "工"]),
    st.text("abc.=[]{}#'", min_size=1, max_size=4),
)
SCALARS = st.one_of(
    st.booleans(), st.integers(-99, 99), st.text("abc\\\"'#=[]{}\n\té工, ", max_size=12)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)
TREES = st.dictionaries(
    KEYS, st.one_of(VALUES, st.dictionaries(KEYS, VALUES, max_size=4)), max_size=5
)


class Writer:
    """Writes a tree as TOML in one of many ways, and remembers where everything went."""

    def __init__(self, draw: st.DataObject) -> None:
        self.draw = draw
        self.text = ""
        self.keys: dict[Path, int] = {}
        self.values: dict[Path, int] = {}

    def choose(self, *ways: str) -> str:
        return self.draw.draw(st.sampled_from(ways))

    def line(self) -> int:
        return self.text.count("\n") + 1

    def key(self, key: str) -> None:
        bare = key.isascii() and key.replace("-", "a").replace("_", "a").isalnum()
        literal = "'" not in key
        ways = [repr_key(key)] + ([key] if bare else []) + ([f"'{key}'"] if literal else [])
        self.text += self.choose(*ways)

    def value(self, value: Any, path: Path) -> None:
        self.values[path] = self.line()
        if isinstance(value, bool):
            self.text += "true" if value else "false"
        elif isinstance(value, int):
            self.text += str(value)
        elif isinstance(value, str):
            self.string(value)
        elif isinstance(value, list):
            gap = self.choose("", " ", "\n  ", " # one ] \n")
            self.text += "[" + gap
            for index, part in enumerate(value):
                self.value(part, (*path, index))
                self.text += self.choose(",", " ,\n", ", # two [\n")
            self.text += "]"
        else:
            self.text += "{ "
            for index, (key, part) in enumerate(value.items()):
                self.text += ", " if index else ""
                self.pair(key, part, (*path, key))
            self.text += " }"

    def string(self, value: str) -> None:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        ways = ['"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"', f'"""\n{escaped}"""']
        if "'" not in value:
            ways.append(f"'''\n{value}'''")
            if "\n" not in value:
                ways.append(f"'{value}'")
        self.text += self.choose(*ways)

    def pair(self, key: str, value: Any, path: Path) -> None:
        self.keys[path] = self.line()
        self.key(key)
        self.text += self.choose("=", " = ", "\t=  ")
        self.value(value, path)

    def document(self, tree: dict[str, Any]) -> None:
        for key, value in tree.items():
            if not isinstance(value, dict):
                self.pair(key, value, (key,))
                self.text += self.choose("\n", "  # tail\n", "\n\n")
        for key, value in tree.items():
            if isinstance(value, dict):
                self.text += self.choose("", "\n", "# note\n")
                self.keys[(key,)] = self.line()
                self.text += self.choose("[", "[ ", "  [")
                self.key(key)
                self.text += self.choose("]\n", " ] # head\n")
                for inner, part in value.items():
                    self.pair(inner, part, (key, inner))
                    self.text += "\n"


@given(st.data(), TREES)
def test_every_path_of_any_document(data: st.DataObject, tree: dict[str, Any]) -> None:
    writer = Writer(data)
    writer.document(tree)
    assert tomllib.loads(writer.text) == tree
    places = Places(writer.text)
    for path, value in paths_of(tree):
        if path in writer.keys:
            key = places.key(path)
            assert key is not None
            assert key.line == writer.keys[path], path
        if path in writer.values:
            found = places.value(path)
            assert found is not None
            assert found.line == writer.values[path], path
        if isinstance(value, str):
            assert_content(places, path, value)
    assert not places.doubles
    assert all(good for _, _, good in places.statements)


def assert_content(places: Places, path: Path, value: str) -> None:
    """Each plain character of a text is found where it stands."""
    for index, character in enumerate(value):
        if character in "abc工é#=[]{}":
            assert at(places.text, places.inside(path, index)).startswith(character)


@given(st.text("ab.=[]{}\"'\\#,\n $1", max_size=60))
def test_any_text_is_scanned(text: str) -> None:
    """No text is too broken, and where it is TOML every path has a place."""
    places = Places(text)
    for first, last, _ in places.statements:
        assert 1 <= first <= last <= places.lines
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    for path, _ in paths_of(tree):
        assert places.key(path) is not None, path


def test_scanning_is_linear() -> None:
    """Twice the text, about twice the work: counted in steps, not in time."""
    import sys

    def steps(text: str) -> int:
        count = 0

        def tracer(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(tracer)
        try:
            Places(text)
        finally:
            sys.setprofile(None)
        return count

    for unit in ('a = ["\n', "[x\n", 'a = """\n', "a.b.c = { d = [1, 2\n", "x = 'y'\n"):
        once, twice = steps(unit * 200), steps(unit * 400)
        assert twice < 2.6 * once, unit
