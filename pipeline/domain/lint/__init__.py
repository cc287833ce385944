"""The linter of briefs: the house format's rules by their codes.

`form` holds F, S and V08, `marks` holds C, `evidence` holds V01, V02, V03, V05 and V09, `support` V04, `voices` V06,
`novelty` V07. What supports a sentence is judged outside the domain: `lint` is given a `Judge` for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.domain.lint import evidence, form, marks, novelty
from pipeline.domain.lint.finding import Finding
from pipeline.domain.lint.layout import Layout, layout
from pipeline.domain.lint.support import Judge, Passage, supported
from pipeline.domain.lint.voices import voices

__all__ = ["Finding", "Judge", "Passage", "lint", "unchecked"]

NEEDS_RECORD = ("C08", "C09", "V05")
NEEDS_ARTICLES = ("V01", "V02", "V03", "V04", "V06", "V09")


def lint(
    text: str,
    *,
    record: Mapping[str, Any] | None = None,
    articles: Mapping[str, str] | None = None,
    short: bool = False,
    judge: Judge | None = None,
) -> list[Finding]:
    """Every broken rule, in the order of paragraphs.

    `record` is the brief's JSON form, `articles` maps article ids to stored texts, `judge` says what supports a
    sentence; `unchecked` names the codes that are not judged without them. `short`, or the record's, judges by the
    figures of short briefs.
    """
    page = layout(text)
    listed = None if record is None else {source["n"] for source in record.get("sources", ())}
    findings = [
        *form.characters(text, ours=record is not None),
        *(() if _quote_waived(record) else form.pull_quote(page)),
        *form.structure(page, short=short or _short(record)),
        *marks.citations(page, listed),
        *novelty.added(page),
    ]
    if record is not None:
        findings += [*evidence.independence(page, record), *novelty.titled(page, record, articles)]
        if articles is not None:
            findings += _by_articles(page, record, articles, judge)
    return sorted(findings, key=lambda f: (f.paragraph, f.code))


def _by_articles(
    page: Layout, record: Mapping[str, Any], articles: Mapping[str, str], judge: Judge | None
) -> Iterator[Finding]:
    yield from evidence.quotes(page, record, articles)
    yield from evidence.stated(page, record, articles)
    yield from evidence.stated_by_each(page, record, articles)
    yield from evidence.years(page, record, articles)
    yield from voices(page, record, articles)
    if judge is not None:
        yield from supported(page, record, articles, judge)


def unchecked(
    record: Mapping[str, Any] | None, articles: Mapping[str, str] | None, judge: Judge | None = None
) -> tuple[str, ...]:
    """The codes that could not be fully checked.

    >>> unchecked({"sources": []}, None)
    ('V01', 'V02', 'V03', 'V04', 'V06', 'V09')
    >>> unchecked({"sources": []}, {})
    ('V04',)
    """
    if record is None:
        return tuple(sorted(NEEDS_RECORD + NEEDS_ARTICLES))
    if articles is None:
        return NEEDS_ARTICLES
    return () if judge else ("V04",)


def _short(record: Mapping[str, Any] | None) -> bool:
    return bool(((record or {}).get("short") or {}).get("yes"))


def _quote_waived(record: Mapping[str, Any] | None) -> bool:
    """A record without a quote that says why: none of the story's articles has a usable one."""
    return record is not None and not record.get("quote") and bool(record.get("quote_why"))
