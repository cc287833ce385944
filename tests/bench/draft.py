"""Our briefs beside LexRank with citations attached afterwards, on the same stories; and how long 40 briefs take.

`python tests/bench/draft.py --peers .bench/bin/python` prints a table, writes the page `.bench/briefs.html` and ends
with 1 where 40 briefs of 200 articles take more than 20 s of one core. The stories are those of the sample site and
of tests/data/stories; LexRank (sumy) gets our sentences, and as many of them as our brief has.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, Statement
from pipeline.domain.citation import cite
from pipeline.domain.lint import Passage, lint
from pipeline.domain.record import to_record
from pipeline.stages.draft import compile_brief
from pipeline.stages.draft.evidence.support import judge
from pipeline.stages.draft.language.content import overlap
from pipeline.stages.draft.texts.sentences import spans
from tests.stages.draft.articles import SUPPORT
from tests.stages.draft.independent import LEAST, share
from tests.stages.draft.stories import FACTS, Story, stories

LIMIT = 20.0  # seconds of one core
BRIEFS, ARTICLES = 40, 200
ATTACH = 0.6  # share of words from which a source is attached to a sentence afterwards
PAGE = Path(".bench/briefs.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One sentence of either writer with the spans that its citations point to, by source number."""

    text: str
    spans: Mapping[int, Passage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One writer's text of one story, and what is measured on it."""

    text: str
    findings: int
    words: int
    sentences: tuple[Cited, ...]
    facts: str

    def judged(self) -> tuple[int, int, int, int, int]:
        """Citations, those that the checker lets stand, those that share enough words; sentences, fully cited ones."""
        citations = good = shared = whole = 0
        for sentence in self.sentences:
            reasons = judge(sentence.text, list(sentence.spans.values()))
            citations += len(sentence.spans)
            good += sum(r is None for r in reasons)
            shared += sum(share(sentence.text, p.text) >= LEAST for p in sentence.spans.values())
            whole += bool(sentence.spans) and all(r is None for r in reasons)
        return citations, good, shared, len(self.sentences), whole


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", default=".bench/bin/python")
    told = list(stories())
    ours = {s.name: compile_brief(s.name, (), s.articles, support=SUPPORT) for s in told}
    kept = [s for s in told if isinstance(ours[s.name], Brief)]
    briefs = {name: b for name, b in ours.items() if isinstance(b, Brief)}
    peers = lexrank(parser.parse_args().peers, kept, briefs)
    rows = [(s, our_result(s, briefs[s.name]), peer_result(s, peers[s.name])) for s in kept]
    report(rows)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(rows), encoding="utf-8")
    return speed(told)


def lexrank(python: str, told: Sequence[Story], briefs: Mapping[str, Brief]) -> dict[str, list[tuple[int, str]]]:
    """For each story the sentences that LexRank chose, with the place of their article."""
    documents = [[[a.text[i:j] for i, j in spans(a.text)] for a in s.articles] for s in told]
    counts = [sum(bool(x.paragraph) for x in briefs[s.name].statements) for s in told]
    asked = [{"documents": d, "count": n} for d, n in zip(documents, counts, strict=True)]
    script = Path(__file__).with_name("lexrank.py")
    run = subprocess.run([python, script], input=json.dumps(asked), capture_output=True, text=True, check=True)  # noqa: S603 -- our own script
    chosen = json.loads(run.stdout)
    return {
        s.name: [(d, documents[k][d][n]) for d, n in places]
        for k, (s, places) in enumerate(zip(told, chosen, strict=True))
    }


def our_result(story: Story, brief: Brief) -> Result:
    texts = {a.id: a.text for a in story.articles}
    sentences = tuple(
        Cited(text=s.text, spans={n: _told(texts, s, n) for n in s.sources}) for s in brief.statements if s.paragraph
    )
    findings = lint(brief.text, record=to_record(brief), articles=texts, judge=judge)
    return Result(
        text=brief.text, findings=len(findings), words=len(brief.text.split()), sentences=sentences,
        facts=covered(story, brief.text),
    )  # fmt: skip


def _told(texts: Mapping[str, str], statement: Statement, n: int) -> Passage:
    """What the source says for the statement, and what stands before it there, as the linter reads it."""
    spans = sorted((e for e in statement.evidence if e.source == n), key=lambda e: e.start)
    first = spans[0]
    text = " ".join(texts[e.article_id][e.start : e.end] for e in spans)
    return Passage(text=text, before=texts[first.article_id][: first.start])


