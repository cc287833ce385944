"""What may be connected to: public web addresses, and the host:port pairs that the settings allow."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

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
        *("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32"),
        *("2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
)


def check_url(url: str, allowed: frozenset[str]) -> tuple[str, int]:
    """Host and port of a URL that may be asked for. Raises FetchError (blocked)."""
    if any(ord(c) <= 0x20 or c in "\\\x7f" for c in url):
        raise _blocked("the address has spaces or control characters")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError as error:
        raise _blocked(f"not an address ({error})") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise _blocked("only http and https addresses are fetched")
    if parts.username is not None:
        raise _blocked("addresses with a user name or password are not fetched")
    if port not in PORTS and f"{host}:{port}" not in allowed:
        raise _blocked(f"port {port} is not allowed")
    return host, port


def check_address(ip: str, port: int, allowed: frozenset[str]) -> None:
    """Refuse every address that is not public, unless `ip:port` is allowed. Raises FetchError (blocked)."""
    address: IPv4Address | IPv6Address = ip_address(ip.partition("%")[0])
    if f"{ip}:{port}" in allowed:
        return
    if any(address.version == net.version and address in net for net in REFUSED) or not address.is_global:
        raise _blocked(f"{ip} is not a public address")


def _blocked(reason: str) -> FetchError:
    return FetchError(State.BLOCKED, reason)
