"""A run that is killed, anywhere, and started again ends as if nothing had happened."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("typer")

EXAMPLE = Path(__file__).parents[2] / "src/complaintflow/gallery/oem_supplier/example"


CASES = 16


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The first complaints of the packed example, and what was done about them."""
    for name, encoding in (("register-gbk.csv", "gbk"), ("events.csv", "utf-8-sig")):
        head, *lines = (EXAMPLE / name).read_text(encoding).splitlines(keepends=True)
        kept = [line for line in lines if int(line[len("KS2026-") :][:3]) <= CASES]
        (tmp_path / name).write_text("".join([head, *kept]), encoding)
    return tmp_path


def command(db: Path, folder: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "complaintflow.cli",
        "run",
        "oem_supplier",
        str(folder / "register-gbk.csv"),
        "--mapping",
        str(EXAMPLE / "mapping.toml"),
        "--events",
        str(folder / "events.csv"),
        "--db",
        f"sqlite:///{db}",
        "--rejected",
        str(folder / "rejected.csv"),
        "--json",
    ]


def finish(db: Path, folder: Path) -> str:
    done = subprocess.run(
        command(db, folder), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def wait_for(db: Path, size: int, process: subprocess.Popen[bytes]) -> None:
    """Until the database and its journal have grown to *size* bytes, or the run has ended."""
    wal = db.with_name(db.name + "-wal")
    while process.poll() is None:
        written = sum(path.stat().st_size for path in (db, wal) if path.exists())
        if written >= size:
            return
        time.sleep(0.002)


def test_killed_at_ten_random_points(folder: Path) -> None:
    """Points are sizes of what is written, so that they lie all over the run on any machine."""
    whole = folder / "whole.db"
    expected = finish(whole, folder)
    size = whole.stat().st_size
    points = random.Random(2026)
    broken = folder / "broken.db"
    killed = 0
    for share in sorted(points.uniform(0.05, 0.85) for _ in range(10)):
        process = subprocess.Popen(
            command(broken, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(broken, int(size * share), process)
        time.sleep(points.uniform(0, 0.05))
        process.kill()
        killed += process.wait() != 0
    assert killed == 10
    assert finish(broken, folder) == expected


def test_killed_in_the_first_moments(folder: Path) -> None:
    expected = finish(folder / "whole.db", folder)
    for number in range(3):
        broken = folder / f"broken-{number}.db"
        process = subprocess.Popen(
            command(broken, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(broken, 1, process)
        process.kill()
        assert process.wait() != 0
        assert finish(broken, folder) == expected
