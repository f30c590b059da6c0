"""Tables of many rows: one scenario for each, with ``{column}`` filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from complaintflow.policyfile.places import Path
from complaintflow.simulation.scenarios.node import Node

__all__ = ["filled_in"]

_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_OWN = ("columns", "rows")


def filled_in(node: Node) -> Iterator[tuple[Node, int]]:
    """The scenario at *node* once for each of its rows, with the number of the row from 1.

    A scenario without rows comes once, as it stands, with the number 0. A text that is nothing
    but ``{column}`` becomes the value of the cell, whatever its type.
    """
    value = node.value
    if not isinstance(value, dict) or not any(key in value for key in _OWN):
        yield node, 0
        return
    columns = _columns(node, value.get("columns"))
    rows = value.get("rows")
    if not isinstance(rows, list) or not rows:
        node.complain("a table has columns = ['a', 'b'] and rows = [[1, 2], [3, 4]]")
        return
    rest = {key: part for key, part in value.items() if key not in _OWN}
    for at, name in enumerate(columns):
        if f"{{{name}}}" not in str(rest):
            message = f"the column {name!r} is used nowhere; write {{{name}}} where it belongs"
            node.reading.complain((*node.path, "columns", at), message)
    for number, row in enumerate(rows if columns else ()):
        path = (*node.path, "rows", number)
        if not isinstance(row, list) or len(row) != len(columns):
            got = len(row) if isinstance(row, list) else "none"
            message = f"a row has {len(columns)} cells, one for each column, got {got}"
            node.reading.complain(path, message)
            continue
        cells = {
            name: (cell, (*path, at))
            for at, (name, cell) in enumerate(zip(columns, row, strict=True))
        }
        filled = _fill(node, node.path, rest, cells)
        yield Node(node.reading, node.path, filled), number + 1
        node.reading.moved.clear()
        node.reading.renamed.clear()


def _columns(node: Node, value: object) -> tuple[str, ...]:
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return tuple(value)
    node.complain("columns are a list of names: columns = ['cause', 'units']")
    return ()


_Cells = Mapping[str, tuple[object, Path]]


def _fill(node: Node, path: Path, value: object, cells: _Cells) -> object:
    match value:
        case str():
            whole = _PLACE.fullmatch(value)
            if whole and whole[1] in cells:
                cell, origin = cells[whole[1]]
                node.reading.moved[path] = origin
                return cell
            return _PLACE.sub(lambda match: _text(node, path, match, cells), value)
        case list():
            return [_fill(node, (*path, at), part, cells) for at, part in enumerate(value)]
        case dict():
            return _table(node, path, value, cells)
        case _:
            return value


def _table(node: Node, path: Path, value: Mapping[str, object], cells: _Cells) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, part in value.items():
        name = _PLACE.sub(lambda match, key=key: _text(node, (*path, key), match, cells), key)  # type: ignore[misc]
        if name != key:
            node.reading.renamed[(*path, name)] = key
        found[name] = _fill(node, (*path, name), part, cells)
    return found


def _text(node: Node, path: Path, match: re.Match[str], cells: _Cells) -> str:
    if match[1] in cells:
        cell = cells[match[1]][0]
        if isinstance(cell, bool):
            return "yes" if cell else "no"
        return ", ".join(map(str, cell)) if isinstance(cell, list) else str(cell)
    Node(node.reading, path, None).unknown("column", match[1], tuple(cells))
    return match[0]
