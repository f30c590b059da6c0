"""E-mail, against a real SMTP server on this machine."""

from __future__ import annotations

import datetime as dt
import email
import importlib
import socket
import ssl
import subprocess
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.notify.conftest import T0, Clock, letter

from complaintflow.audit.messages import Message
from complaintflow.desk.people import Entry, People
from complaintflow.errors import InvalidValueError, NotDeliveredError
from complaintflow.notify.backoff import Backoff
from complaintflow.notify.courier import Courier
from complaintflow.notify.mail import AddressBook, Mail
from complaintflow.policy.person import Person
from complaintflow.store.memory import MemoryStore
from complaintflow.testing.events import texts

controllers = pytest.importorskip("aiosmtpd.controller")
smtp = pytest.importorskip("aiosmtpd.smtp")

BOOK = AddressBook({"wang": "wang@example.com"}, {"boss": "boss@example.com"})


@attrs.frozen
class Said:
    subject: str = "停线: case 1"
    text: str = "Loss: 6000 CNY\n损失\n"
    html: str = ""

    def render(self, message: Message) -> Said:
        return self


class Post:
    """What the server took, and what it answers instead where somebody says so."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], EmailMessage]] = []
        self.raw: list[bytes] = []
        self.rcpt: list[str] = []
        self.data: list[str] = []

    async def handle_RCPT(  # noqa: N802 - the server asks for it by this name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.rcpt:
            return self.rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        if self.data:
            return self.data.pop(0)
        self.raw.append(envelope.content)
        parsed = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(parsed, EmailMessage)
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, parsed))
        return "250 taken"


def started(post: Post, **settings: Any) -> Any:
    with socket.create_server(("127.0.0.1", 0)) as free:  # the controller wants to know its port
        port = free.getsockname()[1]
    controller = controllers.Controller(post, hostname="127.0.0.1", port=port, **settings)
    controller.start()
    return controller


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def port(post: Post) -> Iterator[int]:
    controller = started(post)
    yield controller.server.sockets[0].getsockname()[1]
    controller.stop()


def mail(port: int, said: Said | None = None, **changes: Any) -> Mail:
    settings = {"port": port, "security": "none", "timeout": 5, **changes}
    return Mail("127.0.0.1", "complaints@example.com", BOOK, said or Said(), **settings)


def failure(sender: Mail, **changes: Any) -> tuple[str, bool]:
    with pytest.raises(NotDeliveredError) as caught:
        sender.send(letter(**changes))
    return caught.value.message, caught.value.permanent


def test_a_message_arrives(post: Post, port: int) -> None:
    mail(port, Said(html="<p>损失</p>")).send(letter())
    ((sender, recipients, taken),) = post.taken
    assert (sender, recipients) == ("complaints@example.com", ["wang@example.com"])
    assert (taken["From"], taken["To"]) == ("complaints@example.com", "wang@example.com")
    assert taken["Subject"] == "停线: case 1"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["Date"].datetime == dt.datetime.fromisoformat("2026-03-10T08:00+08:00")
    text, html = taken.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().splitlines() == ["Loss: 6000 CNY", "损失"]
    assert html.get_content().strip() == "<p>损失</p>"


def test_a_directory_is_an_address_book() -> None:
    people = People(
        [
            Entry(
                Person("wang", addresses={"mail": "wang@example.com", "sms": "wang@sms.example"})
            ),
            Entry(Person("li", addresses={"mail": "li@example.com"}), until=T0),
            Entry(Person("ma")),
        ]
    )
    book = AddressBook({"ma": "ma@home.example"}, {"boss": "boss@example.com"}, directory=people)
    assert [book(letter(person=who)) for who in ("wang", "ma", "", "nobody")] == [
        "wang@example.com",
        "ma@home.example",  # what is said here comes before the directory
        "boss@example.com",
        "boss@example.com",
    ]
    # The people are asked as they were when the message was written.
    assert book(letter(person="li", at=T0 - 1)) == "li@example.com"
    assert book(letter(person="li", at=T0, role="clerk")) is None
    sms = attrs.evolve(book, channel="sms")
    assert sms(letter(person="wang")) == "wang@sms.example"


def test_shipped_templates_make_a_mail(post: Post, port: int) -> None:
    pytest.importorskip("jinja2")
    templates = importlib.import_module("complaintflow.notify.templates")
    sender = Mail(
        "127.0.0.1", "c@example.com", BOOK, templates.Templates(), port=port, security="none"
    )
    sender.send(letter())
    assert post.taken[0][2]["Subject"] == "Line stopped: case C-1.2"


def test_the_same_message_is_the_same_mail_to_the_byte(post: Post, port: int) -> None:
    for _ in range(2):
        mail(port, Said(html="<p>x</p>")).send(letter())
    assert post.raw[0] == post.raw[1]
    mail(port).send(letter(key="C-1.2:9:boss"))
    first, _, other = (taken for *_, taken in post.taken)
    assert first["Message-ID"] != other["Message-ID"]
    assert first["References"] == other["References"]  # one thread for one case
    mail(port).send(letter(case="C-2"))
    assert post.taken[-1][2]["References"] != first["References"]


def test_to_the_person_else_to_the_role(post: Post, port: int) -> None:
    mail(port).send(letter(person="li"))
    assert post.taken[0][1] == ["boss@example.com"]
    message, permanent = failure(mail(port), person="", role="nobody")
    assert (message, permanent) == ("there is no address for nobody", True)


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [("550 no such user", True), ("450 mailbox busy", False)],
)
def test_the_servers_word_on_an_address(
    post: Post, port: int, answer: str, permanent: bool
) -> None:
    post.rcpt = [answer]
    assert failure(mail(port)) == (f"the mail server refused the address: {answer}", permanent)


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [("554 looks like spam", True), ("451 try again later", False)],
)
def test_the_servers_word_on_a_mail(post: Post, port: int, answer: str, permanent: bool) -> None:
    post.data = [answer]
    assert failure(mail(port)) == (f"the mail server refused the mail: {answer}", permanent)


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        message, permanent = failure(mail(port, timeout=1))
        assert message.startswith("the mail server does not answer: ")
        assert message.endswith("timed out")
        assert not permanent
    message, permanent = failure(mail(port, timeout=1))
    assert message.startswith("the mail server does not answer: ConnectionRefusedError")


def test_a_courier_gets_through_after_failures(post: Post, port: int, clock: Clock) -> None:
    store = MemoryStore()
    with store.begin() as work:
        work.post([letter(at=T0)])
    post.data = ["451 later"]
    post.rcpt = ["450 busy"]
    backoff = Backoff(first=10)
    courier = Courier(store, mail(port), now=clock, backoff=backoff)
    for attempt in (1, 2):
        assert len(courier.run().failed) == 1
        clock.at += backoff.wait("C-1.2:4:boss", attempt)
    assert courier.run().delivered == ("C-1.2:4:boss",)
    assert len(post.taken) == 1


EVIL = "x\r\nBcc: all@example.com\r\n\r\nbody"


def test_no_subject_becomes_a_header(post: Post, port: int) -> None:
    mail(port, Said(subject=EVIL)).send(letter())
    ((_, recipients, taken),) = post.taken
    assert recipients == ["wang@example.com"]
    assert taken["Bcc"] is None
    assert taken["Subject"] == "x Bcc: all@example.com body"


@given(subject=texts(), text=texts())
def test_whatever_is_said_stays_in_its_place(subject: str, text: str) -> None:
    made = mail(1, Said(subject, text)).letter(letter())
    parsed = email.message_from_bytes(made.as_bytes(), policy=default)
    assert sorted(parsed.keys()) == sorted(made.keys())
    assert parsed["To"] == "wang@example.com"
    assert made["Subject"] == " ".join(subject.split())


@pytest.mark.parametrize(
    "address",
    [
        "a@example.com\r\nBcc: all@example.com",
        "a@example.com, b@example.com",
        "Somebody <a@example.com>",
        "a@example.com\x00",
        "no-at",
        "@example.com",
        "a@",
        " ",
    ],
)
def test_what_is_no_address_of_one_person_gets_no_mail(address: str) -> None:
    with pytest.raises(InvalidValueError, match="is no mail address"):
        Mail("127.0.0.1", address, BOOK, Said())
    sender = attrs.evolve(mail(1), address=lambda _: address)
    message, permanent = failure(sender)
    assert "is no mail address" in message
    assert permanent


@given(st.text(max_size=20))
def test_no_address_adds_a_header_or_a_reader(address: str) -> None:
    sender = attrs.evolve(mail(1), address=lambda _: address)
    try:
        made = sender.letter(letter())
    except NotDeliveredError:
        return
    assert len(made["To"].addresses) == 1
    assert b"\nBcc" not in made.as_bytes()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this machine."""
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    ask = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    alternative = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    try:
        subprocess.run(
            ["openssl", *ask, *alternative, "-keyout", str(key), "-out", str(cert)],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no certificate can be made here: {error}")
    return key, cert


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it is TLS already
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_encrypted_and_logged_in(post: Post, certificate: tuple[Path, Path], security: str) -> None:
    key, cert = certificate
    there = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    there.load_cert_chain(cert, key)
    asked: list[tuple[bytes, bytes]] = []

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
        asked.append((data.login, data.password))
        return smtp.AuthResult(success=data.password == b"right", handled=False)

    settings: dict[str, Any] = {"authenticator": authenticate, "auth_required": True}
    if security == "tls":
        settings |= {"ssl_context": there, "auth_require_tls": False}
    else:
        settings |= {"tls_context": there, "require_starttls": True}
    controller = started(post, **settings)
    try:
        port = controller.server.sockets[0].getsockname()[1]
        here = ssl.create_default_context(cafile=str(cert))
        common: dict[str, Any] = {"security": security, "context": here}
        mail(port, login=("me", "right"), **common).send(letter())
        assert len(post.taken) == 1
        message, permanent = failure(mail(port, login=("me", "wrong"), **common))
        assert message.startswith("the mail server answered 535")
        assert not permanent
        # A server that cannot prove who it is gets neither password nor mail.
        message, permanent = failure(mail(port, security=security, login=("me", "right")))
        assert "CERTIFICATE_VERIFY_FAILED" in message
        assert {login for login, _ in asked} == {b"me"}
        assert len(post.taken) == 1
    finally:
        controller.stop()


def test_a_server_without_starttls_gets_nothing(post: Post, port: int) -> None:
    message, permanent = failure(mail(port, security="starttls"))
    assert message.startswith("the mail server cannot do it")
    assert not permanent
    assert post.taken == []


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="in the clear"):
        mail(25, login=("me", "secret"))
    with pytest.raises(InvalidValueError, match="starttls, tls, none"):
        mail(25, security="ssl")
    assert "hunter2" not in repr(mail(25, security="tls", login=("me", "hunter2")))
