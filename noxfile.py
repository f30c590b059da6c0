"""Every check of the project, each in an environment of its own: ``nox`` runs them all.

Versions, extras and dependency groups come from pyproject.toml. ``nox --list`` names the
sessions; those marked with a dash run on demand only (``nox -s bench``).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nox

PYPROJECT = nox.project.load_toml("pyproject.toml")
VERSIONS = nox.project.python_versions(PYPROJECT)
ROOT = Path(__file__).parent
PACKAGE = ROOT / "src" / "complaintflow"


def backend() -> str:
    """uv where it is installed and gets at the packages, else virtualenv with pip.

    Behind a company's own index or certificate often only pip is set up.
    """
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv is None:
        return "virtualenv"
    ask = ("pip", "install", "--dry-run", "--refresh-package=hatchling", "-p", sys.executable)
    patience = {"UV_HTTP_TIMEOUT": "10", "UV_HTTP_RETRIES": "1"}
    tried = subprocess.run(
        [uv, *ask, "--upgrade", "hatchling"],
        env={**os.environ, **patience},
        capture_output=True,
        check=False,
    )
    return "uv" if tried.returncode == 0 else "virtualenv"


def group(name: str) -> list[str]:
    """The requirements of one dependency group."""
    return list(nox.project.dependency_groups(PYPROJECT, name))


def interpreter(version: str) -> str | None:
    """A Python of *version* that really starts, or None.

    A name on the PATH may be a shim that only says "not activated", so each is tried.
    """
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    paths = sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"))
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    for name in (f"python{version}", *map(str, paths)):
        if shutil.which(name):
            answer = subprocess.run([name, "-c", ask], capture_output=True, text=True, check=False)
            if answer.stdout.strip() == version:
                return name if name in map(str, paths) else version
    return None


os.environ["UV_PYTHON_DOWNLOADS"] = "never"
os.environ.setdefault("UV_SYSTEM_CERTS", "true")
nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = backend()
nox.options.envdir = os.environ.get("NOX_ENVDIR", ".nox")
nox.options.error_on_external_run = True
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"

OLDEST = VERSIONS[0]
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"
MAIN = (interpreter(OLDEST) if RUNNING != OLDEST else None) or sys.executable
"""The oldest supported Python, or where it does not exist the one that nox itself runs on."""
OTHERS = [
    found
    for version in VERSIONS
    if version != (RUNNING if sys.executable == MAIN else OLDEST)
    and (found := interpreter(version))
]


@nox.session(python=MAIN)
def lint(session: nox.Session) -> None:
    """Style and format, as ruff sees them."""
    session.install(*group("lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session(python=MAIN)
def layers(session: nox.Session) -> None:
    """Imports point down only; and the contract notices when one does not."""
    session.install("-e", ".", *group("lint"), *group("tests"))
    session.run("lint-imports")
    session.run("pytest", "tests/test_layers.py")


@nox.session(python=MAIN)
def types(session: nox.Session) -> None:
    """Mypy, strictly, on everything; basedpyright on what users see."""
    session.install("-e", ".[all]", *group("types"), *group("docs"))
    session.run("mypy")
    if (ROOT / "tests" / "typing").is_dir():
        # Told which Python, or it would take a .venv that it finds in the folder.
        session.run("basedpyright", "--pythonpath", str(Path(session.bin) / "python"))


@nox.session(python=MAIN)
def docs(session: nox.Session) -> None:
    """Build the site, any warning an error, and run every example on its pages."""
    session.install(".[all]", *group("docs"), *group("tests"))
    html = Path(session.create_tmp()) / "html"
    session.run("sphinx-build", "-W", "--keep-going", "-q", "-b", "html", "docs", str(html))
    outside = re.compile(r"""<(?:script|link|img)[^>]+(?:src|href)=["'](?:https?:)?//[^"']+""")
    for page in sorted(html.rglob("*.html")):
        if found := outside.search(page.read_text("utf-8")):
            session.error(f"{page.name} loads something from outside: {found[0]}")
    session.run("pytest", "docs")


@nox.session(python=MAIN)
def examples(session: nox.Session) -> None:
    """Check and test every packed procedure and every example folder, as a user would."""
    packs = sorted(path.parent.name for path in PACKAGE.glob("gallery/*/policy.toml"))
    folders = sorted(str(path.parent) for path in (ROOT / "examples").glob("*/policy.toml"))
    scripts = sorted(map(str, (ROOT / "examples").glob("**/*.py")))
    if not packs + folders + scripts:
        session.skip("there are no packs and no examples")
    session.install(".[all]")
    for name in packs + folders:
        own = Path(name) / "complaint.py"  # examples with a complaint class of their own
        domain = ["--domain", f"{own}:DOMAIN"] if own.exists() else []
        session.run("complaintflow", "check", name, *domain)
        session.run("complaintflow", "test", name, *domain)
    for script in scripts:
        session.run("python", script)


@nox.session(python=OTHERS)
def smoke(session: nox.Session) -> None:
    """The bare package on the other interpreters that this machine has."""
    session.install(".", *group("tests"))
    session.run("pytest", "-m", "smoke", *session.posargs)


@nox.session(python=MAIN)
@nox.parametrize("extras", ["", "[all]"], ids=["bare", "extras"])
def tests(session: nox.Session, extras: str) -> None:
    """The whole suite on the installed package, without extras and with all of them.

    Coverage is measured where everything runs; it doubles the time that tests take.
    """
    others = group("references") if extras else []
    session.install(f".{extras}", *group("tests"), *others)
    many = ("-n", "auto", "--dist", "worksteal")
    if not extras:
        session.run("pytest", *many, *session.posargs)
        return
    for old in ROOT.glob(".coverage.extras.*"):
        old.unlink()
    session.run(
        *("coverage", "run", "--data-file=.coverage.extras", "-m"),
        *("pytest", *many, *session.posargs),
    )


@nox.session(python=MAIN, requires=["tests(extras)"])
def coverage(session: nox.Session) -> None:
    """What the tests reached, with all extras."""
    session.install(*(need for need in group("tests") if need.startswith("coverage")))
    session.run("coverage", "combine", "--keep", "-q")
    session.run("coverage", "report")


@nox.session(python=MAIN, default=False)
def long(session: nox.Session) -> None:
    """Every law with 10,000 random examples, and the tests marked ``long``."""
    session.install(".[all]", *group("tests"), *group("references"))
    session.run("pytest", "-n", "auto", "-m", "", "--hypothesis-profile=long", *session.posargs)


@nox.session(python=MAIN, default=False)
def bench(session: nox.Session) -> None:
    """Run the benchmarks: ``nox -s bench -- calendar`` runs bench_calendar.py alone."""
    session.install(".[all]", *group("tests"), *group("bench"))
    for script in sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py")):
        if not session.posargs or any(word in script.stem for word in session.posargs):
            session.run("python", str(script))


@nox.session(python=MAIN, default=False)
def mutation(session: nox.Session) -> None:
    """Mutate the core modules named (``-- complaintflow.calendar.hours``), or those changed."""
    modules = session.posargs or _changed_modules(session)
    if not modules:
        session.skip("no core module differs from the last commit; name one after --")
    session.install("-e", ".[all]", *group("mutation"))
    session.run("mutmut", "run", *(f"{module}.*" for module in modules))
    listed = str(session.run("mutmut", "results", "--all", "true", silent=True))
    lines = [line.strip() for line in listed.splitlines() if ": " in line]
    ours = [line for line in lines if line.startswith(tuple(f"{name}." for name in modules))]
    alive = [line for line in ours if not line.endswith((": killed", ": timeout"))]
    session.log("\n".join([*alive, f"{len(ours) - len(alive)} of {len(ours)} mutants noticed"]))


def _changed_modules(session: nox.Session) -> list[str]:
    """Core modules that differ from the commit before, committed or not."""
    core = [f"src/complaintflow/{floor}" for floor in ("calendar", "policy", "audit", "engine")]
    listed = session.run(
        *("git", "diff", "--name-only", "--diff-filter=d", "HEAD~1", "--", *core),
        external=True,
        silent=True,
    )
    paths = [Path(line) for line in str(listed).splitlines() if line.endswith(".py")]
    return [".".join(path.relative_to("src").with_suffix("").parts) for path in paths]


@nox.session(python=MAIN, default=False)
def lowest(session: nox.Session) -> None:
    """The suite with the oldest versions that pyproject.toml allows (needs uv)."""
    if session.venv_backend != "uv":
        session.skip("resolving downwards needs uv")
    session.install("--resolution=lowest-direct", ".[all]", *group("tests"))
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session(python=MAIN, default=False)
def build(session: nox.Session) -> None:
    """Build the wheel once, install it far from the source tree, and test that."""
    session.install(*group("build"))
    room = Path(session.create_tmp()).resolve()
    shutil.rmtree(room / "dist", ignore_errors=True)
    shutil.rmtree(room / "away", ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(room / "dist"))
    (wheel,) = (room / "dist").glob("*.whl")
    session.install(f"{wheel}[all]", *group("tests"), *group("references"))
    (room / "away").mkdir()
    shutil.copytree(ROOT / "tests", room / "away" / "tests")
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, room / "away")
    session.chdir(room / "away")
    session.run("pytest", "-n", "auto", *session.posargs)
