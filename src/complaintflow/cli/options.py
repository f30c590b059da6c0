"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

__all__ = ["DomainName", "Lang", "Language", "PolicyName"]


class Language(StrEnum):
    """The languages in which people are spoken to."""

    en = "en"
    zh = "zh"


Lang = Annotated[
    Language, typer.Option("--lang", envvar="COMPLAINTFLOW_LANG", help="English or Chinese.")
]
DomainName = Annotated[
    str | None,
    typer.Option(
        "--domain",
        metavar="MODULE:NAME",
        help="Your complaint class and functions: module:NAME or file.py:NAME. Runs that code.",
    ),
]
PolicyName = Annotated[
    str, typer.Argument(metavar="POLICY", help="A pack's name, or a policy's folder or file.")
]
