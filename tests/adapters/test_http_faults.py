"""Servers that lie, stall, flood and point inwards: what each does to the client is one named, bounded failure."""

from __future__ import annotations

import gzip
import itertools
import resource
import socket
import socketserver
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from pipeline.adapters.http import AiohttpClient
from pipeline.adapters.store import open_store
from pipeline.adapters.unfold import Unfolder
from pipeline.demo.tour import environment
from pipeline.domain.state import State
from pipeline.errors import FetchError
from pipeline.ports import Reply, Request
from tests.rawserver import RawServer, Script, answer, raw_server


class Names(AbstractResolver):
    """A resolver that knows only what a test told it; each answer is used once, the last again and again."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = {name.replace("_", "."): list(given) for name, given in answers.items()}
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        given = self._answers[host]
        addresses = given.pop(0) if len(given) > 1 else given[0]
        return [
            ResolveResult(
                hostname=host,
                host=ip,
                port=port,
                family=socket.AF_INET6 if ":" in ip else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for ip in addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


def get(url: str, *pairs: str, limit: int = 1_000_000, timeout: float = 10, **more: Any) -> Reply:
    client = AiohttpClient(allowed=frozenset(pairs), timeout_seconds=timeout, **more)
    [reply] = client.get_all([Request(url=url, key="k", limit=limit)])
    return reply


def from_server(script: Script | bytes, *, limit: int = 1_000_000, timeout: float = 10) -> Reply:
    with raw_server(script) as server:
        return get(server.url(), server.pair, limit=limit, timeout=timeout)


@pytest.fixture
def inside() -> Iterator[RawServer]:
    """A server inside that nothing may reach."""
    with raw_server(answer(b"secret")) as server:
        yield server


ADDRESSES = [
    *("127.0.0.1", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1"),  # noqa: S104 -- to refuse
    *("10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "169.254.169.254", "fe80::1", "fc00::1", "224.0.0.1"),
    *("240.0.0.1", "192.0.0.192", "168.63.129.16", "fd00:ec2::254"),
]


@pytest.mark.parametrize("ip", ADDRESSES)
def test_fault_01_03_and_04_a_name_that_leads_inside_is_refused_before_a_byte_is_sent(ip: str) -> None:
    reply = get("http://news.example:8080/", resolver=Names(news_example=[[ip]]))

    assert (reply.state, reply.error) == (State.BLOCKED, f"{ip} is not a public address")


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_fault_05_a_redirect_inwards_is_refused_whatever_its_status(status: str, inside: RawServer) -> None:
    with raw_server(answer(status=f"{status} Go", Location=inside.url("/secret"))) as server:
        reply = get(server.url(), server.pair)

    assert (reply.state, inside.asked) == (State.BLOCKED, [])


def test_fault_05_a_redirect_to_a_name_that_leads_inside_is_refused(inside: RawServer) -> None:
    with raw_server(answer(status="302 Go", Location=f"http://cdn.example:{inside.port}/")) as server:
        reply = get(server.url(), server.pair, resolver=Names(cdn_example=[["127.0.0.1"]]))

    assert (reply.state, inside.asked) == (State.BLOCKED, [])


def test_fault_06_a_name_that_changes_its_address_is_judged_by_the_one_connected_to(inside: RawServer) -> None:
    names = Names(news_example=[["192.0.2.1"], ["127.0.0.1"]])

    replies = [get("http://news.example:8080/", resolver=names) for _ in range(2)]

    assert [r.state for r in replies] == [State.BLOCKED, State.BLOCKED]
    assert len(names.asked) == 2
    assert inside.asked == []


def test_fault_07_of_a_name_with_two_addresses_no_private_one_is_used(inside: RawServer) -> None:
    both = get("http://news.example:8080/", resolver=Names(news_example=[["10.0.0.1", "fc00::1"]]))

    assert both.state is State.BLOCKED


@pytest.mark.parametrize("scheme", ["file", "ftp", "gopher", "data", "javascript", "jar"])
def test_fault_08_other_schemes_are_refused_as_address_and_as_redirect(scheme: str) -> None:
    url = f"{scheme}:///etc/passwd"

    assert get(url).state is State.BLOCKED
    assert from_server(answer(status="302 Go", Location=url)).state is State.BLOCKED


def test_fault_10_a_user_name_and_password_are_neither_sent_nor_told() -> None:
    with raw_server(answer(b"page")) as server:
        reply = get(server.url().replace("//", "//me:secret@"), server.pair)

    assert (reply.state, reply.url) == (State.OK, server.url())
    assert b"uthorization" not in server.asked[0]


@pytest.mark.parametrize(
    "url", ["http://a.example:22/", "http://a.example:6379/", "http://a\t.example/", "http://a\\b/"]
)
def test_fault_10_odd_ports_and_characters_are_refused(url: str) -> None:
    assert get(url).state is State.BLOCKED


def test_fault_11_a_proxy_of_the_environment_is_not_used_and_a_configured_one_is() -> None:
    with raw_server(answer(b"by proxy")) as proxy, raw_server(answer(b"direct")) as server:
        with environment(HTTP_PROXY=proxy.url(), http_proxy=proxy.url()):
            direct = get(server.url(), server.pair)
        through = get("http://news.example/feed", proxy=proxy.url())
        inward = get("http://10.0.0.1/", proxy=proxy.url())

    assert (direct.body, through.body, inward.state) == (b"direct", b"by proxy", State.BLOCKED)
    assert proxy.paths == ["http://news.example/feed"]


def test_fault_12_an_allowed_name_opens_its_own_port_and_an_allowed_address_no_name(inside: RawServer) -> None:
    names = Names(feeds_example=[["127.0.0.1"]], evil_example=[["127.0.0.1"]])

    named = get(f"http://feeds.example:{inside.port}/", f"feeds.example:{inside.port}", resolver=names)
    evil = get(f"http://evil.example:{inside.port}/", inside.pair, resolver=names)

    assert (named.state, evil.state) == (State.OK, State.BLOCKED)


def test_fault_13_an_endless_body_is_cut_at_the_limit() -> None:
    def endless(connection: socket.socket, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")

    assert from_server(endless, limit=100_000).state is State.TOO_LARGE


@pytest.mark.parametrize(("coding", "bits"), [("gzip", 31), ("deflate", 15), ("deflate", -15)])
def test_fault_14_a_bomb_of_500_megabytes_does_not_raise_memory_by_100(coding: str, bits: int) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
    bomb = b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(500)), packer.flush()])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    reply = from_server(answer(bomb, Content_Encoding=coding), limit=5_000_000)

    assert (reply.state, reply.body) == (State.TOO_LARGE, b"")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KB


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "zstd"])
def test_fault_14_nested_and_unasked_encodings_are_refused(coding: str) -> None:
    assert from_server(answer(b"x", Content_Encoding=coding)).state is State.UNREADABLE


def test_fault_14_a_bomb_of_empty_members_is_cut() -> None:
    unfolder = Unfolder("gzip", 10_000)

    with pytest.raises(FetchError, match="more than"):
        unfolder.take(gzip.compress(b"") * 1000)


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_packed_body_of_several_members_is_read_to_its_end(size: int) -> None:
    body = gzip.compress(b"one ") + gzip.compress(b"two ") + gzip.compress(b"three") + bytes(5)
    unfolder = Unfolder("gzip", 100)

    for start in range(0, len(body), size):
        unfolder.take(body[start : start + size])

    assert unfolder.whole() == b"one two three"


@pytest.mark.parametrize("cut", [1, 8, 9, 30])
def test_fault_32_a_packed_body_that_breaks_off_is_an_error(cut: int) -> None:
    reply = from_server(answer(gzip.compress(b"some text that is packed")[:-cut], Content_Encoding="gzip"))

    assert (reply.state, reply.body) == (State.NETWORK_ERROR, b"")


def test_fault_15_a_body_that_drips_ends_with_the_request_s_time() -> None:
    stop = Event()

    def drip(connection: socket.socket, head: bytes) -> None:
        connection.sendall(answer())
        while not stop.wait(0.05):
            connection.sendall(b"x")

    reply = from_server(drip, timeout=0.5)
    stop.set()

    assert (reply.state, reply.error) == (State.TIMEOUT, "no whole answer in 0.5 s")


def endless_headers(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for n in itertools.count():
        connection.sendall(b"X-%d: y\r\n" % n)


@pytest.mark.parametrize(
    "script",
    [
        endless_headers,
        answer(b"x", X="y" * 1_000_000),
        answer(b"x", **{f"X{n}": "y" for n in range(10_000)}),
    ],
    ids=["endless", "1 MB", "10,000"],
)
def test_fault_16_floods_of_headers_are_an_error(script: Script | bytes) -> None:
    assert from_server(script, timeout=5).state in {State.NETWORK_ERROR, State.TIMEOUT}


def test_fault_17_a_server_that_never_answers_is_a_timeout_and_one_that_hangs_up_is_named() -> None:
    silent = from_server(lambda connection, head: time.sleep(2), timeout=0.3)
    gone = from_server(b"")

    assert (silent.state, gone.error) == (State.TIMEOUT, "the server hung up without an answer")


@pytest.mark.parametrize(("name", "days"), [("127.0.0.1", -1), ("elsewhere.example", 9)], ids=["expired", "wrong host"])
def test_fault_17_a_certificate_that_is_not_valid_is_named_and_never_passed_over(
    tmp_path: Path, name: str, days: int
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path, name, days))
    sent: list[bytes] = []

    with tls_server(context, sent) as port:
        url, pair = f"https://127.0.0.1:{port}/", f"127.0.0.1:{port}"
        replies = [get(url, pair), get(url, pair, hosts=open_store(f"sqlite:///{tmp_path / 'hosts.db'}"))]

    assert [r.state for r in replies] == [State.NETWORK_ERROR] * 2
    assert all(r.error.startswith("the certificate is not valid") for r in replies)
    assert sent == []


def test_fault_18_a_chain_of_redirects_ends_after_five_and_a_step_down_is_recorded() -> None:
    def chain(connection: socket.socket, head: bytes) -> None:
        connection.sendall(answer(status="302 Go", Location=f"/{int(head.split(b' ')[1][1:] or b'0') + 1}"))

    with raw_server(chain) as server:
        reply = get(server.url(), server.pair)

    assert (reply.state, reply.error) == (State.HTTP_ERROR, "more than 5 redirects")
    assert server.paths == ["/", "/1", "/2", "/3", "/4", "/5"]
    assert reply.hops[0] == (302, server.url("/1"))


@pytest.mark.parametrize(
    ("location", "path"),
    [
        (b"/feed with space.xml", "/feed%20with%20space.xml"),
        (b"/feed\xe9.xml?q=\xe9 a", "/feed%E9.xml?q=%E9%20a"),
        ("/bücher".encode(), "/b%C3%BCcher"),
        (b" /a%20b?c=1#d ", "/a%20b?c=1"),
    ],
)
def test_fault_18_a_redirect_with_odd_characters_is_followed_as_browsers_do(location: bytes, path: str) -> None:
    def moved(connection: socket.socket, head: bytes) -> None:
        there = answer(b"page")
        away = b"HTTP/1.1 302 Go\r\nConnection: close\r\nLocation: " + location + b"\r\n\r\n"
        connection.sendall(away if head.startswith(b"GET / ") else there)

    with raw_server(moved) as server:
        reply = get(server.url(), server.pair)

    assert (reply.state, reply.body) == (State.OK, b"page")
    assert server.paths[1] == path


@pytest.mark.parametrize(
    "location", [b"http://[", b"http://a b/", b"http://h\xe9st.example/", b"http://[vF.a:b]/", b"//\x01/"]
)
def test_fault_18_a_redirect_to_no_address_is_refused(location: bytes) -> None:
    reply = from_server(b"HTTP/1.1 302 Go\r\nConnection: close\r\nLocation: " + location + b"\r\n\r\n")

    assert reply.state in {State.BLOCKED, State.NETWORK_ERROR}
    assert "Unicode" not in reply.error


@pytest.mark.parametrize(
    "sent",
    [
        answer(b"x" * 500, Content_Length="1000"),
        answer(b"part", status="206 Partial Content", Content_Range="bytes 0-3/10"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 9\r\n\r\npage",
        b"<html>HTTP 0.9 has no head</html>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        answer(status="304 Not Modified"),
    ],
    ids=["short", "206", "two lengths", "0.9", "half a chunk", "304 unasked"],
)
def test_fault_32_and_19_an_answer_that_is_not_whole_is_an_error(sent: bytes) -> None:
    reply = from_server(sent)

    assert reply.state in {State.NETWORK_ERROR, State.HTTP_ERROR}
    assert reply.error


def test_fault_26_a_request_says_who_asks_and_nothing_of_where_it_was() -> None:
    with raw_server(answer(b"page", Set_Cookie="a=b")) as server:
        client = AiohttpClient(allowed=frozenset({server.pair}), contact="https://policywire.example/contact")
        list(client.get_all([Request(url=server.url(f"/{n}")) for n in range(3)]))

    heads = b"".join(server.asked).lower()
    assert heads.count(b"user-agent: policywire/") == 3
    assert heads.count(b"(+https://policywire.example/contact)") == 3
    assert b"cookie" not in heads
    assert b"referer" not in heads


def test_a_redirected_request_sends_its_validators_only_to_the_address_that_gave_them() -> None:
    def moved(connection: socket.socket, head: bytes) -> None:
        there = head.startswith(b"GET /new")
        connection.sendall(answer(status="304 Not Modified") if there else answer(status="301 Go", Location="/new"))

    with raw_server(moved) as server:
        request = Request(url=server.url("/old"), etag='W/"a"', validated_url=server.url("/new"))
        [reply] = AiohttpClient(allowed=frozenset({server.pair})).get_all([request])

    assert reply.state is State.UNCHANGED
    assert [b"If-None-Match" in head for head in server.asked] == [False, True]


def test_closing_early_does_not_wait_for_requests_under_way() -> None:
    stop = Event()

    def slow(connection: socket.socket, head: bytes) -> None:
        if head.startswith(b"GET /slow"):
            stop.wait(30)
        connection.sendall(answer(b"page"))

    with raw_server(slow) as server:
        wanted = [Request(url=server.url(path)) for path in ("/quick", "/slow")]
        replies = AiohttpClient(allowed=frozenset({server.pair}), timeout_seconds=60).get_all(wanted)
        next(replies)
        start = time.monotonic()
        replies.close()  # type: ignore[attr-defined]  # a generator, told as Iterator by the port
        waited = time.monotonic() - start
        stop.set()

    assert waited < 20  # far less than the 60 s that the slow request may take


@contextmanager
def tls_server(context: ssl.SSLContext, sent: list[bytes]) -> Iterator[int]:
    """A server that keeps what it is told once the connection is safe; gives its port."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError), context.wrap_socket(self.request, server_side=True) as safe:
                sent.append(safe.recv(1000))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def certificate(folder: Path, name: str, days: int) -> Path:
    """A key and a self-signed certificate for a name, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    alternative = x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    made = (
        x509.CertificateBuilder()
        .subject_name(names)
        .issuer_name(names)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    plain = serialization.NoEncryption()
    encoding = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(encoding)
    )
    return path
