"""What may be connected to: public web addresses, and the host:port pairs that the settings allow."""

from __future__ import annotations

import re
import socket
import unicodedata
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from pipeline.domain.link import without_userinfo
from pipeline.domain.state import State
from pipeline.errors import FetchError

PORTS = frozenset({80, 443, 8080, 8443})
# Python 3.11 calls several of these global; metadata services sit on some that look public.
REFUSED = tuple(
    ip_network(n)
    for n in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
        *(
            "::/96",
            "::ffff:0:0/96",
            "::ffff:0:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
        ),
        *("2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
)
# Names that mean this machine or this network whatever a resolver says.
PRIVATE_NAMES = ("localhost", "internal", "local", "home.arpa")
WHITE = " \t\r\n"
ODD = re.compile(r"[\x00-\x20\\\x7f]")
ESCAPED = "!$%&'()*+,/:;=?@[]|\\^`{}~"  # left as they are in a redirect's path and query; the guard judges them


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address that may be asked for. `allowed`: the settings name its host:port, so no address is refused."""

    url: str
    host: str
    port: int
    allowed: bool = False

    @property
    def pair(self) -> str:
        """Host and port as the settings write them: `news.example:80`, `[::1]:8080`."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def check_url(url: str, allowed: frozenset[str]) -> Target:
    """What a URL leads to; its user name and password are dropped. Raises FetchError (blocked)."""
    if ODD.search(url):
        raise blocked("the address has spaces or control characters")
    try:
        parts = urlsplit(without_userinfo(url))
        host = _host(parts.hostname or "")
        port = {"http": 80, "https": 443}.get(parts.scheme, 0) if parts.port is None else parts.port
    except ValueError as error:
        raise blocked(f"not an address ({error})") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise blocked("only http and https addresses are fetched")
    target = Target(url=parts.geturl(), host=host, port=port)
    if target.pair in allowed:
        return replace(target, allowed=True)
    _check_public(target)
    return target


def redirected(url: str, location: str) -> str:
    r"""The address that a redirect names, its odd characters escaped as browsers do; aiohttp gives bytes as surrogates.

    >>> redirected("https://news.example/a/b", " feed with space.xml "), redirected("https://news.example/", "/\udce9")
    ('https://news.example/a/feed%20with%20space.xml', 'https://news.example/%E9')
    """
    try:
        parts = urlsplit(urljoin(url, location.strip(WHITE)))
    except ValueError as error:
        raise blocked(f"the redirect leads to no address ({error})") from error
    path, query = (quote(p, safe=ESCAPED, errors="surrogateescape") for p in (parts.path, parts.query))
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def _check_public(target: Target) -> None:
    if target.port not in PORTS:
        raise blocked(f"port {target.port} is not allowed")
    if any(target.host == name or target.host.endswith(f".{name}") for name in PRIVATE_NAMES):
        raise blocked(f"{target.host} is a private name")
    if literal := _literal(target.host):
        check_address(literal)


def check_address(ip: str) -> None:
    """Refuse every address that is not public. Raises FetchError (blocked)."""
    try:
        address = ip_address(ip.partition("%")[0])
    except ValueError as error:  # such as [vF.a:b], an address of the future
        raise blocked(f"{ip} is not an address") from error
    if any(address.version == net.version and address in net for net in REFUSED) or not address.is_global:
        raise blocked(f"{ip} is not a public address")


def blocked(reason: str) -> FetchError:
    return FetchError(State.BLOCKED, reason)


def _host(name: str) -> str:
    """The host as a resolver will read it: full-width and circled characters are what they look like."""
    host = unicodedata.normalize("NFKC", name).replace("。", ".").lower().rstrip(".")
    if any(c in "%/?#@ " or "\ud800" <= c <= "\udfff" for c in host):
        raise ValueError("the host has characters that no host has")
    return host


def _literal(host: str) -> str:
    """The IP address that a host spells, in any spelling that the system's resolver takes, or "".

    >>> _literal("0x7f.1"), _literal("2130706433"), _literal("news.example")
    ('127.0.0.1', '127.0.0.1', '')
    """
    if ":" in host:
        return host
    try:
        return str(IPv4Address(socket.inet_aton(host)))
    except (OSError, UnicodeError):
        return ""
