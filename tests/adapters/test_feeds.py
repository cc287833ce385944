"""Feed bodies: every kind of feed, and every kind of body that is none."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.adapters import feed_items
from pipeline.adapters.feeds import FeedReader
from pipeline.domain.entry import Entry
from pipeline.domain.feed import Feed
from pipeline.domain.state import State
from pipeline.errors import ParseError
from pipeline.ports import Reply, Request

URL = "https://news.example/world/feed.xml"
FEED = Feed(url=URL, outlet="News")


def parse(body: bytes | str) -> tuple[Entry, ...]:
    data = body.encode() if isinstance(body, str) else body
    return feed_items.entries(FEED, Reply(request=Request(url=URL), url=URL, status=200, body=data))


def rss(*items: str) -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{inner}</channel></rss>'


def state_of(body: bytes | str) -> str:
    with pytest.raises(ParseError) as caught:
        parse(body)
    return caught.value.state


def test_rss_items_are_entries() -> None:
    [entry] = parse(
        rss(
            "<title>Fish &amp;amp; chips</title><link>https://news.example/a</link><guid>g1</guid>"
            "<description>&lt;p&gt;Two &lt;b&gt;words&lt;/b&gt;&lt;/p&gt;</description>"
            "<pubDate>Sat, 26 Jul 2025 08:00:00 +0200</pubDate>"
        )
    )

    assert (entry.title, entry.summary, entry.id) == ("Fish & chips", "Two words", "g1")
    assert entry.published == datetime(2025, 7, 26, 6, tzinfo=UTC)
    assert (entry.feed_url, entry.link) == (URL, "https://news.example/a")


def test_atom_content_is_preferred_to_a_shorter_summary() -> None:
    [entry] = parse(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>T</title>'
        '<link href="https://news.example/a"/><summary>Short.</summary>'
        '<content type="html">&lt;p&gt;A much longer text of the entry.&lt;/p&gt;</content></entry></feed>'
    )

    assert entry.summary == "A much longer text of the entry."


def test_json_feed_items_are_entries() -> None:
    items = [
        {"id": "1", "url": "/a", "title": "T", "content_html": "<p>Hi</p>", "date_published": "2025-07-26T08:00:00Z"}
    ]

    [entry] = parse(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))

    assert (entry.link, entry.summary) == ("https://news.example/a", "Hi")
    assert entry.published == datetime(2025, 7, 26, 8, tzinfo=UTC)


def test_relative_links_start_from_the_feed_s_address() -> None:
    [entry] = parse(rss("<title>T</title><link>../a?b=1</link>"))

    assert entry.link == "https://news.example/a?b=1"


def test_relative_links_start_from_xml_base_where_there_is_one() -> None:
    [entry] = parse(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/b/"><entry><id>urn:1</id>'
        '<title>T</title><link href="c"/></entry></feed>'
    )

    assert entry.link == "https://other.example/b/c"


@pytest.mark.parametrize("link", ["", "<link>javascript:alert(1)</link>", "<link>file:///etc/passwd</link>"])
def test_an_entry_without_a_usable_link_is_kept_without_one(link: str) -> None:
    [entry] = parse(rss(f"<title>T</title>{link}"))

    assert (entry.title, entry.link) == ("T", "")


def test_a_guid_stands_in_for_nothing_and_a_link_stands_in_for_a_guid() -> None:
    [entry] = parse(rss("<title>T</title><link>https://news.example/a</link>"))

    assert entry.id == "https://news.example/a"


def test_a_title_has_one_line_and_no_control_characters() -> None:
    body = rss("<title>Two\r\nlines\x00 and\x07 more\u202e</title><link>https://news.example/a</link>")

    [entry] = parse(body)

    assert entry.title == "Two lines and more"


def test_a_feed_that_breaks_off_keeps_what_was_whole() -> None:
    whole = rss(
        "<title>A</title><link>https://news.example/a</link>", "<title>B</title><link>https://news.example/b</link>"
    )

    entries = parse(whole[: whole.index("<title>B")])

    assert entries[0].title == "A"


def test_a_valid_feed_without_entries_is_no_error() -> None:
    assert parse(rss()) == ()


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("", State.SUSPICIOUS_EMPTY),
        (" \n ", State.SUSPICIOUS_EMPTY),
        ("<!DOCTYPE html><html><body><p>Moved</p></body></html>", State.NOT_A_FEED),
        ("plain words", State.NOT_A_FEED),
        ('{"error": "gone"}', State.NOT_A_FEED),
        ("{broken", State.UNREADABLE),
        ('{"a":' * 100_000, State.UNREADABLE),
    ],
)
def test_a_body_that_is_no_feed_says_what_it_is(body: str, state: State) -> None:
    assert state_of(body) == state


@pytest.fixture(scope="module")
def reader() -> Iterator[FeedReader]:
    opened = FeedReader()
    yield opened
    opened.close()


opened: list[str] = []
"""What an audit hook saw of files and sockets while a test listened."""
listening = False


def listen(event: str, arguments: tuple[object, ...]) -> None:
    if listening and event in {"open", "socket.connect", "socket.getaddrinfo", "urllib.Request"}:
        opened.append(f"{event} {arguments!r}")


sys.addaudithook(listen)


@contextlib.contextmanager
def nothing_opened() -> Iterator[None]:
    """Fails when the block opens a file or a connection."""
    global listening
    opened.clear()
    parse(rss())  # what is imported late is imported now
    listening = True
    try:
        yield
    finally:
        listening = False
    assert opened == []


@pytest.mark.parametrize("body", ["/etc/passwd", "/dev/zero", "http://127.0.0.1:9/feed", "file:///etc/passwd"])
def test_fault_33_a_body_that_names_a_file_or_address_opens_nothing(body: str) -> None:
    with nothing_opened():
        assert state_of(body) == State.NOT_A_FEED


def test_fault_33_a_body_that_names_a_pipe_opens_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with nothing_opened():
        assert state_of(str(tmp_path / "pipe")) == State.NOT_A_FEED


DOCTYPE = (
    '<?xml version="1.0"?><!DOCTYPE rss [{}]><rss version="2.0"><channel><item><title>T{}</title></item></channel>'
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "body",
    [
        DOCTYPE.format('<!ENTITY l0 "ha">' + LAUGHS, "&l11;"),
        DOCTYPE.format(f'<!ENTITY a "{"x" * 50_000}">', "&a;" * 20_000),
        DOCTYPE.format('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        DOCTYPE.format('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">', "&x;"),
        DOCTYPE.format('<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;', ""),
        rss("<title>T</title>").replace("<rss", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss', 1),
    ],
)
def test_fault_34_entities_neither_unfold_nor_open_anything(body: str) -> None:
    entries: tuple[Entry, ...] = ()
    with nothing_opened(), contextlib.suppress(ParseError):
        entries = parse(body)

    assert sum(len(e.title) for e in entries) < 100_000
    assert not any("root:" in e.title for e in entries)


HUGE = {
    "200,000 attributes": b"<rss version='2.0' " + b" ".join(b"a%d='1'" % n for n in range(200_000)) + b"></rss>",
    "200,000 items": b"<rss version='2.0'><channel>" + b"<item><title>a</title></item>" * 200_000,
    "100,000 nested tags": b"<rss version='2.0'><channel><item>" + b"<a>" * 100_000,
    "350 KB of comment openings": b"<rss version='2.0'>" + b"<!--" * 90_000,
    "a title of 20 MB": b"<rss version='2.0'><channel><item><title>" + b"x" * 20_000_000 + b"</title></item>",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HUGE)
def test_fault_35_a_feed_of_absurd_size_ends_in_a_state_and_others_proceed(reader: FeedReader, name: str) -> None:
    start = time.monotonic()

    states = set()
    try:
        reader.parse(FEED, Reply(request=Request(url=URL), url=URL, status=200, body=HUGE[name]))
        states.add(State.POLLED)
    except ParseError as error:
        states.add(State(error.state))
    after = reader.parse(
        FEED, Reply(request=Request(url=URL), url=URL, status=200, body=rss("<title>T</title>").encode())
    )

    assert states <= {State.POLLED, State.TIMEOUT, State.TOO_LARGE, State.UNREADABLE, State.NOT_A_FEED}
    assert time.monotonic() - start < 15
    assert [e.title for e in after] == ["T"]


@pytest.mark.parametrize("name", ["punycode", "idna", "zlib_codec", "no-such", "utf-7", "base64", "undefined", ""])
def test_fault_36_an_absurd_encoding_does_not_lose_the_feed(name: str) -> None:
    body = rss("<title>Tür</title><link>https://news.example/a</link>")

    [entry] = parse(body.replace('version="1.0"', f'version="1.0" encoding="{name}"'))

    assert entry.title == "Tür"


def test_fault_36_utf_16_without_a_mark_is_a_state() -> None:
    with contextlib.suppress(ParseError):
        parse(rss("<title>T</title>").encode("utf-16-le"))


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("cp1252", "Räte beschließen künftige Regeln für Künstliche Intelligenz über Fähren"),
        ("koi8-r", "Совет принял новые правила для искусственного интеллекта"),
        ("gb18030", "理事会在长时间辩论后通过了人工智能的新规则"),
        ("shift_jis", "評議会は長い討論の後に人工知能の新しい規則を採択した"),
    ],
)
def test_fault_37_text_is_right_though_server_or_document_lie(encoding: str, title: str) -> None:
    document = rss(*[f"<title>{title}</title><link>https://news.example/{n}</link>" for n in range(6)])
    lie = {"content-type": "text/xml; charset=utf-8"}

    undeclared = feed_items.entries(FEED, reply(document.encode(encoding), lie))
    declared = feed_items.entries(
        FEED, reply(document.replace("?>", f' encoding="{encoding}"?>', 1).encode(encoding), lie)
    )

    assert {e.title for e in declared} == {title}
    assert {e.title for e in undeclared} == {title}


def test_fault_37_a_byte_order_mark_is_believed_before_a_declaration() -> None:
    document = rss("<title>Zürich</title>").replace("?>", ' encoding="iso-8859-5"?>', 1)

    [entry] = feed_items.entries(FEED, reply(b"\xef\xbb\xbf" + document.encode(), {}))

    assert entry.title == "Zürich"


def reply(body: bytes, headers: dict[str, str]) -> Reply:
    return Reply(request=Request(url=URL), url=URL, status=200, body=body, headers=headers)


FRAGMENTS = st.sampled_from(
    [
        *(b"<rss>", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<item>", b"<entry>", b"<title>", b"</title>"),
        *(b"<link>", b"<![CDATA[", b"&#x0;", b"<?xml encoding='utf-7'?>", b"\xff\xfe", b"{", b'{"items":[{}]}'),
        *(b"]]>", b"<pubDate>9"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.binary(max_size=40)), max_size=12).map(b"".join))
def test_any_bytes_give_entries_or_a_parse_error(body: bytes) -> None:
    entries: tuple[Entry, ...] = ()
    with contextlib.suppress(ParseError):
        entries = parse(body)

    assert all("\x00" not in e.title + e.summary + e.link + e.id for e in entries)


def test_a_guid_that_is_no_address_is_never_a_link() -> None:
    [entry] = parse(rss("<title>T</title><guid>post-17</guid>"))

    assert (entry.id, entry.link) == ("post-17", "")


@pytest.mark.parametrize("date", ["Sat, 26 Jul 0001 08:00:00 GMT", "Sat, 26 Jul 9999 08:00:00 GMT", "yesterday", ""])
def test_an_absurd_date_is_none(date: str) -> None:
    [entry] = parse(rss(f"<title>T</title><link>https://news.example/a</link><pubDate>{date}</pubDate>"))

    assert entry.published is None


def test_scripts_are_no_text() -> None:
    [entry] = parse(rss("<title>T</title><description>&lt;script&gt;steal()&lt;/script&gt;Words</description>"))

    assert entry.summary == "Words"
