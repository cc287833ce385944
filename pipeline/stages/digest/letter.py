"""The mail of an edition, and what stands above it for each reader."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from urllib.parse import quote

from pipeline.domain.edition import Edition, ReaderList
from pipeline.domain.mailbox import Mailbox, mailbox

FOLD = "\r\n "


def compose(edition: Edition, readers: ReaderList, now: datetime, text: str, html: str, picture: bytes) -> bytes:
    """A multipart mail without recipient; every part of it but the date depends on the edition alone."""
    sender = mailbox(readers.sender)
    domain = sender.address.partition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(edition.title)
    message["Date"] = format_datetime(now)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    page = message.get_body(("html",))
    assert isinstance(page, EmailMessage)  # noqa: S101 -- it was added a line before
    page.add_related(picture, "image", "png", cid=f"<{picture_id(edition).removeprefix('cid:')}>", filename="weeks.png")
    for n, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"{digest_id(edition)}-{n}")
    return lines(
        ("From", shown("From", sender)),
        ("Message-ID", f"<{digest_id(edition)}@{domain}>"),
        ("List-Id", f"<{readers.id}.{domain}>"),
    ) + message.as_bytes(policy=SMTP)


def addressed(eml: bytes, readers: ReaderList | None, recipient: Mailbox) -> bytes:
    """The committed bytes with the recipient's own headers before them; `readers` is None for a list that is gone."""
    headers = [("To", shown("To", recipient))]
    if readers:
        sender = quote(mailbox(readers.sender).address, safe="@")
        ways = [f"<mailto:{sender}?subject=unsubscribe%20{readers.id}>"]
        if readers.unsubscribe:
            ways.insert(0, f"<{readers.unsubscribe.replace('{recipient}', quote(recipient.address, safe=''))}>")
            headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
        headers.append(("List-Unsubscribe", f",{FOLD}".join(ways)))
    return lines(*headers) + eml


def lines(*headers: tuple[str, str]) -> bytes:
    """Headers that hold addresses, as they stand.

    The mail library would cut a long address into encoded words, which no mail program reads there. A line of up to
    998 characters is legal (RFC 5322, 2.1.1).
    """
    return "".join(f"{name}: {value}\r\n" for name, value in headers).encode("ascii")


def shown(header: str, box: Mailbox) -> str:
    """A name and its address; only a name with letters beyond ASCII is encoded."""
    name = one_line(box.name)
    if not name or name.isascii():
        return formataddr((name, box.address))
    encoded = Header(name, "utf-8", header_name=header).encode(linesep="\r\n")
    return f"{encoded}{FOLD}<{box.address}>"


def picture_id(edition: Edition) -> str:
    """The address of the picture inside the mail; its id is told apart by day and list."""
    return f"cid:weeks.{digest_id(edition)}@policywire"


def digest_id(edition: Edition) -> str:
    return hashlib.sha256(f"{edition.day}/{edition.list_id}".encode()).hexdigest()[:24]


def one_line(text: str) -> str:
    """Header text: control characters would make the mail library refuse the whole digest.

    >>> one_line("News\\r\\nBcc: a@b.example")
    'News Bcc: a@b.example'
    """
    return " ".join(re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+", " ", text).split())[:500]
