"""Rules of citation marks (C)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from pipeline.domain.lint.finding import Finding
from pipeline.domain.lint.layout import GROUP, Layout, Sentence

WELL_FORMED = re.compile(r"\[\d+\](?:, \[\d+\])*")


def citations(page: Layout, listed: Collection[int] | None) -> Iterator[Finding]:
    """C01 to C09; `listed` holds the record's source numbers, and C08 is not judged where it is None."""
    for sentence in page.body_sentences:
        yield from _groups(sentence)
    yield from _order(page)
    yield from _coverage(page)
    yield from _listing(page, listed)


def _groups(sentence: Sentence) -> Iterator[Finding]:
    for group in GROUP.finditer(sentence.text):
        if not WELL_FORMED.fullmatch(group.group()):
            yield Finding(code="C01", message=f"malformed citation {group.group()}", paragraph=sentence.paragraph)
        before, after = sentence.text[: group.start()], sentence.text[group.end() :]
        if not re.search(r"\S $", before) or after != ".":
            where = f"{group.group()} is not one space before the full stop"
            yield Finding(code="C02", message=where, paragraph=sentence.paragraph)
    for numbers in sentence.groups:
        if any(a >= b for a, b in pairwise(numbers)):
            yield Finding(code="C03", message=f"{list(numbers)} do not ascend", paragraph=sentence.paragraph)


def _order(page: Layout) -> Iterator[Finding]:
    seen: list[int] = []
    for sentence in page.body_sentences:
        for n in sentence.numbers:
            if n in seen:
                continue
            seen.append(n)
            if n != len(seen):
                message = f"[{n}] appears where [{len(seen)}] is next"
                yield Finding(code="C04", message=message, paragraph=sentence.paragraph)
                return


def _coverage(page: Layout) -> Iterator[Finding]:
    for number in page.body:
        if not any(s.numbers for s in page.sentences(number)):
            code = "C07" if number == page.body[0] else "C05"
            yield Finding(code=code, message="has no citation", paragraph=number)
    for first, second in pairwise(page.body_sentences):
        if not first.numbers and not second.numbers:
            yield Finding(code="C06", message="two uncited sentences in a row", paragraph=second.paragraph)


def _listing(page: Layout, listed: Collection[int] | None) -> Iterator[Finding]:
    used = {n: s.paragraph for s in reversed(page.body_sentences) for n in s.numbers}
    for n in sorted(used):
        # Sources count from 1: without a record that much is still known.
        if n < 1 or (listed is not None and n not in listed):
            yield Finding(code="C09", message=f"[{n}] has no source", paragraph=used[n])
    for n in sorted(set(listed or ()) - set(used)):
        yield Finding(code="C08", message=f"source {n} is never cited", paragraph=0)
