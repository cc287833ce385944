"""Hands mails to an SMTP server named by URL; the password never reaches a message or a log."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable, Iterator
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from pipeline.domain.state import State
from pipeline.errors import ConfigError, MailError
from pipeline.ports import Sending

TIMEOUT_SECONDS = 30
NOT_LOGGED_IN = 530  # RFC 4954, 6


class SmtpMailer:
    """Implements the port Mailer for `smtp://[user:password@]host[:port]`, `smtps://…` and `smtp+insecure://…`.

    A password goes to another machine over TLS only, unless the scheme says insecure. One connection serves all.
    """

    def __init__(self, url: str, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps", "smtp+insecure"} or not parts.hostname:
            raise ConfigError(
                "POLICYWIRE_SMTP: expected smtp://user:password@host:port, smtps://… or smtp+insecure://…"
            )
        self._parts = parts
        self._timeout = timeout_seconds

    def reach(self) -> None:
        """Connect and log in, and send nothing. Raises MailError."""
        try:
            self._connect().quit()
        except (smtplib.SMTPException, OSError) as error:
            raise MailError(self._told(error)) from None

    def send_all(self, mails: Iterable[tuple[str, bytes]]) -> Iterator[Sending]:
        server: smtplib.SMTP | None = None
        try:
            for recipient, message in mails:
                try:
                    server = server or self._connect()
                except (MailError, smtplib.SMTPException, OSError) as error:
                    yield Sending(recipient=recipient, state=State.DEFERRED, reason=self._told(error), ours=True)
                    return
                try:
                    state, reason = self._send(server, parseaddr(recipient)[1], message)
                except MailError as error:
                    yield Sending(recipient=recipient, state=State.DEFERRED, reason=str(error), ours=True)
                    return
                if state in {State.DEFERRED, State.UNKNOWN}:  # whatever is wrong with the connection, the next is new
                    server.close()
                    server = None
                yield Sending(recipient=recipient, state=state, reason=reason)
        finally:
            if server:
                _leave(server)

    def _send(self, server: smtplib.SMTP, address: str, message: bytes) -> tuple[State, str]:
        """One mail. Before DATA a lost connection means that it was not taken; from then on nobody can know.

        Raises MailError where the server wants no mail of ours, whoever it is for.
        """
        began = False
        try:
            self._greet(server, _sender(message))
            _want(server.rcpt(address))
            began = True
            _want(server.data(message))
        except smtplib.SMTPResponseException as error:
            if error.smtp_code == NOT_LOGGED_IN:
                raise MailError(f"{self._told(error)}: the server wants a login, see POLICYWIRE_SMTP") from None
            return (State.REFUSED if error.smtp_code >= 500 else State.DEFERRED), self._told(error)
        except (smtplib.SMTPException, OSError) as error:
            return (State.UNKNOWN if began else State.DEFERRED), self._told(error)
        finally:
            if not began:
                _reset(server)
        return State.SENT, ""

    def _greet(self, server: smtplib.SMTP, sender: str) -> None:
        try:
            _want(server.mail(sender))
        except smtplib.SMTPResponseException as error:
            # It has not heard of any recipient yet: what it says concerns every mail of ours.
            raise MailError(f"{self._told(error)}: the server takes no mail from {sender}") from None

    def _told(self, error: Exception) -> str:
        if isinstance(error, MailError):
            return str(error)
        # The library's text may repeat what was sent; its class and code say enough.
        code = getattr(error, "smtp_code", "")
        return f"{self._parts.hostname}: {type(error).__name__} {code}".strip()

    def _connect(self) -> smtplib.SMTP:
        host, context = self._parts.hostname or "", ssl.create_default_context()
        if self._parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._parts.port or 465, timeout=self._timeout, context=context
            )
        else:
            server = smtplib.SMTP(host, self._parts.port or 25, timeout=self._timeout)
        try:
            server.ehlo()
            if self._parts.scheme != "smtps" and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            elif self._parts.scheme == "smtp" and self._parts.username and not _loopback(host):
                raise MailError(
                    f"{host}: no STARTTLS, so the password of POLICYWIRE_SMTP was not sent; use smtps://…, or "
                    "smtp+insecure://… where the network between is trusted"
                )
            if self._parts.username:
                server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _want(answer: tuple[int, bytes]) -> None:
    code, text = answer
    if code not in {250, 251}:
        raise smtplib.SMTPResponseException(code, text)


def _reset(server: smtplib.SMTP) -> None:
    try:
        server.rset()
    except (smtplib.SMTPException, OSError):
        server.close()


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()


def _sender(message: bytes) -> str:
    return parseaddr(str(BytesHeaderParser().parsebytes(message)["From"]))[1]
