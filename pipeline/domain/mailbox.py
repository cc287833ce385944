"""Mail addresses: read strictly, and one key for one reader however the address is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr, unquote

FORM = re.compile(r"(?P<name>[^<>]*)<(?P<inner>[^<>]*)>|(?P<bare>[^<>]*)")
SHAPE = re.compile(r"[^\s@]+@[^\s@]+")
LONGEST = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mail address, in ASCII, and the name that is shown beside it."""

    address: str
    name: str = ""


def mailbox(text: str) -> Mailbox:
    """Read `address` or `Name <address>`. Raises ValueError for anything else.

    >>> mailbox('"Reed, Ann" <Ann@x.example>')
    Mailbox(address='Ann@x.example', name='Reed, Ann')
    """
    form = FORM.fullmatch(text.strip())
    address = (form["inner"] if form["bare"] is None else form["bare"]) if form else ""
    if not text.isprintable() or not address.isascii() or len(address) > LONGEST or not _plain(address):
        raise ValueError("expected one mail address in ASCII (a domain with other letters in its xn-- form)")
    return Mailbox(address, unquote(((form and form["name"]) or "").strip()))


def reader_key(text: str) -> str:
    """What tells one reader from another: the address alone, in small letters.

    >>> reader_key("Ann <ANN@x.example>") == reader_key("ann@x.example")
    True
    """
    return (parseaddr(text)[1] or text).strip().lower()


def distinct(texts: Iterable[str]) -> dict[str, str]:
    """Each reader's key to the first way in which they are written.

    >>> distinct(["Ann <ann@x.example>", "b@x.example", "ANN@x.example"])
    {'ann@x.example': 'Ann <ann@x.example>', 'b@x.example': 'b@x.example'}
    """
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(reader_key(text), text)
    return found


def _plain(address: str) -> bool:
    """Whether it is an address as it stands, without comments, quotes or white space around its parts."""
    if not SHAPE.fullmatch(address):  # the library fails on some of the others with an IndexError
        return False
    try:
        read = Address(addr_spec=address)
    except (ValueError, MessageError):
        return False
    return f"{read.username}@{read.domain}" == address
