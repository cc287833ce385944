"""The entries of a feed of any kind: feedparser for RSS and Atom, JSON Feed by hand. Runs in a killable worker.

Every field is hostile text.
"""

from __future__ import annotations

import json
import re
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import etree, html

from pipeline.adapters.decoding import decode
from pipeline.adapters.feeds import Refused
from pipeline.domain.entry import Entry
from pipeline.domain.feed import Feed
from pipeline.domain.state import State
from pipeline.domain.text import clean, one_line
from pipeline.errors import ParseError
from pipeline.ports import Reply

LONGEST_TITLE = 1000
DECLARED = re.compile(r"""^(\s*<\?xml[^>]{0,200}?)\s+encoding\s*=\s*["'][^"'>]{0,60}["']""", re.IGNORECASE)
EARLIEST, LATEST = 1990, 2100  # years; a date outside them is a slip of the feed's software


def read(job: tuple[Feed, Reply]) -> tuple[Entry, ...] | Refused:
    """What a worker gives back: an error of ours would not survive the way between two processes."""
    try:
        return entries(*job)
    except ParseError as error:
        return Refused(state=State(error.state), reason=error.reason)


def entries(feed: Feed, reply: Reply) -> tuple[Entry, ...]:
    """The feed's entries; one without a usable link has link "". Raises ParseError."""
    body = reply.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not body:
        raise ParseError(State.SUSPICIOUS_EMPTY, "the answer is empty")
    if body.startswith(b"{"):
        return _json_feed(feed, reply)
    return _xml_feed(feed, reply)


def _xml_feed(feed: Feed, reply: Reply) -> tuple[Entry, ...]:
    # As UTF-8 alone: what a server says of the encoding is often wrong, and some names make feedparser raise.
    text = DECLARED.sub(r"\1", decode(reply.body, reply.headers.get("content-type", "")), count=1)
    headers = {"content-type": "application/xml; charset=utf-8"}
    if place := reply.headers.get("content-location"):
        headers["content-location"] = place
    try:
        # From bytes feedparser would open a file or an address that the body names.
        parsed = feedparser.parse(
            BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:
        raise
    except Exception as error:  # its parsers raise whatever the body leads to
        raise ParseError(State.UNREADABLE, f"feedparser gave up: {type(error).__name__}") from error
    if not parsed.get("version") and not parsed.entries:
        kind = "an HTML page" if b"<html" in reply.body[:2000].lower() else "no feed"
        raise ParseError(State.NOT_A_FEED, f"the answer is {kind}")
    base = urljoin(reply.url, str(parsed.feed.get("base") or ""))
    return tuple(_entry_from(feed, base, item) for item in parsed.entries if item)


def _entry_from(feed: Feed, base: str, item: Mapping[str, Any]) -> Entry:
    """The only function that touches a feedparser item."""
    # feedparser offers a guid as link where there is none; only the feed's own links count.
    given = any(_text(part.get("href")) for part in item.get("links") or [] if isinstance(part, Mapping))
    guid = _text(item.get("id"))
    linked = given or guid.startswith(("http://", "https://"))
    link = usable_link(base, _text(item.get("link"))) if linked else ""
    contents = [_text(c.get("value")) for c in item.get("content") or [] if isinstance(c, Mapping)]
    summary = max((plain_text(t) for t in [_text(item.get("summary")), *contents]), key=len)
    struct = _own(item, "published_parsed") or _own(item, "updated_parsed")
    return Entry(
        feed_url=feed.url,
        id=one_line(guid or link)[:2000],
        link=link,
        title=one_line(plain_text(_text(item.get("title"))))[:LONGEST_TITLE],
        summary=summary,
        author=one_line(_text(item.get("author")))[:200],
        published=_moment(struct),
        published_raw=one_line(_text(_own(item, "published") or _own(item, "updated")))[:200],
    )


def _own(item: Mapping[str, Any], key: str) -> Any:
    """A key that the item has itself: feedparser would answer with another key's value, and a warning."""
    return item[key] if key in item else None  # noqa: SIM401 -- get() is what must not be asked


def _json_feed(feed: Feed, reply: Reply) -> tuple[Entry, ...]:
    try:
        data = json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise ParseError(State.UNREADABLE, f"not valid JSON: {type(error).__name__}") from error
    items = data.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in str(data.get("version")):
        raise ParseError(State.NOT_A_FEED, "JSON, but no JSON Feed")
    return tuple(_json_entry(feed, reply.url, item) for item in items if isinstance(item, dict))


def _json_entry(feed: Feed, base: str, item: Mapping[str, Any]) -> Entry:
    link = usable_link(base, _text(item.get("url") or item.get("external_url")))
    raw = _text(item.get("date_published") or item.get("date_modified"))
    authors = item.get("authors") or [item.get("author")]
    first = authors[0] if isinstance(authors, list) and authors else None
    texts = [_text(item.get("summary")), _text(item.get("content_text")), plain_text(_text(item.get("content_html")))]
    return Entry(
        feed_url=feed.url,
        id=one_line(_text(item.get("id")) or link)[:2000],
        link=link,
        title=one_line(_text(item.get("title")))[:LONGEST_TITLE],
        summary=max((clean(t) for t in texts), key=len),
        author=one_line(_text(first.get("name")))[:200] if isinstance(first, Mapping) else "",
        published=_iso(raw),
        published_raw=one_line(raw)[:200],
    )


def usable_link(base: str, link: str) -> str:
    """The absolute http(s) address of a link, or "" where it is none.

    >>> usable_link("https://a.example/feed", "/news/1"), usable_link("https://a.example/", "javascript:x")
    ('https://a.example/news/1', '')
    """
    try:
        url = urljoin(base, one_line(link)).replace(" ", "%20")
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= 2000
        _ = parts.port
    except ValueError:
        return ""
    return url if good and link else ""


def plain_text(markup: str) -> str:
    """The text of an HTML fragment, cleaned."""
    if "<" not in markup and "&" not in markup:
        return clean(markup)
    try:
        fragment = html.fromstring(f"<div>{clean(markup)}</div>")
        etree.strip_elements(fragment, "script", "style", with_tail=False)
        return one_line(" ".join(str(t) for t in fragment.itertext()))
    except (ValueError, AssertionError, etree.LxmlError):
        return clean(markup)


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _moment(struct: Any) -> datetime | None:
    try:
        return _sane(datetime.fromtimestamp(timegm(struct), UTC)) if struct else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _iso(raw: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(raw)
        return _sane((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _sane(moment: datetime) -> datetime | None:
    return moment if EARLIEST <= moment.year <= LATEST else None
