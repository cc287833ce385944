"""Hands mails to an SMTP server named by URL; the password never reaches a message or a log."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable, Iterator
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from pipeline.domain.state import State
from pipeline.errors import ConfigError, MailError
from pipeline.ports import Sending

TIMEOUT_SECONDS = 30


class SmtpMailer:
    """Implements the port Mailer for `smtp://[user:password@]host[:port]` and `smtps://…`, over one connection."""

    def __init__(self, url: str, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ConfigError("POLICYWIRE_SMTP: expected smtp://user:password@host:port or smtps://…")
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
                except (smtplib.SMTPException, OSError) as error:
                    yield Sending(recipient=recipient, state=State.DEFERRED, reason=self._told(error))
                    return
                state, reason = self._send(server, parseaddr(recipient)[1], message)
                if state in {State.DEFERRED, State.UNKNOWN}:  # whatever is wrong with the connection, the next is new
                    server.close()
                    server = None
                yield Sending(recipient=recipient, state=state, reason=reason)
        finally:
            if server:
                _leave(server)

    def _send(self, server: smtplib.SMTP, address: str, message: bytes) -> tuple[State, str]:
        """One mail. Before DATA a lost connection means that it was not taken; from then on nobody can know."""
        began = False
        try:
            _want(server.mail(_sender(message)))
            _want(server.rcpt(address))
            began = True
            _want(server.data(message))
        except smtplib.SMTPResponseException as error:
            return (State.REFUSED if error.smtp_code >= 500 else State.DEFERRED), self._told(error)
        except (smtplib.SMTPException, OSError) as error:
            return (State.UNKNOWN if began else State.DEFERRED), self._told(error)
        finally:
            if not began:
                _reset(server)
        return State.SENT, ""

    def _told(self, error: Exception) -> str:
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
            if self._parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            if self._parts.username:
                server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server


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
