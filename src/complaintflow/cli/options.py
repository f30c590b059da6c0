"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

__all__ = ["Lang", "Language", "PolicyName"]


class Language(StrEnum):
    """The languages in which people are spoken to."""

    en = "en"
    zh = "zh"


Lang = Annotated[
    Language, typer.Option("--lang", envvar="COMPLAINTFLOW_LANG", help="English or Chinese.")
]
PolicyName = Annotated[
    str, typer.Argument(metavar="POLICY", help="A pack's name, or a policy's folder or file.")
]
