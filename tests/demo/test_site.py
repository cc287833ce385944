"""The sample site must be as good as real pages: readable by the same tools, marked as invented, polite."""

import json
import re
from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from io import BytesIO
from urllib.parse import urlsplit

import feedparser
import pytest
import trafilatura
from trafilatura.settings import Document

from pipeline.demo.content import SampleArticle, SampleOutlet, load_site, parse_article
from pipeline.demo.feeds import article_link
from pipeline.demo.pages import NOTICE, article_path
from pipeline.demo.site import Reply, SampleSite, routes

BASE = "http://127.0.0.1:8000"
CONTENT = load_site()
ROUTES = routes(BASE)
PAGES = [(outlet, article) for outlet in CONTENT.outlets for article in CONTENT.of(outlet)]
FREE_PAGES = [(outlet, article) for outlet, article in PAGES if not article.paywall]
HEALTHY = [outlet for outlet in CONTENT.outlets if outlet.fault == "none"]
MIN_F1 = 0.9
LONGEST_SHARED_RUN = 12


@pytest.fixture(scope="module")
def site() -> Iterator[SampleSite]:
    with SampleSite() as running:
        yield running


def get(site: SampleSite, path: str, *, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(urlsplit(site.base_url).netloc, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=sent)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def page_of(outlet: SampleOutlet, article: SampleArticle) -> str:
    return ROUTES[article_path(outlet, article)].body.decode()


def extracted(html: str) -> Document:
    document = trafilatura.bare_extraction(html, fast=True, with_metadata=True)
    assert isinstance(document, Document)
    return document


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def bag_f1(text: str, reference: str) -> float:
    found, wanted = Counter(words(text)), Counter(words(reference))
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


def runs(article: SampleArticle, length: int) -> set[tuple[str, ...]]:
    every = words(article.body)
    return {tuple(every[start : start + length]) for start in range(len(every) - length + 1)}


def parsed(body: bytes) -> feedparser.FeedParserDict:
    return feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)


def listed(outlet: SampleOutlet) -> list[tuple[str, str, datetime]]:
    """Title, path and time of each entry: feedparser knows RSS and Atom, a JSON Feed is plain JSON."""
    body = ROUTES[f"/{outlet.id}/feed"].body
    if outlet.feed == "json":
        return [
            (item["title"], urlsplit(item["url"]).path, datetime.fromisoformat(item["date_published"]))
            for item in json.loads(body)["items"]
        ]
    feed = parsed(body)
    assert not feed.bozo
    return [
        (
            entry.title,
            urlsplit(entry.link).path,
            datetime.fromtimestamp(timegm(entry.published_parsed), tz=UTC),
        )
        for entry in feed.entries
    ]


def page_id(pair: tuple[SampleOutlet, SampleArticle]) -> str:
    return f"{pair[0].id}/{pair[1].slug}"


def test_site_has_at_least_8_outlets_and_40_pages() -> None:
    assert len(HEALTHY) >= 8
    assert len(PAGES) >= 40


@pytest.mark.parametrize("outlet", HEALTHY, ids=lambda outlet: outlet.id)
def test_every_healthy_outlet_has_at_least_three_articles(outlet: SampleOutlet) -> None:
    assert len(CONTENT.of(outlet)) >= 3


def test_outlets_use_at_least_five_page_structures() -> None:
    assert len({outlet.template for outlet in HEALTHY}) >= 5


@pytest.mark.parametrize("pair", FREE_PAGES, ids=page_id)
def test_extraction_finds_the_authors_text(pair: tuple[SampleOutlet, SampleArticle]) -> None:
    outlet, article = pair

    text = extracted(page_of(outlet, article)).text or ""

    assert bag_f1(text, article.body) >= MIN_F1


@pytest.mark.parametrize("pair", PAGES, ids=page_id)
def test_extraction_finds_the_title_and_the_day(pair: tuple[SampleOutlet, SampleArticle]) -> None:
    outlet, article = pair

    document = extracted(page_of(outlet, article))

    assert document.title == article.title
    assert document.date == article.published.date().isoformat()


