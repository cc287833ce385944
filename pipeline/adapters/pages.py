"""Article pages as text: trafilatura, the fast algorithm first. Never raises for a bad page."""

from __future__ import annotations

import re
from typing import Any

import trafilatura
from py3langid.langid import classify as identify

from pipeline.domain.state import State
from pipeline.domain.text import clean, one_line
from pipeline.ports import Page

ENOUGH = 250  # characters; less is a teaser, a stub or a wall
WALL = re.compile(
    r"to continue reading|subscribe to (?:read|continue)|already a subscriber|enable javascript|"
    r"for subscribers only|sign in to read|accept (?:all )?cookies to continue",
    re.IGNORECASE,
)
WALL_LENGTH = 1500  # a whole article may mention subscribing; a stub is short
NOT_FREE = re.compile(rb'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)


class TrafilaturaExtractor:
    """Implements the port PageExtractor."""

    def extract(self, body: bytes, url: str, content_type: str = "") -> Page:
        if not body.strip():
            return Page(state=State.UNREADABLE, reason="the page is empty")
        if not looks_like_html(body):
            return Page(state=State.NOT_HTML, reason="the answer is no HTML page")
        try:
            page = _read(body, url)
        except Exception as error:  # hostile markup makes the parsers raise anything
            return Page(state=State.UNREADABLE, reason=f"extraction failed: {type(error).__name__}")
        if page.state is State.OK and _is_wall(body, page.text):
            return Page(
                state=State.THIN, **{f: getattr(page, f) for f in _FIELDS}, reason="a subscription or cookie wall"
            )
        return page


_FIELDS = ("text", "title", "author", "date", "language")


def looks_like_html(body: bytes) -> bool:
    """Whether the bytes can be a page; content types lie.

    >>> looks_like_html(b"%PDF-1.7"), looks_like_html(b"<p>Hello")
    (False, True)
    """
    start = body[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in start and b"<" in start and not start.startswith((b"%PDF", b"GIF8", b"\xff\xd8"))


def _read(body: bytes, url: str) -> Page:
    document = _extract(body, url, fast=True)
    if document is None or len(document.text or "") < ENOUGH:
        document = _extract(body, url, fast=False) or document
    text = clean((document.text if document else "") or "").strip()
    if document is None or not text:
        return Page(state=State.THIN, reason="no article text on the page")
    return Page(
        state=State.OK if len(text) >= ENOUGH else State.THIN,
        text=text,
        title=one_line(document.title or ""),
        author=one_line(document.author or ""),
        date=document.date or "",
        language=str(identify(text[:1000])[0]),
        reason="" if len(text) >= ENOUGH else f"only {len(text)} characters",
    )


def _extract(body: bytes, url: str, *, fast: bool) -> Any:
    return trafilatura.bare_extraction(
        body, url=url or None, fast=fast, with_metadata=True, include_comments=False, include_tables=True
    )


def _is_wall(body: bytes, text: str) -> bool:
    return len(text) < WALL_LENGTH and bool(NOT_FREE.search(body) or WALL.search(text))
