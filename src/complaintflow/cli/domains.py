"""Finding the host's domain that an argument means: ``module:NAME`` or ``file.py:NAME``."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from complaintflow.errors import PolicyError, did_you_mean

if TYPE_CHECKING:
    from complaintflow.policyfile.load import Host

__all__ = ["find_domain"]


def find_domain(text: str) -> Host:
    """The domain that *text* names; it runs the host's code, so only the user may name it.

    Args:
        text: ``yourcompany.complaints:DOMAIN``, looked for as Python does and in the present
            folder; or ``folder/complaint.py:DOMAIN``, whose folder is looked in first.

    Raises:
        PolicyError: there is no such module or name, or it is no domain.
    """
    where, _, name = text.rpartition(":")
    if not where or not name.isidentifier():
        raise PolicyError(f"expected module:NAME or file.py:NAME for the domain, got {text!r}")
    module = _module(where)
    found = getattr(module, name, None)
    if found is None:
        meant = did_you_mean(name, vars(module))
        hint = f"; did you mean {meant!r}?" if meant else ""
        raise PolicyError(f"{where} has no {name!r}{hint}")
    if not hasattr(found, "facts") or not hasattr(found, "functions"):
        raise PolicyError(
            f"{text} is no domain but {type(found).__name__}: {name} = Domain.of(YourComplaint)"
        )
    host: Host = found
    return host


def _module(where: str) -> ModuleType:
    file = Path(where)
    is_file = where.endswith(".py")
    if is_file and not file.is_file():
        raise PolicyError(f"there is no file {where}")
    folder = str((file.parent if is_file else Path()).resolve())
    name = file.stem if is_file else where
    sys.path.insert(0, folder)
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not (name == error.name or name.startswith(f"{error.name}.")):
            raise
        raise PolicyError(
            f"there is no module {name!r} here; run the command where Python finds it, or name "
            "the file: folder/complaint.py:DOMAIN"
        ) from None
    finally:
        sys.path.remove(folder)
