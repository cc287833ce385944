"""Briefs and digests as HTML pages that need no server: Jinja2, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief
from pipeline.domain.edition import Health, ReaderList
from pipeline.domain.renderings import coverage, health_line, quiet, reasons
from pipeline.domain.topic import Flag

MARK = re.compile(r"\[(\d+)\]")


class HtmlRenderer:
    """Implements the port Renderer."""

    def __init__(self) -> None:
        loader = PackageLoader("pipeline.adapters")
        self._templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        self._templates.globals["coverage"] = coverage

    def brief(self, brief: Brief, articles: Sequence[Article], flags: Sequence[Flag] = ()) -> str:
        """One brief; a click on [n] shows the evidence in the stored article."""
        texts = {a.id: a.text for a in articles}
        return self._page(title=brief.title, heading="", briefs=[brief], spans=True, texts=texts, flags=flags)

    def digest(
        self, readers: ReaderList, day: date, briefs: Sequence[Brief], health: Health, flags: Sequence[Flag] = ()
    ) -> str:
        heading = f"{readers.title}, {day.isoformat()}"
        silence = "" if briefs else quiet(health)
        line = health_line(health)
        return self._page(title=heading, heading=heading, briefs=briefs, quiet=silence, health=line, flags=flags)

    def _page(self, *, flags: Sequence[Flag], texts: Mapping[str, str] | None = None, **values: Any) -> str:
        page = {"spans": False, "quiet": "", "health": "", "reasons": partial(reasons, flags=flags), **values}
        self_paragraphs = partial(paragraphs, texts=texts or {})
        return self._templates.get_template("page.html.j2").render(paragraphs=self_paragraphs, **page)


def paragraphs(brief: Brief, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Each paragraph as parts: text, or a citation number with the span that supports the sentence."""
    for text in brief.paragraphs:
        yield {"quote": text.startswith("\N{LEFT DOUBLE QUOTATION MARK}"), "parts": list(_parts(brief, text, texts))}


def _parts(brief: Brief, paragraph: str, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    end = 0
    for mark in MARK.finditer(paragraph):
        yield {"text": paragraph[end : mark.start()], "n": 0}
        n, end = int(mark.group(1)), mark.end()
        yield {"n": n, "span": _span(brief, paragraph[: mark.start()], n, texts)}
    yield {"text": paragraph[end:], "n": 0}


def _span(brief: Brief, before: str, n: int, texts: Mapping[str, str]) -> str:
    """The evidence of the statement that `before` ends with."""
    candidates = [s for s in brief.statements if s.rendered.rpartition(f"[{n}]")[0] and n in s.sources]
    for statement in candidates:
        if before.endswith(statement.rendered.partition(f"[{n}]")[0]):
            spans = [texts.get(e.article_id, "")[e.start : e.end] for e in statement.evidence if e.source == n]
            return " … ".join(filter(None, spans))
    return ""
