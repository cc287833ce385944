"""A brief's next revision: what an analyst wrote stays, what is new is marked, nothing changes without need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.domain.brief import Brief, Source, Statement
from pipeline.domain.citation import cited, uncited
from pipeline.domain.lint.layout import layout, sentences
from pipeline.errors import CitationError

SENTENCES = 4
"""Sentences of one paragraph, by the house format."""


def revised(old: Brief, new: Brief) -> Brief:
    """The new draft of a story with the analyst's sentences of the old one, its new sentences marked.

    It is the old one where nothing differs, so that a brief without news gets no revision.
    """
    statements = list(new.statements)
    for statement in (s for s in old.statements if s.edited):
        _place(statement, statements)
    known = {_plain(s.text) for s in old.statements}
    marked = [replace(s, new=_plain(s.text) not in known) for s in statements]
    next_ = _numbered(replace(new, statements=(), sources=()), marked, [*new.sources, *old.sources])
    return old if _same(old, next_) else next_


def rewritten(brief: Brief, text: str, analyst: str) -> Brief:
    """The brief with an analyst's text: a changed sentence keeps the evidence of those it cites.

    Raises CitationError where a sentence cites a source that none of the brief's sentences has evidence of.
    """
    page = layout(text)
    body = [(n, s) for n, number in enumerate(page.body, 1) for s in sentences(page.paragraphs[number - 1])]
    closing = [(0, s) for s in (sentences(page.paragraphs[page.closing - 1]) if page.closing else ())]
    statements = [_reworded(brief, n, sentence, analyst) for n, sentence in [*body, *closing]]
    plain = replace(brief, statements=(), sources=())
    return _numbered(plain, statements, brief.sources)


def _reworded(brief: Brief, paragraph: int, sentence: str, analyst: str) -> Statement:
    words, numbers = uncited(sentence), cited(sentence)
    for statement in brief.statements:
        if statement.text == words and statement.sources == numbers:
            return replace(statement, paragraph=paragraph)
    near = max(brief.statements, key=lambda s: _shared(s.text, words))
    kept = [e for e in near.evidence if e.source in numbers]
    for n in sorted(set(numbers) - {e.source for e in kept}):
        others = [e for s in brief.statements for e in s.evidence if e.source == n]
        if not others:
            raise CitationError(f"brief {brief.story}: nothing is known of source [{n}] in: {sentence}")
        kept.append(others[0])
    role = near.role if paragraph else "closing"
    return Statement(text=words, paragraph=paragraph, role=role, evidence=tuple(kept), edited=analyst)


def _place(edited: Statement, statements: list[Statement]) -> None:
    """Put an analyst's sentence where the draft tells the same, or at the end of its paragraph."""
    spans = {(e.article_id, e.start) for e in edited.evidence}
    for n, other in enumerate(statements):
        alone = edited.paragraph in {0, 1} and other.paragraph == edited.paragraph
        if alone or (
            edited.paragraph > 1 and other.paragraph > 1 and spans & {(e.article_id, e.start) for e in other.evidence}
        ):
            statements[n] = replace(edited, paragraph=other.paragraph, new=False)
            return
    last = max(s.paragraph for s in statements)
    paragraph = min(max(edited.paragraph, 2), max(last, 2))
    inside = [n for n, s in enumerate(statements) if s.paragraph == paragraph]
    at = inside[-1] + 1 if inside else len([s for s in statements if s.paragraph])
    statements.insert(at, replace(edited, paragraph=paragraph, new=False))
    if len(inside) >= SENTENCES:
        del statements[next(n for n in reversed(inside) if not statements[n].edited)]


def _numbered(brief: Brief, statements: Sequence[Statement], sources: Iterable[Source]) -> Brief:
    """The brief with these statements, its sources numbered by their first appearance."""
    by_article: dict[str, Source] = {}
    for source in sources:
        by_article.setdefault(source.article_id, source)
    order = list(dict.fromkeys(e.article_id for s in statements for e in sorted(s.evidence, key=lambda e: e.source)))
    number = {article: n for n, article in enumerate(order, 1)}
    renumbered = tuple(
        replace(
            s,
            evidence=tuple(
                sorted((replace(e, source=number[e.article_id]) for e in s.evidence), key=lambda e: e.source)
            ),
        )
        for s in statements
    )
    listed = tuple(replace(by_article[article], n=n) for article, n in number.items())
    return replace(brief, statements=renumbered, sources=listed)


def _same(old: Brief, new: Brief) -> bool:
    told = [[(s.text, s.paragraph, s.sources) for s in b.statements] for b in (old, new)]
    hashes = [[(s.article_id, s.sha256) for s in b.sources] for b in (old, new)]
    return told[0] == told[1] and hashes[0] == hashes[1] and old.quote == new.quote and old.topics == new.topics


def _plain(text: str) -> str:
    return text.replace("artificial intelligence", "AI")


def _shared(one: str, other: str) -> float:
    a, b = set(one.lower().split()), set(other.lower().split())
    return len(a & b) / max(1, len(a | b))
