"""The guard: what may be connected to."""

from __future__ import annotations

import pytest

from pipeline.adapters.guard import check_address, check_url
from pipeline.domain.state import State
from pipeline.errors import FetchError

NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "0.0.0.0", "255.255.255.255"),  # noqa: S104 -- addresses to refuse
        *("100.64.0.1", "169.254.1.1", "224.0.0.1", "240.0.0.1", "198.18.0.1", "203.0.113.5"),
        *("169.254.169.254", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *(
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::ffff:0:7f00:1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:0:1::1",
        ),
    ],
)
def test_an_address_that_is_not_public_is_refused_in_every_form(ip: str) -> None:
    with pytest.raises(FetchError) as caught:
        check_address(ip)

    assert caught.value.state == State.BLOCKED


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.216.34", "2606:4700::1111"])
def test_a_public_address_is_accepted(ip: str) -> None:
    check_address(ip)  # which raises for the others


def test_fault_12_an_allowed_address_of_ipv6_is_written_with_brackets() -> None:
    allowed = frozenset({"[::1]:8080"})

    assert check_url("http://[::1]:8080/feed", allowed).allowed
    for other in ("http://[::1]:8443/", "http://[::2]:8080/"):
        with pytest.raises(FetchError):
            check_url(other, allowed)


def test_fault_12_an_allowed_pair_opens_its_own_port_alone() -> None:
    allowed = frozenset({"127.0.0.1:8099"})

    assert check_url("http://127.0.0.1:8099/feed", allowed).allowed
    for other in ("http://127.0.0.1:8080/", "http://127.0.0.2:8099/", "http://localhost:8099/", "http://[::1]:8099/"):
        with pytest.raises(FetchError):
            check_url(other, allowed)


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://news.example/", "gopher://news.example/", "javascript:alert(1)", "", "//x"),
        *("http://news.example:22/", "https://news.example:25/", "http://news.example:99999/", "http://:80/"),
        *("http://[::ffff:0:7f00:1]/", "http://[vF.a:b]/", "http://news.example:0/", "http://n\udce9ws.example/"),
        *("http://[::1/", "http://[fe80::1%25eth0]/", "http://news.example%00.internal/", "http://a%2fb/"),
        *("http://localhost/", "http://a.localhost/", "http://metadata.google.internal/", "http://printer.local/"),
        *(
            "http://news.example/a\r\nX: y",
            "http://news.example/\x00",
            "http://news.example\\@10.0.0.1/",
            "http://a b/",
        ),
    ],
)
def test_a_url_that_no_feed_needs_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        check_url(url, NOBODY)

    assert caught.value.state == State.BLOCKED


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://news.example/feed", ("news.example", 80)),
        ("https://news.example/feed", ("news.example", 443)),
        ("https://news.example:8443/", ("news.example", 8443)),
        ("http://news.example:3000/", ("news.example", 3000)),
    ],
)
def test_a_web_address_gives_host_and_port(url: str, expected: tuple[str, int]) -> None:
    target = check_url(url, frozenset({"news.example:3000"}))

    assert (target.host, target.port) == expected


@pytest.mark.parametrize("spelled", ["me:secret@", "me@", ":@", "a@b@", "secret%40@"])
def test_fault_10_a_user_name_and_password_are_dropped(spelled: str) -> None:
    assert check_url(f"https://{spelled}news.example/a@b", NOBODY).url == "https://news.example/a@b"


@pytest.mark.parametrize(
    "host",
    [
        *("127.1", "0x7f000001", "2130706433", "017700000001", "0x7f.1", "127.0.0.1.", "127。0。0。1", "１２７.0.0.1"),
        *("①②⑦.⓪.⓪.①", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::127.0.0.1]", "169.254.43518"),
    ],
)
def test_fault_02_and_03_a_private_address_is_refused_before_any_resolver_is_asked(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        check_url(f"http://{host}/", NOBODY)

    assert caught.value.state == State.BLOCKED
