"""Links as publishers write them: what is stripped before one is fetched, and when two lead to one article."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

TRACKERS = re.compile(r"^(utm_\w+|fbclid|gclid|mc_cid|mc_eid|cmpid|ref_src|igshid)$")
# What `ref` says where it names the way that a reader came; elsewhere it is a branch or a document's number.
CAME_FROM = re.compile(
    r"(?:rss|feeds?|atom|home(?:page)?|hp|front(?:page)?|nl|news(?:letter)?|e?mail|app|amp|mobile|web(?:site)?|share|"
    r"social|search|top|header|footer|nav(?:bar)?|menu|sidebar|widget|related|recommended|twitter|tw|x|facebook|fb|"
    r"linkedin|reddit|hn|google|bing|apple|yahoo|telegram|whatsapp|producthunt)(?![^\W_])|.*\.[a-z]{2,6}/?$",
    re.IGNORECASE,
)
ESCAPE = re.compile(r"%([\da-f]{2})", re.IGNORECASE)
PLAIN = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)  # RFC 3986: escaped or not is one
PORT = re.compile(r":\d*$")
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
    >>> canonical_link("https://bücher.example./caf%c3%a9/%7Ea") == canonical_link("https://xn--bcher-kva.example/café/~a")
    True
    """
    parts = urlsplit(AMP_CACHE.sub("https://", link))
    web = parts.scheme in {"http", "https"}
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _noise(k, v)]
    # Without a host, a path that opens with two slashes would be read as one the next time.
    path = AMP_PATH.sub("", parts.path) if parts.netloc else re.sub("^/+", "/", parts.path)
    netloc = _netloc(parts.netloc, parts.scheme)
    return urlunsplit(("https" if web else parts.scheme, netloc, _escaped(path).rstrip("/"), urlencode(pairs), ""))


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
    came_from = key.lower() == "ref" and bool(CAME_FROM.match(value) or not value)
    return came_from or bool(TRACKERS.match(key)) or (key.lower(), value.lower()) in VARIANTS


def _escaped(path: str) -> str:
    """One spelling of a path: what may stand as it is does, the rest is escaped as UTF-8.

    >>> _escaped("/%7Ea/caf%c3%a9/é b")
    '/~a/caf%C3%A9/%C3%A9%20b'
    """

    def plain(found: re.Match[str]) -> str:
        char = chr(int(found[1], 16))
        return char if char in PLAIN else found[0].upper()

    return quote(ESCAPE.sub(plain, path), safe="%!$&'()*+,/:;=@|\\^`{}[]<>\"", errors="replace")


def _netloc(netloc: str, scheme: str) -> str:
    host = netloc.rpartition("@")[2].lower()
    host = host.removesuffix({"http": ":80", "https": ":443"}.get(scheme, "\n"))
    port = "".join(PORT.findall(host))
    labels = _ascii(host.removesuffix(port).rstrip(".")).split(".")
    while len(labels) > 2 and labels[0] in DEVICES:
        labels = labels[1:]
    return ".".join(labels) + port


def _ascii(host: str) -> str:
    """The host as the name system knows it; one that it cannot know stays."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