@pytest.mark.parametrize("pair", FREE_PAGES, ids=page_id)
def test_extraction_leaves_the_page_furniture_out(pair: tuple[SampleOutlet, SampleArticle]) -> None:
    outlet, article = pair
    others = [other.title for other in CONTENT.of(outlet) if other != article]
    furniture = [NOTICE, outlet.caption, *others, *(comment.text for comment in outlet.comments)]

    text = extracted(page_of(outlet, article)).text or ""

    assert [piece for piece in furniture if piece in text] == []


@pytest.mark.parametrize("pair", PAGES, ids=page_id)
def test_every_page_is_marked_as_a_sample(pair: tuple[SampleOutlet, SampleArticle]) -> None:
    html = page_of(*pair)

    visible = unescape(html.partition("<body")[2])

    assert NOTICE in visible


def test_front_pages_and_index_are_marked_as_samples() -> None:
    paths = ["/", *(f"/{outlet.id}/" for outlet in CONTENT.outlets if outlet.fault != "answers-500")]

    unmarked = [path for path in paths if NOTICE not in unescape(ROUTES[path].body.decode())]

    assert unmarked == []


def test_paywalled_page_shows_its_stub_and_a_subscription_box() -> None:
    (pair,) = [pair for pair in PAGES if pair[1].paywall]

    html = page_of(*pair)

    assert 60 <= len(pair[1].body.split()) <= 100
    assert "to continue reading" in html
    assert '"isAccessibleForFree": false' in html


@pytest.mark.parametrize("pair", FREE_PAGES, ids=page_id)
def test_articles_have_the_length_of_news(pair: tuple[SampleOutlet, SampleArticle]) -> None:
    _, article = pair

    assert 250 <= len(article.body.split()) <= 600


@pytest.mark.parametrize("pair", PAGES, ids=page_id)
def test_articles_are_written_with_straight_quotes(pair: tuple[SampleOutlet, SampleArticle]) -> None:
    _, article = pair

    assert not re.search("[\u2018\u2019\u201c\u201d]", article.body + article.title + article.summary)


def test_no_two_articles_share_more_than_twelve_words_in_a_row_except_wire_copies() -> None:
    seen: dict[tuple[str, ...], str] = {}
    shared = set()
    for outlet, article in PAGES:
        if article.kind != "wire":
            fresh = runs(article, LONGEST_SHARED_RUN + 1)
            shared |= {(seen[run], page_id((outlet, article)), run) for run in fresh & seen.keys()}
            seen |= dict.fromkeys(fresh, page_id((outlet, article)))

    assert shared == set()


@pytest.mark.parametrize("outlet", HEALTHY, ids=lambda outlet: outlet.id)
def test_feed_lists_every_article_newest_first_with_its_page_and_its_own_time(outlet: SampleOutlet) -> None:
    articles = CONTENT.of(outlet)

    entries = listed(outlet)

    assert entries == [(each.title, article_path(outlet, each), each.published) for each in articles]


@pytest.mark.parametrize("pair", FREE_PAGES, ids=page_id)
def test_feed_carries_the_summary_and_never_the_text(pair: tuple[SampleOutlet, SampleArticle]) -> None:
    outlet, article = pair

    feed = unescape(unescape(ROUTES[f"/{outlet.id}/feed"].body.decode())).replace('\\"', '"')

    assert article.summary in feed
    assert article.paragraphs[0] not in feed


def test_feeds_show_the_habits_of_real_ones() -> None:
    bodies = {outlet.id: ROUTES[f"/{outlet.id}/feed"].body.decode() for outlet in HEALTHY}

    assert {outlet.feed for outlet in HEALTHY} == {"rss", "atom", "json"}
    assert " EST</pubDate>" in bodies["meridian-post"]
    assert 'isPermaLink="false"' in bodies["meridian-post"]
    assert f'xml:base="{BASE}/rhine-courier/"' in bodies["rhine-courier"]
    assert '"content_text"' in bodies["policy-circuit"]


