"""Mails over real SMTP on this machine."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP as SMTP_LINES
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from pipeline.adapters.mail import SmtpMailer
from pipeline.domain.state import State
from pipeline.errors import ConfigError, MailError

PASSWORD = "p@ss word"


class Post:
    """Takes mails; `no…` recipients are refused, `later…` put off; `after_data` says how the message itself ends."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.connections = 0
        self.after_data = ""
        self.to_sender = ""

    async def handle_MAIL(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: Any) -> str:  # noqa: N802 -- the library's name
        envelope.mail_from = address
        return self.to_sender or "250 OK"

    async def handle_EHLO(  # noqa: N802 -- the library's name
        self, server: SMTP, session: Session, _: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = name
        return answers

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: Any) -> str:  # noqa: N802 -- the library's name
        if address.startswith("no"):
            return "550 no such reader"
        if address.startswith("login"):
            return "530 5.7.0 log in first"
        if address.startswith("later"):
            return "450 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802 -- the library's name
        self.taken.append(envelope)
        if self.after_data == "drop":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        if self.after_data == "silent":
            await asyncio.sleep(2)
        return {"put-off": "451 busy", "refused": "554 no"}.get(self.after_data, "250 OK")


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


def message() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Desk <desk@desk.example>", "a@desk.example", "Grüße"
    mail.set_content("Hello\n.\nA line that is one dot stands above.")
    return mail.as_bytes(policy=SMTP_LINES)


def send(url: str, *recipients: str, timeout: float = 5) -> list[tuple[str, State, str]]:
    mailer = SmtpMailer(url, timeout_seconds=timeout)
    return [(s.recipient, s.state, s.reason) for s in mailer.send_all((r, message()) for r in recipients)]


def test_each_mail_reaches_its_recipient_and_nobody_else_over_one_connection(post: tuple[Post, str]) -> None:
    handler, pair = post

    assert [state for _, state, _ in send(f"smtp://{pair}", "a@desk.example", "B <b@desk.example>")] == ["sent", "sent"]

    assert [envelope.rcpt_tos for envelope in handler.taken] == [["a@desk.example"], ["b@desk.example"]]
    assert {envelope.mail_from for envelope in handler.taken} == {"desk@desk.example"}
    assert all(b"\r\n.\r\nA line" in bytes(envelope.original_content or b"") for envelope in handler.taken)
    assert handler.connections == 1


def test_fault_68_one_refused_recipient_does_not_stop_the_others(post: tuple[Post, str]) -> None:
    _, pair = post

    assert send(f"smtp://{pair}", "nobody@desk.example", "b@desk.example") == [
        ("nobody@desk.example", State.REFUSED, "127.0.0.1: SMTPResponseException 550"),
        ("b@desk.example", State.SENT, ""),
    ]


def test_fault_68_a_recipient_put_off_is_deferred_and_the_next_one_is_sent(post: tuple[Post, str]) -> None:
    _, pair = post

    assert [state for _, state, _ in send(f"smtp://{pair}", "later@desk.example", "b@desk.example")] == [
        State.DEFERRED,
        State.SENT,
    ]


@pytest.mark.parametrize(
    ("word", "state"), [("put-off", State.DEFERRED), ("refused", State.REFUSED), ("drop", State.UNKNOWN)]
)
def test_fault_68_what_happens_after_data_decides_the_state(post: tuple[Post, str], word: str, state: State) -> None:
    handler, pair = post
    handler.after_data = word

    assert [s for _, s, _ in send(f"smtp://{pair}", "a@desk.example")] == [state]


def test_fault_68_a_server_that_falls_silent_after_data_leaves_the_mail_unknown(post: tuple[Post, str]) -> None:
    handler, pair = post
    handler.after_data = "silent"

    assert [s for _, s, _ in send(f"smtp://{pair}", "a@desk.example", timeout=0.5)] == [State.UNKNOWN]


