"""Mails over real SMTP on this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from pipeline.adapters.mail import SmtpMailer
from pipeline.errors import ConfigError, MailError

PASSWORD = "p@ss word"


class Post:
    """Takes mails, and refuses recipients whose name begins with `no`."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: Any) -> str:  # noqa: N802
        if address.startswith("no"):
            return "550 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 OK"


def check(_: SMTP, __: Session, ___: Envelope, ____: str, data: Any) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"desk", PASSWORD.encode()), handled=False)


@pytest.fixture
def post() -> Iterator[tuple[Post, str]]:
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, f"127.0.0.1:{controller.port}"
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def message() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "desk@desk.example", "a@desk.example", "Grüße"
    mail.set_content("Hello")
    return mail


def test_a_mail_reaches_its_recipient_and_nobody_else(post: tuple[Post, str]) -> None:
    handler, pair = post

    SmtpMailer(f"smtp://{pair}").send(message(), "b@desk.example")

    assert [envelope.rcpt_tos for envelope in handler.taken] == [["b@desk.example"]]


def test_a_refused_recipient_is_a_mail_error_with_the_server_s_name(post: tuple[Post, str]) -> None:
    handler, pair = post

    with pytest.raises(MailError, match=r"127\.0\.0\.1: SMTPRecipientsRefused"):
        SmtpMailer(f"smtp://{pair}").send(message(), "nobody@desk.example")
    assert handler.taken == []


def test_a_server_that_is_down_is_a_mail_error() -> None:
    with pytest.raises(MailError, match=r"127\.0\.0\.1: ConnectionRefusedError"):
        SmtpMailer(f"smtp://127.0.0.1:{free_port()}").send(message(), "a@desk.example")


def test_reaching_the_server_sends_nothing(post: tuple[Post, str]) -> None:
    handler, pair = post

    SmtpMailer(f"smtp://{pair}").reach()

    assert handler.taken == []


def test_fault_72_neither_password_nor_user_stands_in_an_error() -> None:
    handler = Post()
    controller = Controller(
        handler, hostname="127.0.0.1", port=free_port(), authenticator=check, auth_require_tls=False, auth_required=True
    )
    controller.start()
    try:
        right, wrong = "p%40ss%20word", "secret-and-wrong"
        SmtpMailer(f"smtp://desk:{right}@127.0.0.1:{controller.port}").send(message(), "a@desk.example")
        with pytest.raises(MailError) as caught:
            SmtpMailer(f"smtp://desk:{wrong}@127.0.0.1:{controller.port}").send(message(), "a@desk.example")
    finally:
        controller.stop()

    assert len(handler.taken) == 1
    assert "SMTPAuthenticationError 535" in str(caught.value)
    assert wrong not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_an_address_that_is_no_mail_server_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigError, match="POLICYWIRE_SMTP"):
        SmtpMailer(url)
