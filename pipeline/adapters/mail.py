"""Hands mails to an SMTP server named by URL; the password never reaches a message or a log."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from pipeline.errors import ConfigError, MailError

TIMEOUT_SECONDS = 30


class SmtpMailer:
    """Implements the port Mailer for `smtp://[user:password@]host[:port]` and `smtps://…`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ConfigError("POLICYWIRE_SMTP: expected smtp://user:password@host:port or smtps://…")
        self._parts = parts

    def reach(self) -> None:
        """Connect and log in, and send nothing. Raises MailError."""
        self._talk(lambda _: None)

    def send(self, message: EmailMessage, recipient: str) -> None:
        self._talk(lambda server: server.send_message(message, to_addrs=[recipient]))

    def _talk(self, speak: Callable[[smtplib.SMTP], object]) -> None:
        try:
            with self._connect() as server:
                if self._parts.username:
                    server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
                speak(server)
        except (smtplib.SMTPException, OSError) as error:
            # The library's text may repeat what was sent; its class and code say enough.
            code = getattr(error, "smtp_code", "")
            raise MailError(f"{self._parts.hostname}: {type(error).__name__} {code}".strip()) from None

    def _connect(self) -> smtplib.SMTP:
        host, context = self._parts.hostname or "", ssl.create_default_context()
        if self._parts.scheme == "smtps":
            return smtplib.SMTP_SSL(host, self._parts.port or 465, timeout=TIMEOUT_SECONDS, context=context)
        server = smtplib.SMTP(host, self._parts.port or 25, timeout=TIMEOUT_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        return server
