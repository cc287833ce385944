"""V07: the closing, the uncited sentences and the title bring in no figure, date or name that is not cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pipeline.domain.lint.facts import WORD, Facts, facts, missing, plain
from pipeline.domain.lint.finding import Finding
from pipeline.domain.lint.layout import GROUP, OPENERS, Layout, words
from pipeline.domain.lint.names import is_name

TITLE_WORDS = 12


def added(page: Layout) -> Iterator[Finding]:
    """V07 for the closing and the uncited sentences of the body."""
    cited = " ".join(GROUP.sub("", s.text) for s in page.body_sentences if s.numbers)
    known = facts(cited)
    closing = page.sentences(page.closing) if page.closing else ()
    for sentence in (*(s for s in page.body_sentences if not s.numbers), *closing):
        if new := novel(GROUP.sub("", sentence.text), known, cited):
            message = f"not in the cited sentences: {', '.join(new)}"
            yield Finding(code="V07", message=message, paragraph=sentence.paragraph)


def titled(page: Layout, record: Mapping[str, Any], articles: Mapping[str, str] | None) -> Iterator[Finding]:
    """The title: at most 12 words, and V07 for what it states; small words written large are no names."""
    title = str(record.get("title") or "")
    if words(title) > TITLE_WORDS:
        yield Finding(code="V07", message=f"the title has {words(title)} words, at most {TITLE_WORDS}", paragraph=0)
    cited = " ".join(GROUP.sub("", s.text) for s in page.body_sentences if s.numbers)
    common = frozenset().union(*map(_small_words, (cited, *(articles or {}).values())))
    names = {w for w in WORD.findall(cited) if w[0].isupper()}
    others = [w for w in WORD.findall(title) if w not in names]  # a cited name says nothing of how the title is written
    large = sum(w[0].isupper() for w in others) > len(others) / 2
    found = missing(title, facts(cited)) if articles else novel(title, facts(cited), cited)
    new = [w for w in found if not (_small(w, common) or (large and not is_name(w) and not w[0].isdigit()))]
    if new:
        yield Finding(code="V07", message=f"the title has what is not cited: {', '.join(new)}", paragraph=0)


@lru_cache(maxsize=200)
def _small_words(text: str) -> frozenset[str]:
    return frozenset(w.casefold() for w in re.findall(r"\b[a-z][\w'-]*", text))


def _small(word: str, common: frozenset[str]) -> bool:
    """Whether the word stands somewhere in small letters, in one of its forms."""
    begin = word[: max(4, len(word) - 3)]
    return not word[0].isdigit() and any(c.startswith(begin) for c in common)


def novel(sentence: str, known: Facts, cited: str) -> list[str]:
    """Figures and names of a sentence that are not known; the first word counts only if it is surely a name.

    >>> novel("Testing moves to Oslo in 2031.", facts("Norway tests models."), "Norway tests models.")
    ['2031', 'oslo']
    >>> novel("Kenya follows.", facts("Norway tests models."), "Norway tests models.")
    ['kenya']
    """
    new = missing(sentence, known)
    tokens = WORD.findall(plain(sentence))
    if not tokens or _surely_a_name(tokens, cited):
        return new
    return [w for w in new if w != tokens[0].casefold().removesuffix("'s")]


def _surely_a_name(tokens: list[str], cited: str) -> bool:
    first, following = tokens[0], tokens[1] if len(tokens) > 1 else "a"
    if is_name(first) or any(c.isupper() or c.isdigit() for c in first[1:]):
        return True
    if first.lower() in OPENERS or first.casefold() in {w.casefold() for w in re.findall(r"\b[a-z]\w*", cited)}:
        return False
    return following[0].isupper() and not is_name(following)
