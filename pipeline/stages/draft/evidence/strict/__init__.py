"""The strict check: may a claim stand on a text? It may withhold what is true, and passes nothing that is changed.

A claim is compared with the one sentence of the text that tells most of its words. It may leave out clauses, change
tense, names' forms and the place of an attribution or of a phrase of time; every other difference is a reason.
`reading` makes signs of words, `align` finds them again in order, `rules` judge what differs, `leaning` knows what may
come from the sentences beside it. No score may overrule a reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pipeline.stages.draft.evidence.strict import rules
from pipeline.stages.draft.evidence.strict.align import Alignment, align
from pipeline.stages.draft.evidence.strict.joined import halves
from pipeline.stages.draft.evidence.strict.leaning import has_room, one_name, told_beside
from pipeline.stages.draft.evidence.strict.reading import Sign, read
from pipeline.stages.draft.evidence.strict.speakers import misattributed
from pipeline.stages.draft.language.datelines import DATELINE, with_its_day
from pipeline.stages.draft.texts.sentences import spans

__all__ = ["check"]

TICKER = re.compile(r" \([A-Z][A-Za-z. ]{1,12}: ?[A-Z][A-Z0-9.]{0,6}\)")
LATER = re.compile(r", (?:an?|one|two|three|\d+) (?:hours?|days?|weeks?|months?) after [^.]*(?=\.$)")
"""What went before: no condition in it is one of what came later."""
CANDIDATES = 3
"""Sentences of a text that a claim is compared with, those that share most first."""
LOOSE = frozenset("from out off over back down most more call ask want hope seek try".split())
"""Guarded words that a claim may have without its sentence; put for their opposites they are still found."""


@lru_cache(maxsize=5_000)
def check(claim: str, source_text: str, before: str = "") -> str | None:
    """Why the claim may not stand on this text, or None. `before` is what stands in front of the text.

    A text with the day in its dateline is also taken to say it in place of its first "on Tuesday" or "today" (whatever its weekday, where the dateline has no year), and one with
    ", a day after …" at its end to say what it says without.

    >>> source = "The council said on May 3, 2024, that it would fund 40 laboratories in Ghana."
    >>> check("The council said on May 3, 2024, that it would fund forty laboratories.", source)
    >>> check("The council said that it would fund 400 laboratories.", source)
    'new: 400'
    >>> check("The council said that it would not fund 40 laboratories.", source)
    'negation'
    """
    dated = "" if DATELINE.match(claim) else with_its_day(source_text)
    source_text = source_text if DATELINE.match(claim) else DATELINE.sub("", source_text)
    readings = dict.fromkeys(
        TICKER.sub("", t) for text in (source_text, dated or source_text) for t in (text, LATER.sub("", text))
    )
    reasons = []
    for reading in readings:
        if (reason := _check(claim, reading, before)) is None:
            return None
        reasons.append(reason)
    return reasons[0]


def _check(claim: str, source_text: str, before: str) -> str | None:
    told = [claim[a:b] for a, b in spans(claim)]
    if len(told) > 1:
        return next((why for one in told if (why := _check(one, source_text, before))), None)
    sentences = [source_text[a:b] for a, b in spans(source_text)]
    if claim.strip() in sentences:
        return None
    lead = [before[a:b] for a, b in spans(before)][-2:]
    context = f"{before}\n{source_text}"
    ranked = _ranked(claim, sentences)
    reasons: list[str] = []
    for n in ranked:
        reason = _against(claim, sentences[n], [*lead, *sentences[:n]], context)
        if not reason:
            return None
        reasons.append(reason)
    if _joined(claim, sentences, lead, ranked[:2], context):
        return None
    return reasons[0] if reasons else _unheard(claim)


def _unheard(claim: str) -> str:
    words = sorted({s.word.strip("\u00a7").lower() for s in read(claim) if s.bears})
    return "new: " + ", ".join(words) if words else "empty"


def _ranked(claim: str, sentences: Sequence[str]) -> list[int]:
    mine = Counter(s.form for s in read(claim) if s.bears)
    shared = [((mine & Counter(s.form for s in read(text) if s.bears)).total(), -n) for n, text in enumerate(sentences)]
    best = sorted((pair for pair in shared if pair[0]), reverse=True)[:CANDIDATES]
    return [-n for _, n in best]


def _against(claim: str, sentence: str, before: Sequence[str], context: str) -> str:
    """Why the claim may not stand on this one sentence, or nothing."""
    claim, sentence = one_name(claim, sentence, context)
    mine, theirs = read(claim), read(sentence)
    new = _new(mine, theirs)
    beside = told_beside(new, mine, theirs, before, context) if new else frozenset[int]()
    left = [s for s in new if s.place not in beside]
    if left:
        return "new: " + ", ".join(sorted({s.word.strip("\u00a7").lower() for s in left}))
    kept = [_freed(s) if s.place in beside else s for s in mine]
    found = align(kept, theirs)
    if ousted := [mine[place] for place in sorted(beside) if not has_room(place, theirs, found)]:
        return "new: " + ", ".join(s.word.lower() for s in ousted)
    return _judged(mine, kept, theirs, found, beside)


def _judged(
    mine: Sequence[Sign], kept: Sequence[Sign], theirs: Sequence[Sign], found: Alignment, beside: frozenset[int]
) -> str:
    if any(s.kind not in {"denial", "modal", "unit"} for s in found.lost):
        return "order"
    known = frozenset(s.form for s in mine if s.place in beside)
    return (
        rules.denied(kept, theirs, found)
        or rules.hedged(kept, theirs, found)
        or rules.opposed(kept, theirs, found)
        or rules.limited(kept, theirs, found)
        or rules.spliced(kept, theirs, found)
        or rules.misplaced(kept, theirs, found)
        or misattributed(mine, [theirs], known)
    )


def _new(mine: Sequence[Sign], theirs: Sequence[Sign]) -> list[Sign]:
    """The claim's signs that the sentence has not, or not as often; denials and modals are judged apart."""
    there = Counter(s.form for s in theirs if s.bears)
    new: list[Sign] = []
    for sign in mine:
        if not sign.bears or sign.kind in {"denial", "modal"}:
            continue
        if sign.kind == "unit" and sign.form in there:
            continue
        there[sign.form] -= 1
        if there[sign.form] < 0 and not (sign.kind == "guard" and sign.word in LOOSE):
            new.append(sign)
    return new


def _freed(sign: Sign) -> Sign:
    return Sign(sign.form, "free", sign.word, sign.clause, sign.capital, sign.place)


def _joined(claim: str, sentences: Sequence[str], lead: Sequence[str], first: Sequence[int], context: str) -> bool:
    """Whether the claim is two neighbouring sentences in one, each of its halves standing on one of them."""
    places = {m for n in first for m in (n - 1, n) if 0 <= m < len(sentences) - 1}
    for n in sorted(places):
        for front, rear in halves(claim, sentences[n], sentences[n + 1]):
            before = [*lead, *sentences[:n]]
            if not _against(front, sentences[n], before, context) and not _against(
                rear, sentences[n + 1], [*before, sentences[n]], context
            ):
                return True
    return False
