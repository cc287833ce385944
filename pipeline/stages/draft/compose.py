"""From chosen facts to a brief: order, paragraphs, citations, quote, closing, title, numbers last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, Evidence, NoBrief, Quote, Source, Statement
from pipeline.stages.draft.closing import closing_of, title_of
from pipeline.stages.draft.plan import COPY_WORDS, Fact, Plan
from pipeline.stages.draft.quotes import best_quote
from pipeline.stages.draft.sentences import spans
from pipeline.stages.draft.support import best_window, second_refused
from pipeline.stages.draft.voice import house_style
from pipeline.stages.draft.words import count, longest_run, tokens

FULL_WORDS = (180, 450)
SHORT_WORDS = 50
NO_QUOTE = "no article has a whole quoted sentence of 6 to 30 words with a speaker beside it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A story's articles, the earliest first, and the copy group of each."""

    story: str
    topics: tuple[str, ...]
    articles: tuple[Article, ...]
    groups: tuple[int, ...]


def compose(
    scene: Scene, plan: Plan, paragraphs: Sequence[Sequence[Fact]], why: str, withheld: list[str]
) -> Brief | NoBrief:
    """Write the brief; `why` says why it is short and is empty for a full one."""
    placed = [(f, n) for n, facts in enumerate(paragraphs, 1) for f in facts]
    texts = house_style([f.text for f, _ in placed])
    quote = best_quote(_leaders(scene), frozenset(plan.weights) & frozenset(_told(placed)))
    kept = [(fact, n, text) for (fact, n), text in zip(placed, texts, strict=True) if not _repeats(text, quote)]
    kept = _broken(kept, scene, withheld)
    if not kept or kept[0][1] != 1:
        return NoBrief(story=scene.story, topics=scene.topics, reason="the lead repeats a source's words or the quote")
    statements = _numbered([_statement(scene, fact, n, text) for fact, n, text in kept])
    ending = closing_of(plan, [s.text for s in statements], kept[-1][0])
    if not ending:
        return NoBrief(story=scene.story, topics=scene.topics, reason="no closing can be drawn from the cited facts")
    closing = tuple(Statement(text=t, paragraph=0, role="closing") for t in ending)
    brief = Brief(
        story=scene.story, topics=scene.topics, title=title_of(plan.lead, scene.articles),
        statements=(*statements, *closing), quote=quote, sources=_sources(scene, statements), short=bool(why),
        short_why=why, quote_why="" if quote else NO_QUOTE, withheld=tuple(withheld),
    )  # fmt: skip
    least = SHORT_WORDS if why else FULL_WORDS[0]
    words = sum(count(p) for p in brief.paragraphs)
    if words < least:
        return NoBrief(story=scene.story, topics=scene.topics, reason=f"{words} words of checked text, {least} needed")
    return brief


def _broken(kept: Sequence[tuple[Fact, int, str]], scene: Scene, withheld: list[str]) -> list[tuple[Fact, int, str]]:
    """Leave out a sentence that would continue the one before it into a long run of any source's words."""
    passed: list[tuple[Fact, int, str]] = []
    for fact, n, text in kept:
        joined = f"{passed[-1][2]} {text}" if passed else text
        if any(longest_run(joined, a.text) > COPY_WORDS for a in scene.articles):
            withheld.append(f"long run of one source: {text[:60]}")
        else:
            passed.append((fact, n, text))
    return passed


def _told(placed: Sequence[tuple[Fact, int]]) -> set[str]:
    return {s for fact, _ in placed for s in fact.stems}


def _leaders(scene: Scene) -> list[Article]:
    """The earliest member of each copy group."""
    first: dict[int, Article] = {}
    for article, group in zip(scene.articles, scene.groups, strict=True):
        first.setdefault(group, article)
    return list(first.values())


def _repeats(text: str, quote: Quote | None) -> bool:
    return quote is not None and longest_run(quote.text, text) >= min(8, len(tokens(quote.text)))


def _statement(scene: Scene, fact: Fact, paragraph: int, text: str) -> Statement:
    """The statement with one piece of evidence for each independent source; numbers are article places for now."""
    own = scene.articles[fact.article]
    found = [
        Evidence(source=fact.article, article_id=own.id, start=fact.start, end=fact.end, sha256=own.sha256, score=1.0)
    ]
    seen = {fact.group}
    for n, (article, group) in enumerate(zip(scene.articles, scene.groups, strict=True)):
        if group not in seen and (second := _second(article, n, text)):
            found.append(second)
            seen.add(group)
    role = "lead" if paragraph == 1 else "fact"
    return Statement(text=text, paragraph=paragraph, role=role, evidence=tuple(found))


def _second(article: Article, n: int, text: str) -> Evidence | None:
    """Another source's window that tells the same, if it passes every gate."""
    found = spans(article.text)
    sentences = [article.text[a:b] for a, b in found]
    score, first, end = best_window(text, sentences)
    window = " ".join(sentences[first:end])
    if not window or second_refused(text, window) or longest_run(text, window) > COPY_WORDS:
        return None
    return Evidence(
        source=n, article_id=article.id, start=found[first][0], end=found[end - 1][1], sha256=article.sha256,
        score=round(score, 3),
    )  # fmt: skip


def _numbered(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Article places become source numbers in order of first appearance."""
    order = list(dict.fromkeys(n for s in statements for n in s.sources))
    number = {place: n for n, place in enumerate(order, 1)}
    return tuple(
        Statement(
            text=s.text, paragraph=s.paragraph, role=s.role,
            evidence=tuple(
                Evidence(
                    source=number[e.source], article_id=e.article_id, start=e.start, end=e.end, sha256=e.sha256,
                    score=e.score,
                )
                for e in sorted(s.evidence, key=lambda e: number[e.source])
            ),
        )
        for s in statements
    )  # fmt: skip


def _sources(scene: Scene, statements: Sequence[Statement]) -> tuple[Source, ...]:
    place = {a.id: n for n, a in enumerate(scene.articles)}
    cited = {e.source: place[e.article_id] for s in statements for e in s.evidence}
    return tuple(_source(n, scene.articles[cited[n]], scene.groups[cited[n]]) for n in sorted(cited))


def _source(n: int, article: Article, group: int) -> Source:
    return Source(
        n=n, title=article.title, outlet=article.outlet, url=article.url, published=article.published,
        retrieved=article.retrieved, sha256=article.sha256, group=group, article_id=article.id,
    )  # fmt: skip
