"""The door: exit statuses, and words instead of tracebacks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from complaintflow import cli
from complaintflow.cli import main
from complaintflow.errors import RegisterError

pytest.importorskip("typer")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    from complaintflow.cli.app import COMMANDS

    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n  {name} " in out for name in COMMANDS)


def test_no_arguments_are_a_question_for_help(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    assert "Usage: complaintflow" in "".join(capsys.readouterr())


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("complaintflow ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["runn"], "No such command 'runn'"),
        (["run", "--mapping"], "requires an argument"),
        (["run", "oem_suplier"], "did you mean 'oem_supplier'"),
        (["run", "oem_supplier", "nothing.csv"], "there is no such file"),
        (["run", "--until", "soon"], "expected a date and time such as"),
        (["run", "--db", "nonsense"], "expected a URL such as sqlite:///cases.db"),
        (["run", "--db", "sqlite:///no/such/folder/cases.db"], "unable to open database file"),
        (["diagram", "nothing"], "no pack, folder or file is called 'nothing'"),
        (["due", "soon", "24 h"], "expected a date and time such as"),
        (["due", "2026-03-10T09:00", "24 hurs"], "hours"),
        (["due", "2026-03-10T09:00", "24 h", "--policy", "nothing"], "no pack"),
    ],
)
def test_mistakes_are_said_in_words_and_end_with_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert "Traceback" not in captured.err
    assert captured.out == ""


def test_even_what_should_not_happen_is_said_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: list[str]) -> int:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(cli, "_run", broken)
    monkeypatch.delenv("COMPLAINTFLOW_DEBUG", raising=False)
    assert main(["run"]) == 2
    assert "this should not happen: ZeroDivisionError: by zero" in capsys.readouterr().err
    monkeypatch.setenv("COMPLAINTFLOW_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["run"])


def test_an_interruption(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", interrupted)
    assert main(["run"]) == 130
    assert capsys.readouterr().err == "interrupted\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe with a name")
def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    """The register is a pipe that nobody writes to, so that the run waits."""
    pipe = tmp_path / "register.csv"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [sys.executable, "-m", "complaintflow.cli", "run", "oem_supplier", str(pipe)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    writer = pipe.open("wb")  # returns when the other side has opened it
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    writer.close()
    assert (process.returncode, out, err.strip()) == (130, "", "interrupted")


def test_problems_come_with_their_places(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from complaintflow.errors import Problem

    def wrong(_: list[str]) -> int:
        raise RegisterError("m.toml cannot be used", (Problem("no", "m.toml", 3),))

    monkeypatch.setattr(cli, "_run", wrong)
    assert main([]) == 2
    assert capsys.readouterr().err == "m.toml cannot be used\n  m.toml:3: no\n"


def without(*modules: str, arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a Python that cannot import *modules*."""
    hide = f"import sys; sys.modules.update(dict.fromkeys({modules!r}))"
    code = f"{hide}; from complaintflow.cli import main; sys.exit(main({arguments!r}))"
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
    )


@pytest.mark.parametrize(
    ("module", "arguments", "extra"),
    [
        ("typer", ["run"], "complaintflow[cli]"),
        ("sqlalchemy", ["run", "--db", "sqlite:///cases.db"], "complaintflow[sql]"),
    ],
)
def test_a_missing_extra_is_named(
    module: str, arguments: list[str], extra: str, tmp_path: Path
) -> None:
    done = without(module, arguments=arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert extra in done.stderr
    assert "Traceback" not in done.stderr


def test_the_main_job_needs_no_other_extra(tmp_path: Path) -> None:
    """What the quick start installs: cli and xlsx."""
    others = ("sqlalchemy", "psycopg", "holidays", "icalendar", "numpy", "z3", "pytest")
    done = without(*others, arguments=["run"], folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 rejected" in done.stdout


def test_without_openpyxl_the_example_is_the_csv_file(tmp_path: Path) -> None:
    done = without("openpyxl", arguments=["run", "--json"], folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"rejected":0' in done.stdout


def test_a_reader_that_has_had_enough(tmp_path: Path) -> None:
    code = "from complaintflow.cli import main; import sys; sys.exit(main(['run', '--json']))"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()