def test_fault_68_a_server_that_is_down_defers_the_first_mail_and_asks_for_no_other() -> None:
    asked = []

    def mails() -> Iterator[tuple[str, bytes]]:
        for name in ("a", "b", "c"):
            asked.append(name)
            yield f"{name}@desk.example", message()

    answers = list(SmtpMailer(f"smtp://127.0.0.1:{free_port()}").send_all(mails()))

    assert [(a.state, a.reason) for a in answers] == [(State.DEFERRED, "127.0.0.1: ConnectionRefusedError")]
    assert asked == ["a"]


def test_reaching_the_server_sends_nothing(post: tuple[Post, str]) -> None:
    handler, pair = post

    SmtpMailer(f"smtp://{pair}").reach()

    assert handler.taken == []
    with pytest.raises(MailError, match="ConnectionRefusedError"):
        SmtpMailer(f"smtp://127.0.0.1:{free_port()}").reach()


def test_fault_72_neither_password_nor_user_stands_in_a_reason() -> None:
    handler = Post()
    controller = Controller(
        handler, hostname="127.0.0.1", port=free_port(), authenticator=check, auth_require_tls=False, auth_required=True
    )
    controller.start()
    right, wrong = "p%40ss%20word", "secret-and-wrong"
    try:
        [(_, state, _)] = send(f"smtp://desk:{right}@127.0.0.1:{controller.port}", "a@desk.example")
        [(_, failed, reason)] = send(f"smtp://desk:{wrong}@127.0.0.1:{controller.port}", "a@desk.example")
    finally:
        controller.stop()

    assert (state, failed) == (State.SENT, State.DEFERRED)
    assert reason == "127.0.0.1: SMTPAuthenticationError 535"


@pytest.mark.parametrize("answer", ["550 5.7.1 not from here", "530 5.7.0 log in first", "451 not now"])
def test_a_server_that_wants_no_mail_of_ours_defers_the_first_one_and_is_asked_for_no_other(
    post: tuple[Post, str], answer: str
) -> None:
    handler, pair = post
    handler.to_sender = answer
    asked = []

    def mails() -> Iterator[tuple[str, bytes]]:
        for name in ("a", "b"):
            asked.append(name)
            yield f"{name}@desk.example", message()

    [sending] = SmtpMailer(f"smtp://{pair}").send_all(mails())

    assert (sending.state, sending.ours, asked) == (State.DEFERRED, True, ["a"])
    told = f"127.0.0.1: SMTPResponseException {answer[:3]}: the server takes no mail from desk@desk.example"
    assert sending.reason == told


def test_a_server_that_wants_a_login_at_the_recipient_refuses_nobody(post: tuple[Post, str]) -> None:
    _, pair = post

    [sending] = SmtpMailer(f"smtp://{pair}").send_all(iter([("login@desk.example", message())]))

    assert (sending.state, sending.ours) == (State.DEFERRED, True)
    assert "POLICYWIRE_SMTP" in sending.reason


def test_a_password_goes_to_another_machine_over_tls_only(
    post: tuple[Post, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, pair = post
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _, *rest, **named: resolve("127.0.0.1", *rest, **named))
    port = pair.partition(":")[2]

    [(_, state, reason)] = send(f"smtp://desk:secret@mail.example:{port}", "a@desk.example")
    [(_, _, allowed)] = send(f"smtp+insecure://desk:secret@mail.example:{port}", "a@desk.example")

    assert state is State.DEFERRED
    assert reason.startswith("mail.example: no STARTTLS, so the password of POLICYWIRE_SMTP was not sent")
    assert "secret" not in reason
    assert allowed == "mail.example: SMTPNotSupportedError"  # it got as far as the login, which the server has not
    with pytest.raises(MailError, match="no STARTTLS"):
        SmtpMailer(f"smtp://desk:secret@mail.example:{port}").reach()
    assert [s for _, s, _ in send(f"smtp://mail.example:{port}", "a@desk.example")] == [State.SENT]
    assert len(handler.taken) == 1


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_an_address_that_is_no_mail_server_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigError, match="POLICYWIRE_SMTP"):
        SmtpMailer(url)
