"""Citation precision and recall by a measure that shares no code with the checker: the share of content words found.

It reads a brief's record and the stored texts, and imports nothing of the pipeline.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LEAST = 0.63
"""Share of a sentence's content words that must stand in a cited span."""
PREFIX = 5
"""Words are equal when they begin with the same letters; shorter ones as they are."""
SMALL = frozenset(
    """a about after again all also an and any are as at be been before being between both but by can could did do does
    each for from had has have he her his how i if in into is it its just may might more most must no nor not of on
    only or other our out over own said same say says she should so some such than that the their them then there
    these they this those through to too under until up was we were what when where which while who will with
    would""".split()
)
COUNTED = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve forty fifty sixty".split(),
        "1 2 3 4 5 6 7 8 9 10 11 12 40 50 60".split(),
        strict=True,
    )
)
SHORT = {"artificial": "ai", "intelligence": "ai", "united": "us", "states": "us", "american": "us", "u.s": "us"}


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How many cited sentences and single citations there are, and those that the measure does not find borne out."""

    sentences: int
    citations: int
    unborne: tuple[str, ...]
    idle: tuple[str, ...]

    @property
    def recall(self) -> float:
        return 1 - len(self.unborne) / max(1, self.sentences)

    @property
    def precision(self) -> float:
        return 1 - len(self.idle) / max(1, self.citations)


def measured(record: Mapping[str, Any], articles: Mapping[str, str]) -> Figures:
    """Recall: sentences that their cited spans bear out together. Precision: citations whose own span does."""
    sentences = citations = 0
    unborne, idle = [], []
    for statement in record["statements"]:
        spans = spans_of(statement, articles)
        if not spans:
            continue
        sentences += 1
        citations += len(spans)
        if share(statement["text"], " ".join(spans.values())) < LEAST:
            unborne.append(statement["text"])
        idle += [f"[{n}] {statement['text']}" for n, text in spans.items() if share(statement["text"], text) < LEAST]
    return Figures(sentences=sentences, citations=citations, unborne=tuple(unborne), idle=tuple(idle))


def spans_of(statement: Mapping[str, Any], articles: Mapping[str, str]) -> dict[int, str]:
    """Source number to the text of its spans."""
    spans: dict[int, str] = {}
    for e in statement["evidence"]:
        spans[e["source"]] = f"{spans.get(e['source'], '')} {articles[e['article_id']][e['start'] : e['end']]}"
    return spans


def share(sentence: str, span: str) -> float:
    """The share of the sentence's content words that the span has, 0 to 1."""
    mine, theirs = set(words(sentence)), set(words(span))
    return len(mine & theirs) / max(1, len(mine))


def words(text: str) -> Iterator[str]:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    for word in re.findall(r"u\.s\b|[a-z]+|\d[\d.,]*\d|\d", bare.replace("\u2019", "'")):
        if word not in SMALL and (len(word) > 1 or word.isdigit()):
            plain = SHORT.get(word, COUNTED.get(word, word))
            yield plain.replace(",", "")[:PREFIX]
