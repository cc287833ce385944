"""Rules of form: characters and white space (F), paragraphs and sentences (S), length (V08)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.domain.lint.finding import Finding
from pipeline.domain.lint.layout import Layout, words

LEAD_WORDS = 30
PARAGRAPH_SENTENCES = 4
BODY = (4, 8)
SHORT_BODY = (2, 4)
CLOSING_SENTENCES = 3
WORDS = (180, 450)
SHORT_WORDS = 50
STRAY = re.compile(r"^\s|\s$|  |[^\S ]|\s[,.;:!?](?=\s|$)")


def characters(text: str, *, ours: bool) -> Iterator[Finding]:
    """F00 to F03: NFC, line feeds only and one at the end, no blank line inside, no stray space.

    A text without a record (`ours` is false) may be a copy: an editor's blank lines at its end are let pass.
    """
    if unicodedata.normalize("NFC", text) != text:
        yield Finding(code="F00", message="is not in Unicode form NFC", paragraph=0)
    if re.search("[\r\v\f\x1c-\x1e\x85\u2028\u2029]", text):
        yield Finding(code="F01", message="has a line ending other than a line feed", paragraph=0)
    if not text.endswith("\n") or (ours and text.endswith("\n\n")):
        yield Finding(code="F01", message="does not end in exactly one line feed", paragraph=0)
    lines = text.rstrip("\r\n").split("\n")
    if any(not line.strip() for line in lines):
        yield Finding(code="F02", message="has a blank line inside", paragraph=0)
    for number, line in enumerate((x for x in lines if x.strip()), 1):
        if STRAY.search(line.removesuffix("\r")):
            yield Finding(code="F03", message="has a stray space, a double space or a tab", paragraph=number)


def pull_quote(page: Layout) -> Iterator[Finding]:
    """S01 and S02: exactly one pull quote, the last paragraph but one."""
    if len(page.quotes) != 1:
        yield Finding(code="S01", message=f"has {len(page.quotes)} pull quotes, not one", paragraph=0)
    for number in page.quotes[-1:]:
        if number != len(page.paragraphs) - 1:
            yield Finding(code="S02", message="a pull quote that is not the last but one", paragraph=number)


def structure(page: Layout, *, short: bool) -> Iterator[Finding]:
    """S03 to S09 and V08; `short` judges by the figures of short briefs."""
    yield from _body(page, short=short)
    yield from _lead(page)
    for number in page.quotes:
        if any(s.numbers for s in page.sentences(number)):
            yield Finding(code="S05", message="a citation in the pull quote", paragraph=number)
    if page.closing:
        yield from _closing(page, short=short)
    total = sum(words(p) for p in page.paragraphs)
    least = SHORT_WORDS if short else WORDS[0]
    if not least <= total <= WORDS[1]:
        yield Finding(code="V08", message=f"has {total} words, not {least} to {WORDS[1]}", paragraph=0)


def _body(page: Layout, *, short: bool) -> Iterator[Finding]:
    least, most = SHORT_BODY if short else BODY
    count = len(page.body)
    if count < least or (short and count > most):
        yield Finding(code="S03", message=f"has {count} body paragraphs, not {least} to {most}", paragraph=0)
    if count > BODY[1]:
        yield Finding(code="S09", message=f"has {count} body paragraphs, at most {BODY[1]}", paragraph=0)
    for number in page.body:
        if (n := len(page.sentences(number))) > PARAGRAPH_SENTENCES:
            yield Finding(code="S08", message=f"has {n} sentences, at most {PARAGRAPH_SENTENCES}", paragraph=number)


def _lead(page: Layout) -> Iterator[Finding]:
    if not page.body:
        return
    lead = page.body[0]
    if (count := len(page.sentences(lead))) != 1:
        yield Finding(code="S04", message=f"the lead has {count} sentences, not one", paragraph=lead)
    if (length := words(page.paragraphs[lead - 1])) > LEAD_WORDS:
        yield Finding(code="S04", message=f"the lead has {length} words, at most {LEAD_WORDS}", paragraph=lead)


def _closing(page: Layout, *, short: bool) -> Iterator[Finding]:
    found = page.sentences(page.closing)
    if any(s.numbers for s in found):
        yield Finding(code="S06", message="a citation in the closing", paragraph=page.closing)
    most = 1 if short else CLOSING_SENTENCES
    if len(found) > most:
        yield Finding(
            code="S07",
            message=f"the closing has {len(found)} sentences, at most {most}",
            paragraph=page.closing,
        )
