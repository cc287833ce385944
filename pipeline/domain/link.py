"""Links as publishers write them: what is stripped before one is fetched, and when two lead to one article."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKERS = re.compile(r"^(utm_\w+|fbclid|gclid|mc_cid|mc_eid|cmpid|ref|ref_src|igshid)$")
VARIANTS = frozenset({("amp", "1"), ("amp", ""), ("amp", "true"), ("outputtype", "amp"), ("m", "1")})
# The first labels of a host that serve the same article to other devices.
DEVICES = frozenset({"www", "m", "mobile", "amp"})
AMP_PATH = re.compile(r"/amp(?=/|$)|\.amp(?=\.html?$|$)", re.IGNORECASE)
AMP_CACHE = re.compile(r"^https?://(?:www\.google\.[a-z.]+/amp|[\w-]+\.cdn\.ampproject\.org/[cv])/(s/)?(?=[\w.-]+\.)")
USERINFO = re.compile(r"^([a-z][a-z0-9+.-]*:)?//[^/?#]*@", re.IGNORECASE)


def canonical_link(link: str) -> str:
    """One form for all spellings of a link: no scheme or device differences, trackers, fragment or final slash.

    >>> canonical_link("http://www.News.example/a/?utm_source=x&id=2#top")
    'https://news.example/a?id=2'
    >>> canonical_link("https://www.google.com/amp/s/m.news.example/a/amp/")
    'https://news.example/a'
    """
    parts = urlsplit(AMP_CACHE.sub("https://", link))
    web = parts.scheme in {"http", "https"}
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _noise(k, v)]
    # Without a host, a path that opens with two slashes would be read as one the next time.
    path = AMP_PATH.sub("", parts.path) if parts.netloc else re.sub("^/+", "/", parts.path)
    netloc = _netloc(parts.netloc, parts.scheme)
    return urlunsplit(("https" if web else parts.scheme, netloc, path.rstrip("/"), urlencode(pairs), ""))


def without_userinfo(url: str) -> str:
    """The address without a user name and password, which are never sent, stored or logged.

    >>> without_userinfo("https://me:secret@news.example/a@b")
    'https://news.example/a@b'
    """
    return USERINFO.sub(lambda found: f"{found[1] or ''}//", url)


def site_of(url: str) -> str:
    """The host that speaks for a site, without the labels that only name a device; "" where there is none."""
    try:
        return _netloc(urlsplit(url).netloc, "https")
    except ValueError:
        return ""


def _noise(key: str, value: str) -> bool:
    return bool(TRACKERS.match(key)) or (key.lower(), value.lower()) in VARIANTS


def _netloc(netloc: str, scheme: str) -> str:
    host = netloc.rpartition("@")[2].lower()
    host = host.removesuffix({"http": ":80", "https": ":443"}.get(scheme, "\n"))
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in DEVICES:
        labels = labels[1:]
    return ".".join(labels)
