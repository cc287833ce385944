"""V04: each cited source supports its sentence, by the span that the record keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.domain.article import text_hash
from pipeline.domain.citation import uncited
from pipeline.domain.lint.finding import Finding
from pipeline.domain.lint.layout import Layout, Sentence

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What one source says for a sentence: the span's text, what stands before it there, and the source's title."""

    text: str
    before: str = ""
    title: str = ""


Judge = Callable[[str, Sequence[Passage]], Sequence[str | None]]
"""For each cited source's passage why the sentence may not stand on it, or None."""


def supported(page: Layout, record: Record, articles: Mapping[str, str], judge: Judge) -> Iterator[Finding]:
    """V04 for every cited sentence of the body.

    A record without statements is judged by the whole texts of its sources.
    """
    sources = {source["n"]: source for source in record.get("sources", ())}
    kept = sorted(record.get("statements", ()), key=lambda s: bool(s["evidence"]))  # a closing may have a lead's words
    statements = {s["text"]: s for s in kept}
    for sentence in page.body_sentences:
        numbers = [n for n in dict.fromkeys(sentence.numbers) if n in sources]
        if not numbers:
            continue
        claim = uncited(sentence.text)
        if statements and (fault := _unlike(claim, numbers, statements.get(claim))):
            yield _finding(sentence, fault)
            continue
        told = {n: _passage(sources[n], statements.get(claim), articles) for n in numbers}
        yield from (_finding(sentence, f"[{n}]: {p}") for n, p in told.items() if isinstance(p, str))
        passages = {n: p for n, p in told.items() if isinstance(p, Passage)}
        for n, reason in zip(passages, judge(claim, list(passages.values())), strict=True):
            if reason:
                yield _finding(sentence, f"[{n}] does not support it: {reason}")


def _unlike(claim: str, numbers: Sequence[int], statement: Mapping[str, Any] | None) -> str:
    """What text and record disagree about."""
    if statement is None:
        return "the record keeps no evidence for this sentence"
    kept = sorted({e["source"] for e in statement["evidence"]})
    return "" if kept == sorted(numbers) else f"the text cites {sorted(numbers)}, the record {kept}"


def _passage(source: Record, statement: Record | None, articles: Mapping[str, str]) -> Passage | str:
    """The source's passage, or what is wrong with it."""
    text = articles.get(source.get("article_id", ""))
    if text is None:
        return "has no stored text"
    title = str(source.get("title") or "")
    if statement is None:
        return Passage(text=text, title=title)
    spans = sorted((e for e in statement["evidence"] if e["source"] == source["n"]), key=lambda e: int(e["start"]))
    if any(e["article_id"] != source.get("article_id") for e in spans):
        return "its evidence stands in another article"
    if any(e.get("sha256") not in (None, text_hash(text)) for e in spans):
        return "its evidence was taken from another text"
    if not all(0 <= e["start"] < e["end"] <= len(text) for e in spans):
        return "its evidence lies outside the text"
    first = min(e["start"] for e in spans)
    return Passage(text="\n".join(text[e["start"] : e["end"]] for e in spans), before=text[:first], title=title)


def _finding(sentence: Sentence, message: str) -> Finding:
    return Finding(code="V04", message=message, paragraph=sentence.paragraph)