def peer_result(story: Story, chosen: Sequence[tuple[int, str]]) -> Result:
    """LexRank's sentences in the house layout, each with its own source and those that look alike, found afterwards."""
    number: dict[int, int] = {}
    cited: list[Cited] = []
    for own, text in chosen:
        found = {own: Passage(text=text)}
        for n, article in enumerate(story.articles):
            best = max((article.text[i:j] for i, j in spans(article.text)), key=lambda s: overlap(text, s), default="")
            if n != own and overlap(text, best) >= ATTACH:
                found[n] = Passage(text=best)
        cited.append(
            Cited(
                text=" ".join(text.split()), spans={number.setdefault(n, len(number) + 1): t for n, t in found.items()}
            )
        )
    lines = [cite(c.text, c.spans) for c in cited]
    body = [lines[0], *(" ".join(lines[n : n + 3]) for n in range(1, len(lines) - 1, 3))]
    text = "\n".join([*body, cited[-1].text]) + "\n"
    sources = [
        {"n": n, "article_id": story.articles[a].id, "group": a, "title": story.articles[a].title}
        for a, n in number.items()
    ]
    record = {"sources": sources, "title": "", "quote": None}
    findings = lint(text, record=record, articles={a.id: a.text for a in story.articles}, judge=judge)
    return Result(
        text=text, findings=len(findings), words=len(text.split()), sentences=tuple(cited), facts=covered(story, text)
    )


def covered(story: Story, text: str) -> str:
    wanted = FACTS.get(story.name, [])
    return f"{sum(re.search(p, text) is not None for p in wanted)}/{len(wanted)}" if wanted else "0/0"


def report(rows: Sequence[tuple[Story, Result, Result]]) -> None:
    for name, results in (
        ("Policywire", [r for _, r, _ in rows]),
        ("LexRank, cited afterwards", [r for *_, r in rows]),
    ):
        citations, good, shared, sentences, whole = map(sum, zip(*(r.judged() for r in results), strict=True))
        facts = [tuple(map(int, r.facts.split("/"))) for r in results]
        several = sum(len(s.spans) > 1 for r in results for s in r.sentences)
        sys.stdout.write(
            f"{name}: {len(results)} texts, {sum(r.words for r in results)} words, "
            f"{sum(r.findings for r in results)} findings\n"
            f"  citation precision {good / citations:.3f} by the checker, {shared / citations:.3f} by shared words\n"
            f"  citation recall {whole / sentences:.3f} of {sentences} sentences; {several} cite several sources\n"
            f"  facts told by two sources or more: {sum(f for f, _ in facts)} of {sum(n for _, n in facts)}\n"
        )


def speed(told: Sequence[Story]) -> int:
    """Briefs of at least 40 stories and 200 articles, nothing remembered from one to the next."""
    work = list(_enough(told))
    used = 0.0
    for articles in work:
        forget()
        start = time.process_time()
        compile_brief("bench", (), articles, support=SUPPORT)
        used += time.process_time() - start
    count = sum(len(articles) for articles in work)
    sys.stdout.write(f"{len(work)} briefs of {count} articles: {used:.1f} s of one core, at most {LIMIT:.0f}\n")
    return int(used > LIMIT)


def _enough(told: Sequence[Story]) -> Iterator[Sequence[Article]]:
    """40 stories of 5 articles: a story with fewer gets some of the next one's, which cost as much to read."""
    every = [a for s in told for a in s.articles]
    for n in range(BRIEFS):
        own = list(told[n % len(told)].articles)[: ARTICLES // BRIEFS]
        more = [a for a in every[n:] + every[:n] if a not in own]
        yield [*own, *more][: ARTICLES // BRIEFS]


def forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith(("pipeline.stages.", "pipeline.domain.")):
            for thing in vars(module).values():
                if callable(clear := getattr(thing, "cache_clear", None)) and "segmenter" not in getattr(
                    thing, "__name__", ""
                ):
                    clear()


def page(rows: Sequence[tuple[Story, Result, Result]]) -> str:
    head = "<!doctype html><html lang=en><meta charset=utf-8><title>Briefs side by side</title>"
    rules = "table{width:100%;table-layout:fixed;border-spacing:1em}td,th{vertical-align:top;text-align:left}"
    style = f"<style>{rules}</style>"
    return (
        f"{head}{style}<h1>Briefs beside LexRank with citations attached afterwards</h1>"
        + "".join(_story(*r) for r in rows)
        + "</html>\n"
    )


def _story(story: Story, ours: Result, peer: Result) -> str:
    cells = "".join(f"<td>{''.join(f'<p>{escape(p)}</p>' for p in r.text.splitlines())}</td>" for r in (ours, peer))
    heads = "".join(f"<th>{escape(n)}: {_figures(r)}</th>" for n, r in (("Policywire", ours), ("LexRank", peer)))
    return f"<h2>{escape(story.name)}</h2><table><tr>{heads}</tr><tr>{cells}</tr></table>"


def _figures(result: Result) -> str:
    citations, good, shared, sentences, whole = result.judged()
    return (
        f"{result.words} words, {result.findings} findings, precision {good / max(1, citations):.2f} "
        f"(words {shared / max(1, citations):.2f}), "
        f"recall {whole / max(1, sentences):.2f}, facts {result.facts}"
    )


if __name__ == "__main__":
    sys.exit(main())