def test_relative_links_stand_below_the_feeds_own_folder() -> None:
    outlet = next(outlet for outlet in HEALTHY if outlet.links == "relative")
    article = CONTENT.of(outlet)[0]

    link = article_link(outlet, article, BASE)

    assert f"/{outlet.id}/{link}" == article_path(outlet, article)


def test_broken_feed_breaks_off_after_one_complete_entry() -> None:
    feed = parsed(ROUTES["/broken/feed"].body)

    complete = [entry for entry in feed.entries if entry.get("link") and entry.get("summary")]

    assert feed.bozo
    assert [urlsplit(entry.link).path in ROUTES for entry in complete] == [True]
    assert not ROUTES["/broken/feed"].body.rstrip().endswith(b">")


def test_down_feed_answers_500(site: SampleSite) -> None:
    response, _ = get(site, "/down/feed")

    assert response.status == 500
    assert response.getheader("ETag") is None


def test_robots_txt_allows_all(site: SampleSite) -> None:
    response, body = get(site, "/robots.txt")

    assert response.status == 200
    assert body == b"User-agent: *\nAllow: /\n"


def test_every_feed_and_page_is_served_as_routes_say(site: SampleSite) -> None:
    for path, reply in routes(site.base_url).items():
        response, body = get(site, path)

        assert (response.status, response.getheader("Content-Type"), body) == (
            reply.status,
            reply.content_type,
            reply.body,
        )


def test_unchanged_feed_answers_304_to_its_etag(site: SampleSite) -> None:
    first, _ = get(site, "/meridian-post/feed")

    second, body = get(site, "/meridian-post/feed", If_None_Match=f'"old", W/{first.getheader("ETag")}')

    assert (second.status, body) == (304, b"")
    assert second.getheader("ETag") == first.getheader("ETag")


def test_unchanged_page_answers_304_to_its_date(site: SampleSite) -> None:
    path = article_path(*PAGES[0])
    first, _ = get(site, path)

    second, body = get(site, path, If_Modified_Since=first.getheader("Last-Modified") or "")

    assert (second.status, body) == (304, b"")


def test_other_etag_wins_over_a_matching_date(site: SampleSite) -> None:
    first, whole = get(site, "/rhine-courier/feed")
    date = first.getheader("Last-Modified") or ""

    second, body = get(site, "/rhine-courier/feed", If_None_Match='"other"', If_Modified_Since=date)

    assert (second.status, body) == (200, whole)


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 01 Jan 2001 00:00:00 GMT"])
def test_unreadable_or_older_date_gets_the_whole_body(date: str) -> None:
    reply = ROUTES["/meridian-post/feed"]

    assert not reply.unchanged_for(none_match=None, modified_since=date)


def test_etag_changes_with_the_body() -> None:
    one = Reply(status=200, content_type="text/plain", body=b"one")
    two = Reply(status=200, content_type="text/plain", body=b"two")

    assert one.etag != two.etag


def test_hits_count_requests_by_path_and_status(site: SampleSite) -> None:
    before = site.hits.copy()

    get(site, "/no/such/page?with=query")
    get(site, "/no/such/page")
    _, body = get(site, "/", method="HEAD")

    assert site.hits - before == Counter({("/no/such/page", 404): 2, ("/", 200): 1})
    assert body == b""


def test_feed_urls_name_every_outlet_with_its_address(site: SampleSite) -> None:
    paths = {outlet.id: url.removeprefix(site.base_url) for outlet, url in site.feed_urls}

    assert paths == {outlet.id: f"/{outlet.id}/feed" for outlet in CONTENT.outlets}


def test_server_is_gone_when_the_block_ends() -> None:
    with SampleSite() as running:
        address = urlsplit(running.base_url)

    with pytest.raises(ConnectionRefusedError):
        HTTPConnection(address.netloc, timeout=5).request("GET", "/")


def test_article_with_an_unknown_key_is_refused() -> None:
    text = "---\ntitle: Fog\nmood: grey\n---\nFog lay on the bay.\n"

    with pytest.raises(TypeError, match="mood"):
        parse_article(text, outlet_id="meridian-post", slug="fog")
