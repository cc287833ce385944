"""Items as feeds write them, through the parser into both databases: one article is one entry, and text is clean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline import settings
from pipeline.adapters.feeds import FeedReader
from pipeline.adapters.links import Canonical
from pipeline.adapters.store import SqlStore, open_store
from pipeline.domain.entry import Entry, tidy
from pipeline.domain.feed import Feed
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.domain.text import clean, one_line
from pipeline.ports import PendingEntry, Reply, Request

NOW = datetime(2025, 7, 26, 12, tzinfo=UTC)
FEED = Feed(url="https://news.example/world/feed.xml", outlet="News")
OTHER = Feed(url="https://www.news.example/tech/feed.xml", outlet="News")
CANONICAL = Canonical(settings.Settings().trackers())


def parse(body: str | bytes, feed: Feed = FEED) -> tuple[Entry, ...]:
    data = body.encode() if isinstance(body, str) else body
    reply = Reply(request=Request(url=feed.url), url=feed.url, status=200, body=data)
    return tuple(tidy(e, CANONICAL) for e in FeedReader().parse(feed, reply))


def rss(*items: str) -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{inner}</channel></rss>'


def item(link: str = "https://news.example/a", guid: str = "", title: str = "Title", more: str = "") -> str:
    named = f"<guid isPermaLink='false'>{escape(guid)}</guid>" if guid else ""
    return f"<title>{escape(title)}</title><link>{escape(link)}</link>{named}{more}"


def add(store: SqlStore, *bodies: str, feeds: Sequence[Feed] = (FEED, FEED)) -> list[State]:
    """The states of all entries of some polls, one after the other."""
    found: list[State] = []
    for body, feed in zip(bodies, feeds, strict=False):
        found += store.add_entries([e for e in parse(body, feed) if e.link], NOW)
    return found


def stored(store: SqlStore) -> list[PendingEntry]:
    return store.pending_entries(Scope(), NOW)


CONTROLS = "A\x00B\x07C\x1bD\x85E\u202eF\ufffeG\u200bH"


def test_fault_38_controls_and_surrogates_are_cleaned_in_every_field(store: SqlStore) -> None:
    dirty = CONTROLS + "\ud800"
    entry = Entry(
        feed_url=FEED.url,
        id=dirty,
        link="https://news.example/a\x00b",
        title=dirty,
        summary=dirty,
        author=dirty,
        published_raw=dirty,
    )

    store.add_entries([tidy(entry, CANONICAL)], NOW)

    [kept] = stored(store)
    assert (kept.title, kept.summary, kept.author) == ("ABCDEFGH",) * 3
    assert kept.link == "https://news.example/ab"


def test_fault_39_of_a_feed_that_breaks_off_the_whole_items_are_kept() -> None:
    body = rss(item("https://news.example/1"), item("https://news.example/2"))

    found = [e.link for e in parse(body[: body.rindex("<title>") + 9]) if e.title == "Title"]

    assert found == ["https://news.example/1"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (item(guid=""), item(guid="")),
        (item(guid="1"), item(guid="2")),
        (item(guid="1", title="Old"), item(guid="1", title="New")),
        (item("https://news.example/a", guid="1"), item("https://news.example/a-new-slug", guid="1")),
        (
            item("https://news.example/a", guid="https://news.example/?p=1&utm_source=rss"),
            item("https://news.example/b", guid="https://news.example/?p=1&utm_source=mail"),
        ),
        *(
            (item("https://news.example/a/b?id=1"), item(link))
            for link in (
                "https://news.example/a/b?id=1&utm_campaign=x&UTM_SOURCE=y",
                "https://news.example/a/b?mc_cid=9&id=1",
                "https://news.example/a/b?id=1&ocid=rss&xtor=RSS-1",
                "http://news.example/a/b/?id=1",
                "https://news.example:443/a/b?id=1#comments",
                "https://www.news.example/a/b?id=1",
                "https://m.news.example/a/b?id=1",
                "https://amp.news.example/a/b?id=1",
                "https://news.example/a/b/amp/?id=1",
                "https://news.example/a/b?id=1&amp=1",
                "https://news.example/a/b?outputType=amp&id=1",
                "https://www.google.com/amp/s/news.example/a/b?id=1",
                "https://news-example.cdn.ampproject.org/c/s/news.example/a/b?id=1",
                "https://me:secret@news.example/a/b?id=1",
            )
        ),
    ],
)
def test_fault_40_spellings_of_one_article_are_one_entry(store: SqlStore, first: str, second: str) -> None:
    assert add(store, rss(first), rss(second)) == [State.NEW, State.KNOWN]
    assert len(stored(store)) == 1


def test_fault_40_one_guid_on_two_feeds_of_a_site_is_one_entry(store: SqlStore) -> None:
    states = add(store, rss(item(guid="7")), rss(item("https://news.example/tech/a", guid="7")), feeds=(FEED, OTHER))

    assert states == [State.NEW, State.KNOWN]


def test_fault_40_one_link_on_feeds_of_two_sites_is_one_entry(store: SqlStore) -> None:
    foreign = Feed(url="https://digest.example/feed", outlet="Digest")

    assert add(store, rss(item()), rss(item(guid="x")), feeds=(FEED, foreign)) == [State.NEW, State.KNOWN]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/café", "https://news.example/caf%C3%A9"),
        ("https://news.example/caf%c3%a9", "https://news.example/caf%C3%A9"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://www.news.example./a", "https://news.example/a"),
        ("https://news.example.:443/a", "https://news.example/a"),
        ("https://news.example/%7Eada/a%2Db", "https://news.example/~ada/a-b"),
        ("https://news.example/a?ref=rss", "https://news.example/a"),
        ("https://news.example/a?ref=hackernews.com", "https://news.example/a?ref=homepage_top"),
    ],
)
def test_fault_40_escapes_host_names_and_ref_have_one_spelling(one: str, other: str) -> None:
    assert CANONICAL(one) == CANONICAL(other)
    assert CANONICAL(CANONICAL(one)) == CANONICAL(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://code.example/a/README?ref=main", "https://code.example/a/README?ref=dev"),
        ("https://code.example/a/README?ref=v1.2", "https://code.example/a/README"),
        ("https://news.example/a%2Fb", "https://news.example/a/b"),
        ("https://news.example/a%3Fb", "https://news.example/a?b"),
        ("https://news.example/50%25", "https://news.example/50"),
        ("https://news.example:8080/a", "https://news.example/a"),
    ],
)
def test_fault_40_what_means_another_page_stays_apart(one: str, other: str) -> None:
    assert CANONICAL(one) != CANONICAL(other)


@pytest.mark.parametrize(
    "second",
    [
        item("https://news.example/b", guid="1", title="Another"),
        item("https://news.example/b", title="Title"),
        item("https://news.example/A"),
        item("https://news.example/a?id=2"),
    ],
    ids=["a guid that all items share", "one title twice", "capitals", "another id"],
)
def test_fault_40_different_articles_stay_two_entries(store: SqlStore, second: str) -> None:
    assert add(store, rss(item(guid="1")), rss(second)) == [State.NEW, State.NEW]


def test_fault_40_one_guid_on_feeds_of_two_sites_says_nothing(store: SqlStore) -> None:
    foreign = Feed(url="https://digest.example/feed", outlet="Digest")
    bodies = rss(item(guid="7")), rss(item("https://digest.example/a", guid="7"))

    assert add(store, *bodies, feeds=(FEED, foreign)) == [State.NEW, State.NEW]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("", ""),
        ("../a?b=1", "https://news.example/a?b=1"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://news.example/" + "x" * 10_000, ""),
        ("https://me:secret@news.example/a", "https://news.example/a"),
        ("http://[", ""),
    ],
)
def test_fault_41_links_are_resolved_or_refused(link: str, expected: str) -> None:
    [entry] = parse(rss(item(link)))

    assert entry.link == expected


@pytest.mark.parametrize("link", ["https://news.example/a b/é", "https://münchen.example/a"])
def test_fault_41_links_with_spaces_or_beyond_ascii_are_kept(link: str) -> None:
    [entry] = parse(rss(item(link)))

    assert entry.link.startswith("https://")
    assert " " not in entry.link


@pytest.mark.parametrize(
    "date",
    [
        *("", "soon", "Fri, 01 Jan 0001 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "31 Dec 9999 23:59:59 GMT"),
        *("Mon, 26 Jul 2027 12:00:00 GMT", "Sam, 26 juillet 2025", "99999999999999999999", "2025-13-45T99:99:99Z"),
    ],
)
def test_fault_42_a_missing_absurd_or_future_date_is_the_time_first_seen_and_kept_raw(
    store: SqlStore, date: str
) -> None:
    [entry] = parse(rss(item(more=f"<pubDate>{date}</pubDate>")))

    store.add_entries([entry], NOW)

    assert stored(store)[0].published == NOW
    assert entry.published_raw == date


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Fri, 25 Jul 25 10:00:00 GMT", datetime(2025, 7, 25, 10, tzinfo=UTC)),
        ("Fri, 25 Jul 2025 10:00:00 EST", datetime(2025, 7, 25, 15, tzinfo=UTC)),
        ("Fri, 25 Jul 2025 10:00:00 +0200", datetime(2025, 7, 25, 8, tzinfo=UTC)),
        ("2025-07-25T10:00:00Z", datetime(2025, 7, 25, 10, tzinfo=UTC)),
        ("Fri, 25 Jul 2025 10:00:00", datetime(2025, 7, 25, 10, tzinfo=UTC)),
    ],
)
def test_fault_42_dates_of_every_form_are_one_moment_in_utc(store: SqlStore, date: str, expected: datetime) -> None:
    store.add_entries(parse(rss(item(more=f"<pubDate>{date}</pubDate>"))), NOW)

    assert stored(store)[0].published == expected


def test_fault_43_old_items_dated_anew_are_no_news(store: SqlStore) -> None:
    def body(day: int) -> str:
        dated = f"<pubDate>{day} Jul 2025 10:00:00 GMT</pubDate>"
        return rss(*(item(f"https://news.example/{n}", guid=f"{day}-{n}", more=dated) for n in range(50)))

    states = add(store, body(1), body(25))

    assert states == [State.NEW] * 50 + [State.KNOWN] * 50
    assert {e.published for e in stored(store)} == {datetime(2025, 7, 1, 10, tzinfo=UTC)}


def test_an_entry_stored_under_older_rules_for_links_is_known(store: SqlStore) -> None:
    [entry] = parse(rss(item()))
    store.add_entries([entry], NOW)

    [again] = parse(rss(item("https://www.news.example/a/?ocid=1")))

    assert store.add_entries([again], NOW + timedelta(days=1)) == [State.KNOWN]


KINDS = {
    "RSS 0.91": '<rss version="0.91"><channel><item><title>T</title><link>https://n.example/1</link></item></channel></rss>',
    "RSS 2.0": '<rss version="2.0"><channel><item><title>T</title><link>https://n.example/1</link></item></channel></rss>',
    "RDF": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    "<item><title>T</title><link>https://n.example/1</link></item></rdf:RDF>",
    "Atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>T</title>'
    '<link rel="alternate" href="https://n.example/1"/></entry></feed>',
    "Atom 1.0": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title>'
    '<link href="https://n.example/1"/></entry></feed>',
    "Atom, prefixed": '<x:feed xmlns:x="http://www.w3.org/2005/Atom"><x:entry><x:title>T</x:title>'
    '<x:link href="https://n.example/1"/></x:entry></x:feed>',
    "CDF": '<CHANNEL><ITEM HREF="https://n.example/1"><TITLE>T</TITLE></ITEM></CHANNEL>',
    "JSON Feed": '{"version": "https://jsonfeed.org/version/1", "items": '
    '[{"id": "1", "title": "T", "url": "https://n.example/1"}]}',
}


@pytest.mark.parametrize("kind", KINDS)
def test_fault_46_every_kind_of_feed_gives_its_entry(kind: str) -> None:
    [entry] = parse(KINDS[kind])

    assert (entry.title, entry.link) == ("T", "https://n.example/1")


class Active(HTMLParser):
    """Collects what a browser would run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        bad = [k for k, v in attributes if k.startswith("on") or "javascript:" in (v or "").lower()]
        if tag in {"script", "iframe", "object", "embed", "svg", "img", "form", "base"} or bad:
            self.found.append(f"{tag} {bad}")


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "\"'><iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "</title><script>alert(1)</script>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", ["title", "author", "description", "category", "guid"])
def test_fault_47_no_field_of_an_item_becomes_active_html(attack: str, place: str) -> None:
    from pipeline.adapters.html import HtmlRenderer
    from pipeline.domain.article import Article
    from pipeline.domain.brief import Brief, Evidence, Source, Statement

    [entry] = parse(rss(item(more=f"<{place}>{escape(attack)}</{place}>")))
    summary = clean(entry.summary) or "x"
    text = f"{entry.title} {summary} {entry.author} {entry.id}"
    article = Article(
        id=entry.key, url=entry.link, outlet=entry.author, title=entry.title, text=text, published=NOW, retrieved=NOW
    )
    evidence = Evidence(source=1, article_id=entry.key, start=0, end=1, sha256=article.sha256, score=1.0)
    source = Source(
        n=1,
        title=entry.title,
        outlet=entry.author,
        url=entry.link,
        published=NOW,
        retrieved=NOW,
        sha256=article.sha256,
        group=1,
    )
    statement = Statement(text=one_line(text), paragraph=1, role="lead", evidence=(evidence,))
    brief = Brief(story="s", topics=("ai",), title=entry.title, statements=(statement,), quote=None, sources=(source,))

    reader = Active()
    reader.feed(HtmlRenderer().brief(brief, [article]))

    assert reader.found == []


