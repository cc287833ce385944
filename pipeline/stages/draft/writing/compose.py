"""From chosen facts to a brief: persons introduced, citations, quote, closing, title, numbers last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, Evidence, NoBrief, Quote, Source, Statement
from pipeline.ports import Support
from pipeline.stages.draft.choice.chains import goes_on, runs_on
from pipeline.stages.draft.choice.plan import Plan
from pipeline.stages.draft.choice.roles import role_of
from pipeline.stages.draft.evidence.conflicts import ACCOUNT, account, clashes
from pipeline.stages.draft.evidence.matching import unsupported
from pipeline.stages.draft.facts import COPY_WORDS, Cite, Fact, Line
from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.language.nouns import heard, met
from pipeline.stages.draft.language.words import count, longest_run, tokens
from pipeline.stages.draft.standing.referents import introduced
from pipeline.stages.draft.texts.quotes import best_quote
from pipeline.stages.draft.texts.readings import Reading
from pipeline.stages.draft.texts.windows import Window
from pipeline.stages.draft.wording.voice import house_style
from pipeline.stages.draft.writing.closing import closing_of
from pipeline.stages.draft.writing.titles import title_of
from pipeline.stages.draft.writing.verify import verified

FULL_WORDS = (180, 450)
SHORT_WORDS = 50
SENTENCES = 4
"""Sentences of a paragraph at most."""
CLOSING_WORDS = 50
"""Room for the closing."""
NO_QUOTE = "no article has a whole quoted sentence of 6 to 30 words with a speaker beside it"
ANALYST = "analyst"
"""Rules can restate what is cited; the analysis that a closing wants is an analyst's to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A story's articles, the earliest first, the copy group of each, and one reading a group."""

    story: str
    topics: tuple[str, ...]
    articles: tuple[Article, ...]
    groups: tuple[int, ...]
    readings: tuple[Reading, ...]
    support: Support

    @property
    def texts(self) -> tuple[str, ...]:
        """What each article says."""
        return tuple(a.text for a in self.articles)


def compose(
    scene: Scene, plan: Plan, paragraphs: Sequence[Sequence[Fact]], why: str, withheld: list[str]
) -> Brief | NoBrief:
    """Write the brief; `why` says why it is short and is empty for a full one."""
    lines = list(_lines(scene, paragraphs, plan.letters))
    styled = house_style([line.text for line in lines])
    lines = [replace(line, text=text) for line, text in zip(lines, styled, strict=True)]
    quote = best_quote(
        [r.article for r in scene.readings], frozenset(plan.weights) & _told(lines), [x.text for x in lines],
        {scene.articles[c.article].id for x in lines for c in x.cites},
    )  # fmt: skip
    lines = _unbroken([x for x in lines if not _repeats(x.text, quote)], scene, withheld)
    lines = verified(lines, scene.articles, withheld)
    lines = list(_leaning(_fitting(lines, quote), withheld))
    lines = _ended(list(_leaning(_unbroken(lines, scene, withheld), withheld)), scene)  # of what is left
    if not lines or lines[0].paragraph != 1:
        return _none(scene, "the lead repeats a source's words or the quote, or fails the check")
    statements = _numbered([_statement(scene, line) for line in _counted(lines)])
    brief = Brief(
        story=scene.story, topics=scene.topics, title=title_of(plan.lead, scene.readings, [s.text for s in statements]),
        statements=(*statements, _closing(scene, plan, statements, short=bool(why))), quote=quote, sources=_sources(scene, statements),
        short=bool(why), short_why=why, quote_why="" if quote else NO_QUOTE, withheld=tuple(withheld), closing=ANALYST,
    )  # fmt: skip
    least = SHORT_WORDS if why else FULL_WORDS[0]
    words = sum(count(p) for p in brief.paragraphs)
    return brief if words >= least else _none(scene, f"{words} words of checked text, {least} needed")


def _closing(scene: Scene, plan: Plan, statements: Sequence[Statement], *, short: bool) -> Statement:
    texts = [a.text for a in scene.articles]
    styled = house_style(["artificial intelligence.", closing_of(plan, statements, texts, scene.support, short=short)])
    return Statement(text=styled[1], paragraph=0, role="closing")


def _none(scene: Scene, reason: str) -> NoBrief:
    return NoBrief(story=scene.story, topics=scene.topics, reason=reason)


def _lines(scene: Scene, paragraphs: Sequence[Sequence[Fact]], letters: Letters) -> Iterator[Line]:
    """The facts in order, each person with name and office where the brief names them first."""
    said = ""
    for n, facts in enumerate(paragraphs, 1):
        for fact in facts:
            line = Line(fact=fact, paragraph=n, text=fact.text, cites=_with_ahead(fact))
            if fact.who and fact.who.full not in said:
                line = _introducing(scene, line)
            said = f"{said} {line.text}"
            yield line
            if fact.other and len(facts) < SENTENCES and clashes(line.text, fact.other.text):
                text = account(fact.other, letters)
                yield Line(fact=fact.other, paragraph=max(n, 2), text=text, cites=fact.other.cites)


def _with_ahead(fact: Fact) -> tuple[Cite, ...]:
    """The fact's citations, and the span of its own article that says what "it" is."""
    own, *others = fact.cites
    extra = (replace(own, start=fact.ahead[0], end=fact.ahead[1]),) if fact.ahead else ()
    return (own, *extra, *others)


