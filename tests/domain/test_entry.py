"""Links that lead to one article have one canonical form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.domain.entry import Entry, published_by
from pipeline.domain.link import canonical_link

SEEN = datetime(2025, 7, 2, tzinfo=UTC)
PARTS = st.text(alphabet="aZ09é /?&=#%:@+;.,~[]_-", max_size=30)


def entry(link: str = "https://news.example/a", published: datetime | None = None) -> Entry:
    return Entry(feed_url="https://news.example/feed", id="1", link=link, title="A", published=published)


@pytest.mark.parametrize(
    "link",
    [
        "http://news.example/a?id=2",
        "https://NEWS.example/a/?id=2",
        "https://news.example/a?id=2#top",
        "https://news.example/a?utm_source=x&id=2&fbclid=y",
    ],
)
def test_spellings_of_one_link_have_one_key(link: str) -> None:
    assert entry(link).key == entry("https://news.example/a?id=2").key


@pytest.mark.parametrize(
    "link", ["https://news.example/A?id=2", "https://news.example/a?id=3", "https://x.example/a?id=2"]
)
def test_different_articles_have_different_keys(link: str) -> None:
    assert entry(link).key != entry("https://news.example/a?id=2").key


@given(
    head=st.sampled_from(["https://news.example", "http://N.example:80/", "https://", "mailto:", "//", ""]),
    rest=PARTS,
)
@example(head="", rest="https:////a")
@example(head="", rest="////&Z")
@example(head="", rest="http:")
def test_a_canonical_link_is_canonical(head: str, rest: str) -> None:
    try:
        once = canonical_link(head + rest)
    except ValueError:
        return  # not a link at all; feeds are read by a reader that says so

    assert canonical_link(once) == once


def test_a_known_publication_time_is_used_in_utc() -> None:
    local = datetime(2025, 7, 1, 2, tzinfo=timezone(timedelta(hours=2)))

    moment = published_by(entry(published=local), SEEN)

    assert moment == datetime(2025, 7, 1, tzinfo=UTC)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize("published", [None, datetime(1970, 1, 1, tzinfo=UTC), SEEN + timedelta(hours=1)])
def test_a_missing_absurd_or_future_time_becomes_the_time_first_seen(published: datetime | None) -> None:
    assert published_by(entry(published=published), SEEN) == SEEN