@pytest.fixture(scope="module")
def naughty_store(tmp_path_factory: pytest.TempPathFactory) -> SqlStore:
    folder: Path = tmp_path_factory.mktemp("naughty")
    return open_store(f"sqlite:///{folder / 'store.db'}")


@given(text=st.text(max_size=200))
@hypothesis_settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_fault_48_any_text_comes_back_from_the_store_as_it_was_cleaned(naughty_store: SqlStore, text: str) -> None:
    entry = tidy(Entry(feed_url=FEED.url, id=text, link="https://news.example/x", title=text, summary=text), CANONICAL)
    once = replace(entry, link=f"https://news.example/{entry.guid_key}{hash(text)}", canonical="", id="")

    naughty_store.add_entries([once], NOW)

    [kept] = [e for e in stored(naughty_store) if e.link == once.link]
    assert (kept.title, kept.summary) == (one_line(text), clean(text))


NAUGHTY = [
    *("undefined", "NULL", "1/0", "'; DROP TABLE entries; --", "${jndi:ldap://x}", "{{7*7}}", "%s%n%x", "../../etc"),
    *("Ω≈ç√∫˜µ≤≥÷", "田中さん", "社會科學院", "🏳️‍🌈👾🙇", "הָיְתָה", "ﷺ", "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O", "¯\\_(ツ)_/¯"),
    *("[31mred", "If you're reading this", "<!--", "]]>", "&amp;lt;", "\u2028\u2029", "￾", "\u0007"),
]


@pytest.mark.parametrize("text", NAUGHTY)
def test_fault_48_odd_strings_survive_both_databases(store: SqlStore, text: str) -> None:
    make: Callable[[str], Entry] = lambda link: tidy(  # noqa: E731 -- read once below
        Entry(feed_url=FEED.url, id=text, link=link, title=text, summary=text, author=text), CANONICAL
    )

    store.add_entries([make("https://news.example/a")], NOW)

    [kept] = stored(store)
    assert (kept.title, kept.summary, kept.author) == (one_line(text), clean(text), one_line(text))
