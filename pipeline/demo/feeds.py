"""The feeds of the sample site, each in its outlet's format and with its outlet's habits."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape

from pipeline.demo.content import SampleArticle, SampleOutlet
from pipeline.demo.pages import ENVIRONMENT, NOTICE, article_path

CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
ZONE_NAMES = {"GMT": "+0000", "EST": "-0500"}


def feed_body(outlet: SampleOutlet, articles: Sequence[SampleArticle], base_url: str) -> bytes:
    """Render one outlet's feed, UTF-8. `articles` come the newest first; at least one."""
    if outlet.feed == "json":
        return _json_feed(outlet, articles, base_url)
    template = ENVIRONMENT.get_template(f"{outlet.feed}.xml.j2")
    items = [
        {"article": article, "link": article_link(outlet, article, base_url), "date": _date(outlet, article)}
        for article in articles
    ]
    return template.render(outlet=outlet, items=items, base_url=base_url).encode()


def article_link(outlet: SampleOutlet, article: SampleArticle, base_url: str) -> str:
    """The page's address in the feed: plain, with campaign parameters, or relative to its folder."""
    path = article_path(outlet, article)
    if outlet.links == "relative":
        return path.removeprefix(f"/{outlet.id}/")
    tracking = "?utm_source=feed&utm_medium=rss" if outlet.links == "tracked" else ""
    return f"{base_url}{path}{tracking}"


def rfc822(moment: datetime, zone: str) -> str:
    """Write a moment as RSS does, in a zone given by name or offset.

    >>> rfc822(datetime.fromisoformat("2024-07-30T20:15:00+00:00"), "EST")
    'Tue, 30 Jul 2024 15:15:00 EST'
    >>> rfc822(datetime.fromisoformat("2024-07-30T20:15:00+00:00"), "+0800")
    'Wed, 31 Jul 2024 04:15:00 +0800'
    """
    written = format_datetime(moment.astimezone(_zone(zone)))
    return f"{written.rpartition(' ')[0]} {zone}"


def _zone(name: str) -> timezone:
    offset = ZONE_NAMES.get(name, name)
    minutes = int(offset[1:3]) * 60 + int(offset[3:5])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def _date(outlet: SampleOutlet, article: SampleArticle) -> str:
    if outlet.feed == "rss":
        return rfc822(article.published, outlet.zone)
    return article.published.astimezone(_zone(outlet.zone)).isoformat()


def _json_feed(outlet: SampleOutlet, articles: Sequence[SampleArticle], base_url: str) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "description": f"{outlet.tagline}. {NOTICE}",
        "home_page_url": f"{base_url}/{outlet.id}/",
        "feed_url": f"{base_url}/{outlet.id}/feed",
        "language": outlet.language,
        "items": [_json_item(outlet, article, base_url) for article in articles],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(outlet: SampleOutlet, article: SampleArticle, base_url: str) -> dict[str, object]:
    summary = {"content_text": article.summary}
    if outlet.summary == "html":
        summary = {"content_html": f"<p>{escape(article.summary)}</p>"}
    return {
        "id": f"{outlet.id}:{article.slug}",
        "url": article_link(outlet, article, base_url),
        "title": article.title,
        **summary,
        "date_published": _date(outlet, article),
        "authors": [{"name": article.author}],
    }
