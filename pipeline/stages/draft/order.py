"""The order of a brief: what belongs together stands together, and nothing stands before what it leans on."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.stages.draft.closing import OUTLOOK
from pipeline.stages.draft.needs import met
from pipeline.stages.draft.plan import Fact, adjoin, likeness
from pipeline.stages.draft.words import stems

PARAGRAPHS = (4, 8)
TOGETHER = 3
"""Sentences in one paragraph after the lead."""
MOST = 4
"""Sentences in one paragraph once a single one has joined it."""


def arrange(lead: Fact, body: Sequence[Fact], withheld: list[str], *, most: int = PARAGRAPHS[1]) -> list[list[Fact]]:
    """Paragraphs, the lead alone in the first; facts that find no place are noted in `withheld`."""
    paragraphs, left = [[lead]], sorted(body, key=_turn)
    while left and len(paragraphs) < most:
        last = paragraphs[-1][-1]
        ready = [f for f in left if _ready(f, paragraphs)]
        opening = next((f for f in ready if not adjoin(last, f)), None)
        if opening is None:
            break
        paragraphs.append(_paragraph(opening, left, paragraphs))
    withheld += [f"no place without its noun or beside its neighbor: {f.text[:60]}" for f in left]
    return _merged(paragraphs)


def _turn(fact: Fact) -> tuple[bool, float, int]:
    """Early facts first, what is expected last."""
    return (bool(OUTLOOK.search(fact.text)) and fact.share > 0.6, fact.share, fact.article)


def _paragraph(opening: Fact, left: list[Fact], before: Sequence[Sequence[Fact]]) -> list[Fact]:
    """The opening fact and the ones most like it, taken out of `left`."""
    left.remove(opening)
    facts = [opening]
    while len(facts) < TOGETHER:
        ready = [f for f in left if _ready(f, [*before, facts]) and not adjoin(facts[-1], f)]
        near = max(ready, key=lambda f: (_near(f, facts), -f.share, -f.article), default=None)
        if near is None or _near(near, facts) < 0.1:
            break
        left.remove(near)
        facts.append(near)
    return facts


def _near(fact: Fact, facts: Sequence[Fact]) -> float:
    alike = max(likeness(fact.stems, f.stems) for f in facts)
    return alike + 0.1 * (abs(fact.share - facts[0].share) < 0.2)


def _ready(fact: Fact, before: Sequence[Sequence[Fact]]) -> bool:
    text = " ".join(f.text for facts in before for f in facts)
    told = frozenset(stems(text))
    return met(fact.needs, told)


def _merged(paragraphs: list[list[Fact]]) -> list[list[Fact]]:
    """Single sentences join the paragraph before them while that leaves enough paragraphs."""
    kept = paragraphs[:1]
    for n, facts in enumerate(paragraphs[1:], 1):
        enough = len(kept) + len(paragraphs) - n - 1 >= PARAGRAPHS[0]
        room = len(kept) > 1 and len(kept[-1]) < MOST and not adjoin(kept[-1][-1], facts[0])
        if len(facts) == 1 and room and enough:
            kept[-1] = [*kept[-1], *facts]
        else:
            kept.append(facts)
    return kept
