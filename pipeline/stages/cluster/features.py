"""Sketches of articles: stemmed words, actors under one name, capitalised names, shingles for finding copies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from pipeline.domain.article import Article
from pipeline.domain.copies import shingles
from pipeline.domain.sketch import Sketch

RULES = "1"  # raise it when a rule below changes: stored sketches are then made anew
TITLE_WEIGHT = 2
LEAD_CHARACTERS = 1000
SHINGLED_WORDS = 400
ACTOR = "@"  # marks an actor's name among words
TITLE_CASE = 0.6  # share of capitalised words from which a headline's capitals say nothing
DOTTED = re.compile(r"\b(?:[A-Z]\.\s?){2,}")
TOKEN = re.compile(r"\w+(?:[-.]\w+)*")
PART = re.compile(r"\w[\w.]+")
OPENS_SENTENCE = re.compile(r"(?:^|[.!?:;|\"“”]\s*)\W*$")
PACKED = np.dtype("<u4")


def sketcher(actors: Mapping[str, str]) -> tuple[str, Callable[[Article], Sketch]]:
    """The name of the rules, and what makes an article's sketch by them."""
    forms = _forms(actors)
    maker = f"{RULES}-{sha256(repr(sorted(actors.items())).encode()).hexdigest()[:12]}"

    def sketch(article: Article) -> Sketch:
        title, lead = article.title + ". ", article.text[:LEAD_CHARACTERS]
        words = Counter(terms(title * TITLE_WEIGHT + lead, forms))
        shown = "" if _title_case(article.title) else title
        copied = shingles(TOKEN.findall(article.text.lower())[:SHINGLED_WORDS])
        return Sketch(
            id=article.id,
            published=article.published,
            text_sha256=article.sha256,
            maker=maker,
            words=_packed(words),
            names=_packed(Counter(names(shown + lead, forms)) + Counter(w for w in words if w[0] == ACTOR)),
            shingles=np.unique(np.array([crc32(" ".join(s).encode()) for s in copied], PACKED)).tobytes(),
        )

    return maker, sketch


def counted(texts: Iterable[str], actors: Mapping[str, str]) -> Counter[str]:
    """In how many of the texts each term stands."""
    forms = _forms(actors)
    return Counter(term for text in texts for term in set(terms(text, forms)))


Forms = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""First word of an actor's form to (the whole form, the actor's name), longest form first."""


def _forms(actors: Mapping[str, str]) -> Forms:
    forms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for form, name in actors.items():
        words = tuple(TOKEN.findall(form))
        forms.setdefault(words[0], []).append((words, name))
    return {first: sorted(rest, key=lambda f: -len(f[0])) for first, rest in forms.items()}


def terms(text: str, forms: Forms) -> Iterator[str]:
    """Stems and actors, in order; words without content are left out."""
    for token, actor, _ in _tokens(_undotted(text), forms):
        if actor:
            yield actor
        else:
            yield from (stem(w) for w in _content(token))


def names(text: str, forms: Forms) -> Iterator[str]:
    """Stems of capitalised words that open no sentence and are never written small here."""
    text = _undotted(text)
    small = {word for word in PART.findall(text) if word.islower()}
    for token, actor, start in _tokens(text, forms):
        if not actor and token[0].isupper() and not OPENS_SENTENCE.search(text[max(0, start - 4) : start]):
            yield from (stem(w) for w in _content(token) if w not in small)


def _tokens(text: str, forms: Forms) -> Iterator[tuple[str, str, int]]:
    """(Token, empty, start), or (form, marked name, start) where an actor's form begins."""
    found = [(m.group(), m.start()) for m in TOKEN.finditer(text)]
    n = 0
    while n < len(found):
        token, start = found[n]
        for words, name in forms.get(token, ()):
            if tuple(t for t, _ in found[n : n + len(words)]) == words:
                yield token, ACTOR + name, start
                n += len(words)
                break
        else:
            yield token, "", start
            n += 1


def _content(token: str) -> Iterator[str]:
    for word in PART.findall(token):
        if (small := word.lower()) not in ENGLISH_STOP_WORDS:
            yield small


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A small word without its commonest endings.

    >>> [stem(w) for w in ("policies", "signed", "signing", "congress", "releases")]
    ['policy', 'sign', 'sign', 'congress', 'releas']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _undotted(text: str) -> str:
    return DOTTED.sub(lambda m: re.sub(r"[.\s]", "", m.group()) + " ", text)


def _title_case(title: str) -> bool:
    words = title.split()
    return sum(w[0].isupper() for w in words) > TITLE_CASE * len(words)


def _packed(counts: Counter[str]) -> bytes:
    hashed = np.array([crc32(term.encode()) for term in counts], PACKED)
    return hashed.tobytes() + np.array(list(counts.values()), PACKED).tobytes()


def unpacked(data: bytes) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Hashes and counts, each (terms,), of what `Sketch.words` and `Sketch.names` hold."""
    both = np.frombuffer(data, PACKED)
    half = len(both) // 2
    return both[:half], both[half:]
