"""The feeds that a page names in its head."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from lxml import etree, html

HEAD_BYTES = 200_000
MOST = 10
TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"})


def feeds_of_page(body: bytes, url: str) -> list[str]:
    """Absolute addresses of the page's rel=alternate feeds, in their order.

    >>> feeds_of_page(b"<link rel=alternate type='application/rss+xml' href='/feed'>", "https://news.example/a")
    ['https://news.example/feed']
    """
    try:
        page = html.document_fromstring(body[:HEAD_BYTES], parser=html.HTMLParser(huge_tree=False))
    except (ValueError, AssertionError, etree.LxmlError):
        return []
    base = next((joined for b in page.iter("base") if (joined := _joined(url, b.get("href")))), url)
    found = []
    for link in page.iter("link"):
        kind = str(link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in str(link.get("rel") or "").lower().split() and kind in TYPES:
            found.append(_joined(base, link.get("href")))
    return list(dict.fromkeys(f for f in found if f))[:MOST]


def _joined(base: str, href: str | None) -> str:
    """The http or https address that a link names, or ""; `feed:` before one is what old readers were called by.

    >>> _joined("https://news.example/a", "feed:http://news.example/b"), _joined("https://news.example/a", "ftp://b/")
    ('http://news.example/b', '')
    """
    link = (href or "").strip()
    if link.lower().startswith("feed:"):
        link = link[5:] if link.lower().startswith(("feed:http:", "feed:https:")) else "http:" + link[5:]
    try:
        joined = urljoin(base, link) if link else ""
        return joined if urlsplit(joined).scheme in {"http", "https"} and urlsplit(joined).hostname else ""
    except ValueError:  # not an address
        return ""
