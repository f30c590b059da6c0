"""``complaintflow test``: the scenarios beside a policy, run by pytest."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import typer

from complaintflow.cli.options import DomainName, Lang, Language, PolicyName

__all__ = ["add"]

PLUGIN = "complaintflow.testing.plugin"
"""Handed to pytest by name: nothing in the package imports it."""


def add(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command(
        name="test",
        help="Run the scenarios beside a policy. What stands behind it goes to pytest: "
        "-k words, -x, -v, -n 4, --junitxml=FILE.",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )(test)


def test(
    context: typer.Context,
    policy: PolicyName,
    domain: DomainName = None,
    lang: Lang = Language.en,
) -> None:
    """Hand the scenario file to pytest; 0 all pass, 1 some fail, 2 it could not be run."""
    from complaintflow.errors import MissingExtraError

    file = _scenario_file(policy)
    if find_spec("pytest") is None:
        raise MissingExtraError(
            "scenarios are run by pytest: pip install 'complaintflow[test]'", "test"
        )
    import pytest

    arguments = [str(file), "-p", PLUGIN, f"--scenario-language={lang.value}"]
    arguments += [f"--policy-domain={domain}"] if domain else []
    # The pack may lie in a folder that must not be written to, and a pytest configuration of
    # the place where somebody happens to stand has nothing to say about it.
    arguments += ["-p", "no:cacheprovider", f"--rootdir={file.parent}", "-c", os.devnull]
    status = int(pytest.main([*arguments, "--no-header", *context.args]))
    raise typer.Exit(status if status in (0, 1) else 2)


test.__test__ = False  # type: ignore[attr-defined]  # a command, whatever pytest makes of its name


def _scenario_file(text: str) -> Path:
    from complaintflow.errors import PolicyError, did_you_mean
    from complaintflow.gallery import pack_folder, packs

    path = pack_folder(text) if text in packs() else Path(text)
    if not path.exists():
        meant = did_you_mean(text, packs())
        hint = f"did you mean {meant!r}? " if meant else ""
        raise PolicyError(
            f"no pack, folder or file is called {text!r}; {hint}packs: {', '.join(packs())}"
        )
    file = (path if path.is_dir() else path.parent) / "scenarios.toml"
    if not file.is_file():
        raise PolicyError(f"there is no {file}; write the scenarios beside the policy")
    return file.resolve()
