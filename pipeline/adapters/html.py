"""Briefs and digests as HTML pages that need no server: Jinja2, everything escaped, then cleaned once more."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import css_inline
import nh3
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.adapters.picture import weeks
from pipeline.domain import digest as words
from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, changed_sources, gone_sources
from pipeline.domain.edition import Content, Edition, ReaderList
from pipeline.domain.renderings import change_line, closing_line, coverage, reasons, revision_line
from pipeline.domain.text import clean as cleaned
from pipeline.domain.topic import Flag

MARK = re.compile(r"\[(\d+)\]")
# All that a brief's markup needs. What source text could smuggle in is not among it.
TAGS = set("article h1 h2 h3 h4 p a ol ul li time details summary blockquote ins".split())
ATTRIBUTES = {"*": {"class", "id"}, "a": {"href"}}


class HtmlRenderer:
    """Implements the port Renderer."""

    def __init__(self) -> None:
        loader = PackageLoader("pipeline.adapters")
        self._templates = Environment(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=lambda value: cleaned(value) if type(value) is str else value,
        )
        self._templates.globals.update(coverage=coverage, words=words, urn=urn)
        self._templates.filters["clean"] = only_needed

    def brief(self, brief: Brief, articles: Sequence[Article], flags: Sequence[Flag] = ()) -> str:
        """One brief; a click on [n] shows the evidence in the stored article."""
        changed, gone = changed_sources(brief, articles), gone_sources(brief, articles)
        # A span means nothing in a text that has changed.
        kept = {s.article_id for s in brief.sources if s.n not in changed}
        texts = {a.id: a.text for a in articles if a.id in kept}
        lines = (revision_line(brief), change_line(changed, gone), closing_line(brief))
        about = [coverage(brief), *filter(None, lines), *reasons(brief, flags)]
        return self._page("brief_page.html.j2", texts, brief=brief, title=brief.title, about=about)

    def digest(self, content: Content, picture: str) -> str:
        return self._page("digest.html.j2", {}, content=content, title=words.heading(content), picture=picture)

    def mail(self, content: Content, picture: str) -> str:
        """Styles stand in the elements, where every mail program reads them; those for dark mode stay in the head."""
        return css_inline.inline(self.digest(content, picture), keep_style_tags=True, load_remote_stylesheets=False)

    def picture(self, per_day: Sequence[tuple[date, int]]) -> bytes:
        return weeks(per_day)

    def archive(self, readers: ReaderList, stem: str, editions: Sequence[tuple[str, Edition]], base: str) -> list[str]:
        values = {"title": readers.title, "stem": stem, "editions": editions, "base": f"{base}/" if base else ""}
        return [self._templates.get_template(name).render(**values) for name in ("index.html.j2", "atom.xml.j2")]

    def _page(self, template: str, texts: Mapping[str, str], **values: Any) -> str:
        return self._templates.get_template(template).render(paragraphs=partial(paragraphs, texts=texts), **values)


def only_needed(markup: str) -> Markup:
    """Only what a brief needs, whatever the markup holds; links lead to web pages or stay on this one."""
    return Markup(nh3.clean(str(markup), tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}))  # noqa: S704 -- cleaned


def urn(name: str) -> str:
    """What tells an edition from every other one, wherever its files lie."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"policywire/{name}").urn


def paragraphs(brief: Brief, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Each paragraph as parts: text, or a citation number with the span that supports the sentence."""
    for text in brief.paragraphs:
        yield {"quote": text.startswith("\N{LEFT DOUBLE QUOTATION MARK}"), "parts": list(_parts(brief, text, texts))}


def _parts(brief: Brief, paragraph: str, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The paragraph's statements in parts; each part knows whether its statement is new in this revision."""
    at = 0
    for statement in brief.statements:
        start = paragraph.find(statement.rendered, at)
        if start >= 0:
            yield {"text": paragraph[at:start], "n": 0, "new": False}
            for part in _marks(brief, statement.rendered, texts):
                yield {**part, "new": statement.new}
            at = start + len(statement.rendered)
    yield {"text": paragraph[at:], "n": 0, "new": False}


def _marks(brief: Brief, rendered: str, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    end = 0
    for mark in MARK.finditer(rendered):
        yield {"text": rendered[end : mark.start()], "n": 0}
        n, end = int(mark.group(1)), mark.end()
        yield {"n": n, "span": _span(brief, rendered[: mark.start()], n, texts)}
    yield {"text": rendered[end:], "n": 0}


def _span(brief: Brief, before: str, n: int, texts: Mapping[str, str]) -> str:
    """The evidence of the statement that `before` ends with."""
    candidates = [s for s in brief.statements if s.rendered.rpartition(f"[{n}]")[0] and n in s.sources]
    for statement in candidates:
        if before.endswith(statement.rendered.partition(f"[{n}]")[0]):
            spans = [texts.get(e.article_id, "")[e.start : e.end] for e in statement.evidence if e.source == n]
            return " … ".join(filter(None, spans))
    return ""
