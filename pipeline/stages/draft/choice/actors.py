"""The names that a story turns on: of them a brief tells early who they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.stages.draft.language.letters import PLACES, Letters
from pipeline.stages.draft.language.nouns import KNOWN
from pipeline.stages.draft.language.times import MONTH, WEEKDAY
from pipeline.stages.draft.language.words import CAPITAL, stem
from pipeline.stages.draft.standing.things import BODY, DOCUMENT
from pipeline.stages.draft.texts.readings import Reading
from pipeline.stages.draft.texts.strangers import FAMOUS

INSIDE = re.compile(rf"(?<=[a-z,0-9)] )[{CAPITAL}][\w\u00c0-\u024f]{{2,}}")
"""A capital word that opens no sentence."""
THERE = re.compile(rf"\b(?:in|at|near) (?:[{CAPITAL}]\w+ )?[{CAPITAL}][\w\u00c0-\u024f]{{2,}}")
"""One that is a place."""
MOST = 3
SHARE, OFTEN = 0.6, 4
"""The share of the articles that must have a name, and how often they must have it together."""
NO_NAME = re.compile(rf"(?:{MONTH}|{WEEKDAY}|Department|Centre|Center|Laboratory|\w+(?:ean|[ir]can|ese|ish|ern))$")


def actors(readings: Sequence[Reading]) -> frozenset[str]:
    """The stems of the names that most articles have, and most often: of no country, person, place or day, and no common words."""
    texts = [r.article.text for r in readings]
    told = [Counter(INSIDE.findall(text)) for text in texts]
    often = {name: sum(t[name] for t in told) for name in set().union(*told)}
    wide = {name: sum(name in t for t in told) for name in often}
    there = Counter(m[0].split()[-1] for text in texts for m in THERE.finditer(text))
    common = (
        Letters.of(texts).small
        | FAMOUS
        | {w.lower() for r in readings for p in r.known.values() if p.role for w in p.full.split()}
    )
    least = max(min(2, len(texts)), SHARE * len(texts))
    fit = [
        n
        for n in often
        if often[n] >= OFTEN and wide[n] >= least and 2 * there[n] < often[n] and n.lower() not in common and _named(n)
    ]
    return frozenset(stem(n.lower()) for n in sorted(fit, key=lambda n: (-often[n] * wide[n], n))[:MOST])


def _named(word: str) -> bool:
    return not (word in KNOWN | PLACES or NO_NAME.match(word) or BODY.fullmatch(word) or DOCUMENT.fullmatch(word))
