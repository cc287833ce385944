"""How alike two sentences are, and whether one only says again what the other says."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.ports import Embedder
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.content import bag, counts, overlap
from pipeline.stages.draft.language.figured import counted
from pipeline.stages.draft.language.words import stems

RUN = 5
YEAR = re.compile(r"(?:19|20)\d\d")
WORD = re.compile(r"[\w'-]+")
FRAME = re.compile(
    r"^(?:According to [^,]{2,60}, |(?:The |An? )?(?:[A-Z][\w.'&-]*|[a-z]+(?:'s)?|of|and|for)(?: (?:[A-Z][\w.'&-]*|[a-z-]+(?:'s)?)){0,7}? "
    r"(?:has |have |had )?(?:learned|reported|reports?|announced|said|confirmed|revealed|stated|added|noted)(?: (?:in|at|on) (?:an?|the) [\w ]{3,30}?)? "
    r"(?:that |(?=[A-Z]|the |its |an? )))"
)
"""Who tells it: what is told may be an old story by another teller."""
TELLER = re.compile(r", (?:[^,]* said|according to [^,]*|said [^,]*)\.$")
NEWS = re.compile(
    r"^(?:The )?(?:[A-Z][\w.]+ ){0,3}(?:Post|Times|Journal|Guardian|Reuters|Bloomberg|CNN|BBC|CNBC|NPR|Axios|Politico|Verge|Wired|News|"
    r"Herald|Tribune|Courier|Gazette|Observer|Globe|Economist|Forbes|Fortune|Independent|Chronicle|Telegraph|Insider|TechCrunch|Register|Intercept|Information|Semafor)(?: [A-Z]\w+)? "
    r"(?:has |have |had )?(?:first )?(?:learned|reported|reports?|obtained|published|reviewed|seen|understands|viewed|revealed)\b"
)
"""How a newsroom came to know: no news by itself."""
LOOSELY = (
    "agree sign back endorse support adopt approve accord",
    "ask request demand seek call urge propose",
    "investigate investigation probe inquiry scrutiny examine",
    "restrict restriction limit curb ban block tighten control bar constrict",
    "collaborate collaboration cooperate cooperation partner partnership joint jointly together",
    "accuse allege allegation claim accusation",
    "chip semiconductor processor",
    "regulate regulation rule law legislation governance govern guardrail",
    "risk harm danger threat",
    "company firm maker startup creator lab developer",
    "safety safe",
    "leader head government",
    "announce unveil present launch begin introduce create establish form set",
    "meet meeting summit talks convene gather",
    "test evaluation assess",
    "warn caution",
    "lawmaker senator congress deputy",
)
LOOSE = {next(iter(bag(w)), w): next(iter(bag(group.split()[0])), group) for group in LOOSELY for w in group.split()}
STILL = bag("remain become stay keep")
AGAIN = 0.55
"""Of a sentence's shortest form, the share of words that the other has."""
OPENING_AGAIN = 0.36
"""The same for sentences that open two articles: both tell the story's event."""
COUNTED_AGAIN = 0.25
"""The same for sentences that count the same things, if they are not a few."""
FEW = 4
OPENING = 2
BOTH = 0.4
"""The same for a sentence that holds most of what the other says."""
LEAST = 3


@lru_cache(maxsize=20_000)
def gist(text: str) -> frozenset[str]:
    """What a sentence tells, whoever tells it, in words that stand for all of their kind.

    >>> sorted(gist("The Harbor Post has learned that Oslo opened a probe.")) == sorted(gist("Oslo opened an inquiry."))
    True
    """
    bare = TELLER.sub(".", FRAME.sub("", text))
    words = (w.removesuffix("at") if len(w) > 5 else w for w in bag(bare if len(bare.split()) > LEAST else text))
    return frozenset(LOOSE.get(w, w) for w in words if w not in STILL)


def again(fact: Fact, other: Fact, rare: Mapping[str, float]) -> bool:
    """Whether a fact's main statement is the other's in other words; what the whole story speaks of counts little."""
    core = _core(fact)
    shared = core & gist(other.text)
    if any(c in core for c in counts(fact.text) - counts(other.text) if len(c) > 1):
        return False
    if len(shared) < LEAST:
        return len(core) > 1 and shared == core and fact.article != other.article
    if _counted_again(fact, other):
        return True
    opens = max(fact.place, other.place) < OPENING and fact.article != other.article
    share = _mass(shared, rare) / _mass(core, rare)
    back = _mass(_core(other) & gist(fact.text), rare) / max(0.001, _mass(_core(other), rare))
    return share >= (OPENING_AGAIN if opens else AGAIN) or min(share, back - 0.15) >= BOTH


def _counted_again(fact: Fact, other: Fact) -> bool:
    """Whether both tell of the same number of the same things, in many of the same words: "nine agencies"."""
    shared = set(counted(fact.text)) & set(counted(other.text))
    if fact.article == other.article or not any(float(figure) >= FEW for _, figure in shared):
        return False
    return max(overlap(fact.text, other.text), overlap(other.text, fact.text)) >= COUNTED_AGAIN


def _core(fact: Fact) -> frozenset[str]:
    """The gist of the fact's shortest wording."""
    return min((gist(form.text) for form in fact.forms), key=lambda g: (len(g), sorted(g)))


def _mass(words: frozenset[str], rare: Mapping[str, float]) -> float:
    return sum(rare.get(w, 1.0) for w in words)


def alike(one: str, other: str, rare: Mapping[str, float]) -> float:
    """0 to 1 by the words that both have; two shared counts (years are none) are one thing told twice.

    >>> alike("They showed 3,000 products of 800 firms.", "The fair with 800 firms has 3,000 products.", {})
    1.0
    """
    a, b = bag(one), bag(other)
    shared_counts = [f for f in counts(one) & counts(other) if len(f) > 2 and not YEAR.fullmatch(f)]
    if len(shared_counts) > 1:
        return 1.0
    if _quoted(one) & _quoted(other):
        return 1.0
    if _run(one, other):
        return 0.7
    mass = [sum(rare.get(w, 1.0) for w in words) for words in (a & b, a, b)]
    contained = len(a & b) / max(1, min(len(a), len(b)))
    return max(mass[0] / max(0.001, min(mass[1:])), contained)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """How near sentences are in meaning, whatever their words."""

    rows: Mapping[str, NDArray[np.float32]]

    @classmethod
    def of(cls, texts: Iterable[str], embedder: Embedder) -> Meaning:
        known = list(dict.fromkeys(texts))
        return cls(rows=dict(zip(known, embedder.embed(known), strict=True)))

    def near(self, one: str, other: str) -> float:
        """The cosine of two of the texts."""
        return float(self.rows[one] @ self.rows[other])


def _run(one: str, other: str) -> bool:
    """Whether both have five words in a row, three of them plain words of content."""
    return any(sum(w.islower() and bool(stems(w)) for w in run) > 2 for run in _runs(one) & _runs(other))


QUOTED = re.compile(r'"((?:[^" ]+ ){3,}[^" ]+)"')


@lru_cache(maxsize=20_000)
def _quoted(text: str) -> frozenset[str]:
    """What a sentence quotes, from four words on."""
    return frozenset(q.strip(".,").lower() for q in QUOTED.findall(text))


@lru_cache(maxsize=20_000)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = WORD.findall(text)
    return frozenset(tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0
