"""Tables and bars for a terminal."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("typer")
pytest.importorskip("rich")

from complaintflow.cli.printing import print_grid, progress_bar
from complaintflow.report.grid import Grid


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


GRID = Grid("Title", ("名称", "n"), (("[bold]a[/bold]", "10"), ("\x1b[31mred", "5")))


def test_a_pipe_gets_plain_columns(capsys: pytest.CaptureFixture[str]) -> None:
    print_grid(GRID)
    assert capsys.readouterr().out.splitlines()[1] == "名称            n"


def test_a_terminal_gets_a_table_and_data_are_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Terminal()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setenv("TERM", "dumb")
    print_grid(GRID)
    text = out.getvalue()
    assert "Title" in text
    assert "[bold]a[/bold]" in text
    assert "\x1b[31m" not in text


def test_a_bar_is_only_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    with progress_bar("running") as advance:
        assert advance is None
    err = Terminal()
    monkeypatch.setattr("sys.stderr", err)
    monkeypatch.setenv("TERM", "xterm")  # a dumb terminal cannot draw a bar
    with progress_bar("running") as advance:
        assert advance is not None
        advance(50, 100)
        advance(100, 100)
    assert "running" in err.getvalue()
