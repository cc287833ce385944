"""The closing and the title, drawn from what the brief already cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.domain.article import Article
from pipeline.domain.text import one_line
from pipeline.stages.draft.needs import met
from pipeline.stages.draft.plan import COPY_WORDS, SIMILAR, Fact, Plan, adjoin, alike, likeness
from pipeline.stages.draft.sentences import MONTH, shortened
from pipeline.stages.draft.voice import house_style
from pipeline.stages.draft.words import count, figures, longest_run, names, negations, stems

OUTLOOK = re.compile(r"\b(?:will|would|could|may|might|must|should|expects?|expected|needs?|until|depends?|remains?)\b")
DATE = re.compile(
    rf",? (?:on|of) (?:{MONTH} \d{{1,2}}(?:, \d{{4}},?)?|{MONTH} \d{{4}},?)|^(?:On|In) {MONTH} [\d, ]*\d{{4}}, "
)
TITLE_WORDS = 12
TITLE_BREAK = re.compile(r": | - | and (?=\w+s\b)| after |, |; ")
LEAST = 11
KNOWN = 0.6
"""Share of a closing's content words that the cited sentences must already hold."""


def closing_of(plan: Plan, cited: Sequence[str], last: Fact) -> list[str]:
    """One sentence of the story's outlook without new figures or names; failing that, the lead without its date."""
    text = " ".join(cited)
    told = frozenset(stems(text))
    spare = [f.text for f in plan.spare if met(f.needs, told) and undated(f.text) == f.text and not adjoin(f, last)]
    options = [t for t in spare if _fits(t, text) and longest_run(t, text) < 12]
    fresh = [t for t in options if max(alike(t, c) for c in cited) <= SIMILAR]
    options = [t for t in fresh if OUTLOOK.search(t)] or fresh or options
    if options:
        best = max(options, key=lambda t: (_known(t, text) + 0.4 * bool(OUTLOOK.search(t)) - 0.3 * (" said " in t), t))
        return [house_style(["artificial intelligence.", best])[1]]
    lead = shortened(undated(plan.lead.text), 18)
    return [house_style(["artificial intelligence.", lead])[1]]


def undated(text: str) -> str:
    """A sentence without its full dates.

    >>> undated("On May 3, 2024, the office spoke. ")
    'The office spoke.'
    >>> undated("The office on May 3, 2024, opened a fund.")
    'The office opened a fund.'
    """
    plain = " ".join(DATE.sub("", text).split())
    return plain[:1].upper() + plain[1:]


def _fits(text: str, cited: str) -> bool:
    if figures(text) - figures(cited) or names(text) - frozenset(stems(cited)) or negations(text) > 1:
        return False
    return LEAST <= count(text) <= COPY_WORDS and _known(text, cited) >= KNOWN


def _known(text: str, cited: str) -> float:
    mine = frozenset(stems(text))
    return len(mine & frozenset(stems(cited))) / max(1, len(mine))


def title_of(lead: Fact, articles: Sequence[Article]) -> str:
    """The article title of at most 12 words nearest to the lead whose figures and names its source has."""
    source = articles[lead.article]
    there = f"{source.title}\n{source.text}"
    own = one_line(source.title)
    heads = [own, TITLE_BREAK.split(own)[0], *(one_line(a.title) for a in articles)]
    fit = [t for t in heads if 4 <= count(t) <= TITLE_WORDS and _borne(t, there)]
    if fit:
        best = max(fit, key=lambda t: (likeness(frozenset(stems(t)), lead.stems), t))
        return best.strip().rstrip(".")
    return _clipped(undated(lead.text))


def _borne(title: str, text: str) -> bool:
    return figures(title) <= figures(text) and names(f". {title}") | frozenset(stems(title)[:1]) <= frozenset(
        stems(text)
    )


def _clipped(text: str) -> str:
    """The first clause, or the first 12 words when that is longer."""
    clause = re.split(r"[,;:]", text)[0]
    words = (clause if count(clause) >= 4 else text).split()[:TITLE_WORDS]
    return " ".join(words).rstrip(".,;:")
