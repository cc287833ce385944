"""Rules that need the record and the stored article texts (V01, V02, V03, V05, V09)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Any

from pipeline.domain.lint.facts import Facts, facts, fold, missing
from pipeline.domain.lint.finding import Finding
from pipeline.domain.lint.layout import GROUP, Layout

Record = Mapping[str, Any]
YEAR = re.compile(r"(?<![\w.,])(?:1[89]|20)\d\d(?=s?(?!\w)(?![.,]\d)(?! ?%))")


def quotes(page: Layout, record: Record, articles: Mapping[str, str]) -> Iterator[Finding]:
    """V01: the pull quote stands in its article, where the record says and by the speaker it names."""
    for number in page.quotes:
        if reason := _quote_fault(_bare(page.paragraphs[number - 1]), record.get("quote"), articles):
            yield Finding(code="V01", message=reason, paragraph=number)


def stated(page: Layout, record: Record, articles: Mapping[str, str]) -> Iterator[Finding]:
    """V02: what a cited sentence states stands in the sources it cites."""
    ids = {source["n"]: source.get("article_id", "") for source in record.get("sources", ())}
    known: dict[tuple[int, ...], Facts] = {}
    for sentence in page.body_sentences:
        if not (numbers := tuple(n for n in sentence.numbers if n in ids)):
            continue
        if unstored := [n for n in numbers if ids[n] not in articles]:
            message = f"source {unstored[0]} has no stored text"
            yield Finding(code="V02", message=message, paragraph=sentence.paragraph)
            continue
        if numbers not in known:
            known[numbers] = reduce(or_, (facts(articles[ids[n]]) for n in numbers))
        if absent := missing(GROUP.sub("", sentence.text), known[numbers]):
            message = f"not in {', '.join(f'[{n}]' for n in numbers)}: {', '.join(absent)}"
            yield Finding(code="V02", message=message, paragraph=sentence.paragraph)


def stated_by_each(page: Layout, record: Record, articles: Mapping[str, str]) -> Iterator[Finding]:
    """V03: what a cited sentence states stands in every single source that it cites."""
    sources = {source["n"]: source for source in record.get("sources", ())}
    known: dict[int, Facts] = {}
    common = frozenset().union(*(facts(articles.get(s.get("article_id", ""), "")).common for s in sources.values()))
    for sentence in page.body_sentences:
        for n in dict.fromkeys(sentence.numbers):
            text = articles.get(sources.get(n, {}).get("article_id", ""))
            if text is None:
                continue
            if n not in known:
                known[n] = replace(facts(sources[n].get("title") or "") | facts(text), common=common)
            if absent := missing(GROUP.sub("", sentence.text), known[n]):
                message = f"[{n}] does not have: {', '.join(absent)}"
                yield Finding(code="V03", message=message, paragraph=sentence.paragraph)


def independence(page: Layout, record: Record) -> Iterator[Finding]:
    """V05: two numbers in a group are two independent sources."""
    group = {source["n"]: source.get("group") for source in record.get("sources", ())}
    for sentence in page.body_sentences:
        for numbers in sentence.groups:
            for a, b in combinations(dict.fromkeys(numbers), 2):
                if a in group and b in group and group[a] == group[b]:
                    message = f"[{a}] and [{b}] are copies of one story"
                    yield Finding(code="V05", message=message, paragraph=sentence.paragraph)


def years(page: Layout, record: Record, articles: Mapping[str, str]) -> Iterator[Finding]:
    """V09: no year that stands in no source."""
    texts = [articles.get(source.get("article_id", ""), "") for source in record.get("sources", ())]
    # "2,000 staff" may be written "2000 staff", which looks like a year.
    spelled = [form for text in texts for form in (text, re.sub(r"(?<=\d),(?=\d{3})", "", text))]
    known = {year for text in spelled for year in re.findall(r"(?<!\d)\d{4}(?!\d)", text)}
    for number, paragraph in enumerate(page.paragraphs, 1):
        for year in sorted({*YEAR.findall(paragraph)} - known):
            yield Finding(code="V09", message=f"the year {year} is in no source", paragraph=number)


def _quote_fault(said: str, quote: Record | None, articles: Mapping[str, str]) -> str:
    if not quote:
        return "the record keeps no quote"
    if _bare(str(quote["text"])) != said:
        return "differs from the record's quote"
    text = articles.get(quote["article_id"])
    if text is None:
        return f"article {quote['article_id']} is not stored"
    if _bare(text[quote["start"] : quote["end"]]) != said:
        return "is not what stands at the record's span"
    speaker = re.findall(r"\w+", fold(str(quote.get("speaker") or "")).casefold())
    if not speaker:
        return "the record names no speaker"
    heard = set(re.findall(r"\w+", fold(text).casefold()))
    absent = [word for word in speaker if word not in heard]
    return f"the speaker is not in the article: {quote['speaker']}" if absent else ""


def _bare(text: str) -> str:
    """Folded, without marks around it and the stop or comma at its end, which the house format changes."""
    return fold(GROUP.sub("", text)).strip("\"' ").rstrip(".,").strip("\"' ")
