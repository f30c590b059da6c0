"""Templates: a message's subject and texts, in English and Chinese, HTML escaped by itself.

Needs the extra ``notify`` (jinja2). A template is a file ``<stem>.<language>.txt``, whose stem is
the code of a notice, duty or role, or a kind of message. It sets ``subject``; the rest is the
text. A file ``<stem>.<language>.html`` beside it is the same for a reader that shows HTML.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

import attrs

from complaintflow.audit.messages import Message
from complaintflow.domain.types import is_code
from complaintflow.errors import (
    InvalidValueError,
    MissingExtraError,
    Problem,
    TemplateError,
    did_you_mean,
)
from complaintflow.notify.wording import Shown, wording
from complaintflow.policy.rung import Language

try:
    from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError, UndefinedError
    from jinja2.sandbox import SandboxedEnvironment
except ImportError as error:
    raise MissingExtraError(
        "templates need jinja2: pip install 'complaintflow[notify]'", "notify"
    ) from error

__all__ = ["SHIPPED", "Rendered", "Templates"]

SHIPPED: Final = Path(__file__).with_name("templates")
"""The folder of the templates that come with the package: one for each kind of message."""


@attrs.frozen
class Rendered:
    """What a message says.

    Args:
        subject: One line.
        text: Plain text.
        html: The same as HTML, or empty where the template has none.
    """

    subject: str
    text: str
    html: str = ""


def _environment(*folders: Path) -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _is_folder(_: object, attribute: attrs.Attribute[Any], value: Path | None) -> None:
    if value is not None and not value.is_dir():
        raise InvalidValueError(f"there is no folder {value} with templates")


def _is_spoken(_: object, attribute: attrs.Attribute[Any], value: str) -> None:
    if value not in ("en", "zh"):
        raise InvalidValueError(f"a language is 'en' or 'zh', got {value!r:.40}")


@attrs.frozen
class Templates:
    """Finds the template of a message and fills it in.

    In this order: the own folder's for the very notice, duty or role, the own folder's for the
    kind, the shipped one for the kind. Own templates may ``{% extends %}`` and ``{% include %}``
    shipped ones. They run in a sandbox, and a name that is not there is an error, never an empty
    place.

    Args:
        folder: The folder of own templates, if there is one.
        language: ``en`` or ``zh``.
        link: Pattern of the case's address in the host's software: ``https://.../{case}``.

    Raises:
        InvalidValueError: there is no such folder or language.
    """

    folder: Path | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(Path),
        validator=_is_folder,
    )
    language: Language = attrs.field(default="en", validator=_is_spoken, kw_only=True)
    link: str = attrs.field(default="", kw_only=True)
    _shipped: SandboxedEnvironment = attrs.field(
        factory=lambda: _environment(SHIPPED), init=False, repr=False, eq=False
    )
    _own: SandboxedEnvironment = attrs.field(init=False, repr=False, eq=False)

    @_own.default
    def _first_own(self) -> SandboxedEnvironment:
        return _environment(*([self.folder] if self.folder is not None else []), SHIPPED)

    def render(self, message: Message) -> Rendered:
        """What *message* says.

        Raises:
            TemplateError: the template cannot be used; says file, line and what was meant.
        """
        environment, stem = self._find(message)
        return self.filled(environment, stem, wording(message, self.language, self.link))

    def filled(
        self, environment: SandboxedEnvironment, stem: str, names: Mapping[str, Any]
    ) -> Rendered:
        """The template *stem* with *names* filled in. Raises TemplateError."""
        module = _filled(environment, f"{stem}.txt", names)
        subject = getattr(module, "subject", None)
        if subject is None:
            _fail(Problem("'{% set subject %}...{% endset %}' is missing", f"{stem}.txt", 1))
        html = ""
        if _exists(environment, f"{stem}.html"):
            html = str(_filled(environment, f"{stem}.html", names))
        # A subject is one line whatever a fact holds; mail would refuse it otherwise.
        return Rendered(" ".join(str(subject).split()), str(module), html)

    def _find(self, message: Message) -> tuple[SandboxedEnvironment, str]:
        about = [message.about] if is_code(message.about) else []
        if self.folder is not None:
            for stem in (*about, message.kind):
                if (self.folder / f"{stem}.{self.language}.txt").is_file():
                    return self._own, f"{stem}.{self.language}"
        return self._shipped, f"{message.kind}.{self.language}"


def _exists(environment: SandboxedEnvironment, name: str) -> bool:
    """Whether the folder that has the text has the HTML too: a stranger's would say else."""
    assert isinstance(environment.loader, FileSystemLoader)
    for folder in map(Path, environment.loader.searchpath):
        if (folder / Path(name).with_suffix(".txt")).is_file():
            return (folder / name).is_file()
    return False


def _filled(environment: SandboxedEnvironment, name: str, names: Mapping[str, Any]) -> Any:
    try:
        template = environment.get_template(name)
        try:
            return template.make_module(dict(names))
        except Exception:  # noqa: BLE001 - raised again, with the template's lines in its traceback
            environment.handle_exception()
    except TemplateSyntaxError as error:
        _fail(
            Problem(error.message or "cannot be read", error.filename or name, error.lineno), error
        )
    except UndefinedError as error:
        _fail(_undefined(error, name, names), error)
    except Exception as error:  # noqa: BLE001 - a template may raise whatever its filters do
        _fail(Problem(f"{type(error).__name__}: {error}", *_place(error, name)), error)


def _undefined(error: UndefinedError, name: str, names: Mapping[str, Any]) -> Problem:
    """A name that is not there, and which was probably meant."""
    quoted = str(error).split("'")[1::2]
    word, where = quoted[-1] if quoted else "", _place(error, name)
    if Shown.__name__ not in str(error):
        return Problem(str(error), *where, suggestion=did_you_mean(word, names))
    said = (
        f"the fact {word!r} is not shown here, or not known; where it may be unknown write "
        f'{{{{ fact.{word} | default("-") }}}}'
    )
    return Problem(said, *where, suggestion=did_you_mean(word, names.get("fact", {})))


def _place(error: Exception, name: str) -> tuple[str, int | None]:
    """File and line of the template: jinja puts them into the traceback."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith((".txt", ".html")):
            return frame.filename, frame.lineno
    return name, None


def _fail(problem: Problem, cause: Exception | None = None) -> NoReturn:
    raise TemplateError("a template of a message cannot be used", (problem,)) from cause
