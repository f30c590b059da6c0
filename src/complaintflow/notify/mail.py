"""Messages as e-mail, through SMTP."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Final, Literal, Protocol

import attrs

from complaintflow.audit.messages import Message
from complaintflow.errors import InvalidValueError, NotDeliveredError
from complaintflow.moments import from_micros, zone
from complaintflow.policy.world import Directory

__all__ = ["AddressBook", "Letter", "Mail", "Renderer"]

Security = Literal["starttls", "tls", "none"]
_PORTS: Final[Mapping[str, int]] = {"starttls": 587, "tls": 465, "none": 25}


class Letter(Protocol):
    """What a mail says; `complaintflow.notify.templates.Rendered` is one."""

    @property
    def subject(self) -> str:
        """One line."""
        ...

    @property
    def text(self) -> str:
        """Plain text."""
        ...

    @property
    def html(self) -> str:
        """The same as HTML, or empty."""
        ...


class Renderer(Protocol):
    """Makes a letter of a message; `complaintflow.notify.templates.Templates` is one."""

    def render(self, message: Message) -> Letter:
        """What *message* says."""
        ...


@attrs.frozen
class AddressBook:
    """Where messages go: to the person, else to the role.

    Args:
        people: Address by the directory's id of a person.
        roles: Address by role, for messages without a person, or whose person has none.
        directory: Is asked for persons who are not among *people*, as they were when the
            message was written.
        channel: Which of their addresses counts.
    """

    people: Mapping[str, str] = attrs.Factory(dict)
    roles: Mapping[str, str] = attrs.Factory(dict)
    directory: Directory | None = attrs.field(default=None, kw_only=True)
    channel: str = attrs.field(default="mail", kw_only=True)

    def __call__(self, message: Message) -> str | None:
        """The address, if there is one."""
        return (
            self.people.get(message.person)
            or self._known(message.person, message.at)
            or self.roles.get(message.role)
        )

    def _known(self, person: str, at: int) -> str | None:
        if self.directory is None or not person:
            return None
        found = self.directory.person(person, at)
        return None if found is None else found.addresses.get(self.channel)


def _is_address(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    _address(value)


@attrs.frozen
class Mail:
    """Sends each message as one mail to one address, over a connection of its own.

    A mail that is sent again is the same to the byte: its ``Message-ID`` and ``Date`` follow from
    the message, so that servers and readers can drop it. Mails of one case make one thread.

    Args:
        host: The SMTP server.
        sender: The address in ``From``.
        address: Where a message goes, such as an `AddressBook`; None: nowhere, a dead letter.
        renderer: What it says: `Templates`.
        port: By default 587, or 465 for ``tls`` and 25 for ``none``.
        security: ``starttls``, ``tls`` from the first byte, or ``none`` within this machine.
        login: User and password, if the server wants them; never without encryption.
        timeout: How many seconds the server may be silent.
        context: How its certificate is checked; by default against the system's authorities.

    Raises:
        InvalidValueError: *sender* is no address, or a login would travel in the clear.
    """

    host: str
    sender: str = attrs.field(validator=_is_address)
    address: Callable[[Message], str | None]
    renderer: Renderer
    port: int | None = attrs.field(default=None, kw_only=True)
    security: Security = attrs.field(default="starttls", kw_only=True)
    login: tuple[str, str] | None = attrs.field(default=None, repr=False, kw_only=True)
    timeout: int = attrs.field(default=30, kw_only=True)
    context: ssl.SSLContext | None = attrs.field(default=None, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.security not in _PORTS:
            raise InvalidValueError(f"security is one of {', '.join(_PORTS)}")
        if self.security == "none" and self.login is not None:
            raise InvalidValueError("a password would travel in the clear: use starttls or tls")

    def letter(self, message: Message) -> EmailMessage:
        """The mail that `send` sends.

        Raises:
            NotDeliveredError: nobody knows where to, or the address cannot be one.
            TemplateError: the template cannot be used.
        """
        to = self.address(message)
        if to is None:
            whom = message.person or message.role
            raise NotDeliveredError(f"there is no address for {whom}", permanent=True)
        try:
            recipient = _address(to)
        except InvalidValueError as error:
            raise NotDeliveredError(error.message, permanent=True) from error
        said = self.renderer.render(message)
        host = _address(self.sender).domain
        mail = EmailMessage(policy=SMTP)
        mail["From"] = self.sender
        mail["To"] = recipient
        mail["Subject"] = " ".join(said.subject.split())
        mail["Date"] = format_datetime(from_micros(message.at, zone(message.zone)))
        mail["Message-ID"] = f"<{_name(message.key)}@{host}>"
        thread = f"<{_name(f'case {message.case}')}@{host}>"
        mail["In-Reply-To"] = thread
        mail["References"] = thread
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday reply to this
        mail.set_content(said.text)
        if said.html:
            mail.add_alternative(said.html, subtype="html")
            _fixed_boundary(mail, _name(message.key))
        return mail

    def send(self, message: Message) -> None:
        """Send *message*. Raises NotDeliveredError, and TemplateError as `letter` does."""
        mail = self.letter(message)
        try:
            with self._connect() as server:
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _refused("the address", code, said) from error
        except smtplib.SMTPDataError as error:
            raise _refused("the mail", error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise NotDeliveredError(f"the mail server cannot do it: {error}") from error
        except smtplib.SMTPResponseException as error:
            # Login, sender, greeting: nothing that is wrong with this message.
            words = _words(error.smtp_error)
            raise NotDeliveredError(
                f"the mail server answered {error.smtp_code} {words}"
            ) from error
        except OSError as error:
            raise NotDeliveredError(
                f"the mail server does not answer: {type(error).__name__} {error}"
            ) from error

    def _connect(self) -> smtplib.SMTP:
        port = self.port or _PORTS[self.security]
        context = self.context or ssl.create_default_context()
        server: smtplib.SMTP
        if self.security == "tls":
            server = smtplib.SMTP_SSL(self.host, port, timeout=self.timeout, context=context)
        else:
            server = smtplib.SMTP(self.host, port, timeout=self.timeout)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.login is not None:
                server.login(*self.login)
        except BaseException:
            server.close()
            raise
        return server


def _address(text: str) -> Address:
    """An address of one person; nothing that could begin another header or recipient."""
    try:
        if any(not character.isprintable() for character in text):
            raise ValueError("it holds a character that cannot be printed")
        found = Address(addr_spec=text)
    except Exception as error:
        raise InvalidValueError(f"{text!r:.100} is no mail address: {error}") from error
    if not found.username or not found.domain:
        raise InvalidValueError(f"{text!r:.100} is no mail address: expected name@host")
    return found


def _name(text: str) -> str:
    """A short name that follows from *text* and shows nothing of it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _fixed_boundary(mail: EmailMessage, name: str) -> None:
    """The line between the parts, which is random otherwise."""
    mail.set_boundary(f"=={name}==")


def _refused(what: str, code: int, said: Any) -> NotDeliveredError:
    """The server's word on this message: 5xx is for good (RFC 5321)."""
    return NotDeliveredError(
        f"the mail server refused {what}: {code} {_words(said)}", 500 <= code < 600
    )


def _words(said: Any) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
