"""The feeds that a page names in its head."""

from __future__ import annotations

from urllib.parse import urljoin

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
    base = next((urljoin(url, str(b.get("href"))) for b in page.iter("base") if b.get("href")), url)
    found = []
    for link in page.iter("link"):
        kind = str(link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in str(link.get("rel") or "").lower().split() and kind in TYPES and link.get("href"):
            try:
                found.append(urljoin(base, str(link.get("href")).strip()))
            except ValueError:  # not an address
                continue
    return list(dict.fromkeys(found))[:MOST]