def _introducing(scene: Scene, line: Line) -> Line:
    """The person's full name and office in place of the surname, with the span that says so."""
    fact = line.fact
    if fact.who is None or fact.who_span is None:
        return line
    own = line.cites[0]
    text = introduced(line.text, fact.who)
    extra = (replace(own, start=fact.who_span[0], end=fact.who_span[1]),) if fact.who_span[0] != own.start else ()
    others = tuple(c for c in line.cites[1:] if not unsupported(text, _window(scene, c)))
    return replace(line, text=text, cites=(own, *extra, *others))


def _window(scene: Scene, cite: Cite) -> Window:
    article = scene.articles[cite.article]
    return Window(start=cite.start, end=cite.end, text=article.text[cite.start : cite.end], near=article.title)


def _unbroken(lines: Sequence[Line], scene: Scene, withheld: list[str]) -> list[Line]:
    """No sentence continues the one before it into a long run of any source's words: it waits for another, or is left out."""
    passed: list[Line] = []
    waiting: list[Line] = []
    for line in lines:
        for each in (line, *waiting):
            if runs_on(" ".join(x.text for x in passed), each.text, scene.texts):
                waiting += [each] if each is line else []
            elif each is line or (each.paragraph == passed[-1].paragraph and not each.text.startswith(ACCOUNT)):
                passed.append(each)
                waiting = [w for w in waiting if w is not each]
    withheld += [f"long run of one source: {line.text[:60]}" for line in waiting]
    return passed


def _ended(lines: list[Line], scene: Scene) -> list[Line]:
    """The lines without a last one that fills a whole run of a source's words: the closing would go on in it."""
    while len(lines) > 2 and any(longest_run(f"{lines[-1].text} The", a.text) > COPY_WORDS for a in scene.articles):
        lines = lines[:-1]
    return lines


def _counted(lines: Sequence[Line]) -> list[Line]:
    """The lines with their paragraphs counted anew: all of one may have been left out."""
    number = {old: n for n, old in enumerate(dict.fromkeys(x.paragraph for x in lines), 1)}
    return [replace(line, paragraph=number[line.paragraph]) for line in lines]


def _fitting(lines: Sequence[Line], quote: Quote | None) -> list[Line]:
    """The lines without the last ones for which there is no room; each paragraph keeps its first."""
    kept = list(lines)
    spare = FULL_WORDS[1] - CLOSING_WORDS - (count(quote.text) if quote else 0)
    while sum(count(x.text) + len(x.cites) for x in kept) > spare:
        last = next((n for n in range(len(kept) - 1, 0, -1) if kept[n].paragraph == kept[n - 1].paragraph), None)
        if last is None:
            break
        del kept[last]
    return kept


def _leaning(lines: Sequence[Line], withheld: list[str]) -> Iterator[Line]:
    """The lines whose nouns, persons and first accounts some line before them has; it may have failed the check."""
    told: set[str] = set()
    said = ""
    before: Line | None = None
    for line in lines:
        who = line.fact.who
        known = who is None or who.full in f"{said} {line.text}"
        answers = not line.text.startswith(ACCOUNT) or (before and before.fact.other is line.fact)
        onward = before is not None and goes_on(line.fact, before.fact, told=True)
        needs = line.fact.names if onward else line.fact.needs
        leans = before and ((line.fact.behind and not onward) or not met(needs, told))
        if known and answers and not leans:
            told |= heard(line.fact.stems)
            said = f"{said} {line.text}"
            before = line
            yield line
        else:
            withheld.append(f"what it leans on was left out: {line.text[:60]}")


def _told(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(s for line in lines for s in line.fact.bag)


def _repeats(text: str, quote: Quote | None) -> bool:
    return quote is not None and longest_run(quote.text, text) >= min(7, len(tokens(quote.text)))


def _statement(scene: Scene, line: Line) -> Statement:
    """The statement with its evidence; numbers are article places for now."""
    found = tuple(_evidence(scene, line.text, c) for c in line.cites)
    role = "lead" if line.paragraph == 1 else role_of(line.fact).value
    return Statement(text=line.text, paragraph=line.paragraph, role=role, evidence=found)


def _evidence(scene: Scene, text: str, c: Cite) -> Evidence:
    article = scene.articles[c.article]
    score = round(scene.support.score(text, [article.text[c.start : c.end]]), 3)
    return Evidence(
        source=c.article, article_id=article.id, start=c.start, end=c.end, sha256=article.sha256, score=score
    )


def _numbered(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Article places become source numbers in order of first appearance."""
    order = list(dict.fromkeys(n for s in statements for n in s.sources))
    number = {place: n for n, place in enumerate(order, 1)}
    return tuple(
        replace(s, evidence=tuple(sorted((replace(e, source=number[e.source]) for e in s.evidence), key=_turn)))
        for s in statements
    )


def _turn(evidence: Evidence) -> tuple[int, float, int]:
    return (evidence.source, -evidence.score, evidence.start)


def _sources(scene: Scene, statements: Sequence[Statement]) -> tuple[Source, ...]:
    place = {a.id: n for n, a in enumerate(scene.articles)}
    cited = {e.source: place[e.article_id] for s in statements for e in s.evidence}
    text = " ".join(s.text for s in statements)
    return tuple(_source(n, scene.articles[cited[n]], scene.groups[cited[n]], text) for n in sorted(cited))


def _source(n: int, article: Article, group: int, text: str) -> Source:
    return Source(
        n=n, title=article.title, outlet=article.outlet, url=article.url, published=article.published,
        retrieved=article.retrieved, sha256=article.sha256, group=group, article_id=article.id,
        longest_run=longest_run(text, article.text),
    )  # fmt: skip
