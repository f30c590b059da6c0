"""The command line: ``complaintflow run``, ``check``, ``test`` and the rest.

`main` is the door. What goes wrong is said on standard error in words and ends with exit
status 2; nobody sees a traceback, unless the environment asks for it (``COMPLAINTFLOW_DEBUG``).
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence

__all__ = ["main"]

FAILED = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status.

    Args:
        arguments: What stands behind ``complaintflow``; None takes it from the process.

    Returns:
        0 when it worked, 1 when a check or a test found something, 2 when it could not be
        done, 130 when it was interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console without Chinese shows "?", not an error
            stream.reconfigure(errors="replace")
    try:
        return _run(sys.argv[1:] if arguments is None else list(arguments))
    except BrokenPipeError:  # the reader, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("COMPLAINTFLOW_DEBUG"):
            raise
        print(_words(error), file=sys.stderr)
        return FAILED


def _run(arguments: list[str]) -> int:
    from complaintflow.errors import MissingExtraError

    try:
        from complaintflow.cli.app import app
    except ModuleNotFoundError as error:
        if error.name not in ("typer", "rich"):
            raise
        raise MissingExtraError(
            "the command line needs typer and rich: pip install 'complaintflow[cli]'", "cli"
        ) from None
    try:
        with warnings.catch_warnings():  # such as openpyxl's, about styles that nobody reads
            warnings.simplefilter("ignore")
            status = app(args=arguments, prog_name="complaintflow", standalone_mode=False)
    except Exception as error:
        if type(error).__name__ == "Abort":  # what an older typer makes of Ctrl-C
            raise KeyboardInterrupt from None
        show = getattr(error, "show", None)  # a mistake in the command line itself
        if show is None:
            raise
        show()
        return int(getattr(error, "exit_code", FAILED))
    if status == INTERRUPTED:
        raise KeyboardInterrupt
    return status if isinstance(status, int) else 0


def _words(error: Exception) -> str:
    from complaintflow.errors import ComplaintFlowError

    if isinstance(error, ComplaintFlowError):
        return str(error)
    return (
        f"this should not happen: {type(error).__name__}: {error}\n"
        "please report it with what COMPLAINTFLOW_DEBUG=1 shows"
    )
