"""What the sample site is made of: invented outlets and their articles, read from package data.

The outlets stand in `site/outlets.yaml`, the articles in `site/articles/<outlet id>/<slug>.md`: YAML between
two `---` lines, then paragraphs separated by blank lines. The top of `outlets.yaml` says how to add one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

import yaml

FeedKind = Literal["rss", "atom", "json"]
Links = Literal["plain", "tracked", "relative"]
Summary = Literal["plain", "html"]
Fault = Literal["none", "breaks-off", "answers-500"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleComment:
    """What an invented reader wrote below an article: page furniture that extraction must leave out."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOutlet:
    """One invented outlet: who it is, how its pages look and how its feed is written."""

    id: str
    name: str
    country: str
    language: str
    kind: str
    source_group: str
    feed: FeedKind
    template: str
    path: str
    zone: str
    links: Links
    summary: Summary
    fault: Fault
    tagline: str
    nav: tuple[str, ...]
    caption: str
    comments: tuple[SampleComment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleArticle:
    """One invented article about a public development, or about something that must not be flagged.

    `development` names what it reports, `kind` says why it is there. `paywall`: the paragraphs are all that a
    reader without a subscription sees.
    """

    outlet_id: str
    slug: str
    title: str
    published: datetime
    author: str
    summary: str
    development: str | None
    kind: str
    paragraphs: tuple[str, ...]
    paywall: bool = False

    @property
    def body(self) -> str:
        """The text as its author wrote it, paragraphs separated by a blank line."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleContent:
    """All outlets in the order of the file, and all articles, the newest first."""

    outlets: tuple[SampleOutlet, ...]
    articles: tuple[SampleArticle, ...]

    def of(self, outlet: SampleOutlet) -> tuple[SampleArticle, ...]:
        """The articles of one outlet, the newest first."""
        return tuple(article for article in self.articles if article.outlet_id == outlet.id)


def load_site() -> SampleContent:
    """Read the whole site. Raises ValueError that names the file when one is not in the agreed form."""
    root = files("pipeline.demo") / "site"
    listed = yaml.safe_load((root / "outlets.yaml").read_text(encoding="utf-8"))
    outlets = tuple(_outlet_from(entry) for entry in listed)
    articles = [article for outlet in outlets for article in _articles_of(outlet, root / "articles")]
    articles.sort(key=lambda article: (article.published, article.slug), reverse=True)
    return SampleContent(outlets=outlets, articles=tuple(articles))


def parse_article(text: str, *, outlet_id: str, slug: str) -> SampleArticle:
    r"""Make an article of a file's text.

    >>> text = '---\ntitle: Fog\npublished: 2025-01-02T03:04:05Z\nauthor: A. Reed\nsummary: It cleared.\n'
    >>> text += 'development: null\nkind: noise\n---\nFog lay\non the bay.\n\nIt cleared at noon.\n'
    >>> fog = parse_article(text, outlet_id="meridian-post", slug="fog")
    >>> fog.paragraphs
    ('Fog lay on the bay.', 'It cleared at noon.')
    >>> fog.published.isoformat()
    '2025-01-02T03:04:05+00:00'
    """
    _, front, body = text.split("---\n", 2)
    paragraphs = tuple(" ".join(block.split()) for block in body.split("\n\n") if block.strip())
    return SampleArticle(outlet_id=outlet_id, slug=slug, paragraphs=paragraphs, **yaml.safe_load(front))


def _outlet_from(entry: Mapping[str, Any]) -> SampleOutlet:
    comments = tuple(SampleComment(**comment) for comment in entry["comments"])
    given = {field.name: entry[field.name] for field in fields(SampleOutlet)}
    return SampleOutlet(**given | {"nav": tuple(entry["nav"]), "comments": comments})


def _articles_of(outlet: SampleOutlet, root: Traversable) -> Iterator[SampleArticle]:
    folder = root / outlet.id
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        slug, dot, kind = file.name.rpartition(".")
        if dot and kind == "md":
            yield _read_article(file, outlet_id=outlet.id, slug=slug)


def _read_article(file: Traversable, *, outlet_id: str, slug: str) -> SampleArticle:
    try:
        article = parse_article(file.read_text(encoding="utf-8"), outlet_id=outlet_id, slug=slug)
    except (ValueError, TypeError, yaml.YAMLError) as error:
        raise ValueError(f"{outlet_id}/{file.name}: {error}") from error
    if article.published.tzinfo is None:
        raise ValueError(f"{outlet_id}/{file.name}: published has no zone, expected UTC with a final Z")
    return article
