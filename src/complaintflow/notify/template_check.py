"""Own templates, tried before any message needs them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from complaintflow.audit.messages import MESSAGE_KINDS, Message
from complaintflow.errors import Problem, TemplateError, did_you_mean
from complaintflow.moments import from_micros, zone
from complaintflow.notify.templates import SHIPPED, Templates
from complaintflow.policy.policy import Policy
from complaintflow.policy.rung import Language

__all__ = ["check_templates"]

_ENDINGS: Final = (".txt", ".html")
_LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")


def check_templates(templates: Templates, policy: Policy) -> tuple[Problem, ...]:
    """What is wrong with the own folder of *templates*, if messages are those of *policy*.

    Every file must be called after a notice, a duty, a role or a kind of message; or be one that
    others include, whose name then begins with an underscore. Each is filled in with samples: in
    both languages, with every fact that the notice shows, and with none: any may be unknown.

    Returns:
        Problems by file, each once; none is good.
    """
    folder = templates.folder
    if folder is None:
        return ()
    found = list(_strangers(folder, policy))
    for language in _LANGUAGES:
        spoken = attrs.evolve(templates, language=language)
        for message in _samples(policy):
            try:
                spoken.render(message)
            except TemplateError as error:
                found += [problem for problem in error.problems if problem not in found]
    return tuple(found)


def _strangers(folder: Path, policy: Policy) -> Iterator[Problem]:
    """Files that no message would ever use."""
    frames = {path.name for path in SHIPPED.glob("base.*")}
    stems = [*(tell.code for tell in policy.tells), *(duty.code for duty in policy.duties)]
    stems += [role.code for role in policy.roles]
    known = [
        f"{stem}.{lang}{end}"
        for stem in (*stems, *MESSAGE_KINDS)
        for lang in _LANGUAGES
        for end in _ENDINGS
    ]
    for path in sorted(folder.iterdir()):
        if path.name.startswith(("_", ".")) or path.name in frames or path.is_dir():
            continue
        if path.name not in known:
            yield Problem(
                "no message uses this file: expected the code of a notice, duty or role, or a "
                "kind of message, then the language, then txt or html",
                str(path),
                suggestion=did_you_mean(path.name, known),
            )
        elif path.suffix == ".html" and not path.with_suffix(".txt").is_file():
            yield Problem("the same as .txt is missing beside it", str(path))


def _samples(policy: Policy) -> Iterator[Message]:
    """Messages as the policy may send them."""
    at = from_micros(0, zone("UTC"))
    for tell in policy.tells:
        data = {"policy": policy.id, "occurred": at}
        notice = Message("k", "C-1", tell.code, "", "", 0, clauses=tell.clauses, data=data)
        yield attrs.evolve(notice, facts=dict.fromkeys(tell.shows, "sample"))
        yield notice
    for duty in policy.duties:
        for rung in duty.target.rungs if duty.target is not None else ():
            data = {"policy": policy.id, "occurred": at, "due": at, "overdue": False}
            data |= {"key": "", "round": 1, "repetition": 1, "rung": rung.code}
            yield Message("k", "C-1", duty.code, "", "", 0, kind="rung", data=data)
    for role in policy.roles:
        data = {"policy": policy.id, "occurred": at, "acting": ""}
        yield Message("k", "C-1", role.code, role.code, "", 0, kind="assigned", data=data)
