"""The closing and the title, drawn from what the brief already cites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.domain.brief import Statement
from pipeline.domain.lint.layout import layout
from pipeline.domain.lint.novelty import titled
from pipeline.domain.text import one_line
from pipeline.stages.draft.content import bag, counts
from pipeline.stages.draft.cuts import shorter
from pipeline.stages.draft.facts import COPY_WORDS, Fact
from pipeline.stages.draft.likeness import alike, likeness
from pipeline.stages.draft.matching import AHEAD, MAYBE
from pipeline.stages.draft.needs import heard, met
from pipeline.stages.draft.plan import Plan
from pipeline.stages.draft.readings import Reading
from pipeline.stages.draft.roles import NEXT, OUTLOOK, SPEECH
from pipeline.stages.draft.speech import lowered
from pipeline.stages.draft.times import MONTH
from pipeline.stages.draft.words import count, figures, longest_run, names, negations, stems

DATE = re.compile(
    rf",? (?:on|of) (?:{MONTH} \d{{1,2}}(?:, \d{{4}},?)?|{MONTH} \d{{4}},?|\d{{1,2}} {MONTH}(?: \d{{4}})?)|"
    rf"^(?:On|In) (?:\d{{1,2}} )?{MONTH} [\d, ]*\d{{4}},? "
)
TITLE_WORDS = 12
TITLE_CLAUSE = re.compile(r"[,;:]| that | which | who | whose | as | when | where | while | in a bid | in order ")
TITLE_BREAK = re.compile(r": | - | \| | \u2013 | \u2014 | and (?=\w+s\b)| after |, |; ")
CHATTY = re.compile(
    r"\?|!|\b(?:what|why|how|here's|just|you|we|i|this|these|explained|need to know|takeaways|opinion)\b", re.I
)
SEVERAL = re.compile(r", (?:and|but|which|while|because)\b|;|:| and (?:the|an?|will|would)\b")
LEAST = 7
KNOWN = 0.75
"""Share of a closing's content words that the cited sentences must already hold."""


def closing_of(plan: Plan, statements: Sequence[Statement]) -> str:
    """One sentence that says what is cited already in other words, best what comes next; failing that, lead and outlook."""
    cited = [s.text for s in statements]
    told = heard(stems(" ".join(cited)))
    spare = [f for f in plan.spare if f.who is None]
    options = [
        form.text for f in spare for form in f.forms if met(form.needs, told) and _fits(form.text, cited, plan.rarity)
    ]
    ahead = [
        t for t in options if OUTLOOK.search(t) and not SPEECH.search(t) and _sources(t, statements, plan.rarity) > 1
    ]
    if ahead:
        return max(ahead, key=lambda t: (_sources(t, statements, plan.rarity), bool(NEXT.search(t)), -count(t), t))
    return _joined(plan, cited)


def _sources(text: str, statements: Sequence[Statement], rare: Mapping[str, float]) -> int:
    """How many sources tell the cited statement that the text is most like."""
    return len(max(statements, key=lambda s: alike(text, s.text, rare)).sources)


def _joined(plan: Plan, cited: Sequence[str]) -> str:
    """The short lead and what the brief says of the time to come, as one sentence; never one that stands already."""
    lead = min((undated(plan.lead.text), *shorter(undated(plan.lead.text))), key=count)
    forms = [(n, t) for n, c in enumerate(cited[1:]) if undated(c) == c for t in (c, *shorter(c)) if _outlook(t, lead)]
    coming = [(n, t, low) for n, t in forms if (low := lowered(t, plan.letters))]
    if coming and not SPEECH.search(lead) and count(lead) <= 24:
        best = min(
            coming,
            key=lambda c: (
                SPEECH.search(c[1]) is not None,
                MAYBE.search(c[1]) is not None,
                abs(count(c[1]) - 13),
                c[0],
            ),
        )
        return f"{lead[:-1]}, and {best[2]}"
    said = [_bare(c) for c in cited]
    if _bare(lead) not in said:
        return lead
    others = [f"{lead[:-1]}, and {low}" for c in cited[1:] if (low := lowered(c, plan.letters))]
    others += [t for c in cited[1:] for t in shorter(undated(c)) if _bare(t) not in said and not SPEECH.search(t)]
    return min(others, key=lambda t: (count(t) > 42, SPEECH.search(t) is not None)) if others else lead


def _bare(text: str) -> str:
    return text.replace("artificial intelligence", "AI")


def _outlook(text: str, lead: str) -> bool:
    """Whether a sentence can follow the lead with "and": it looks ahead and says something else."""
    ahead = AHEAD.search(text) or MAYBE.search(text)
    plain = not SEVERAL.search(text) and '"' not in text
    return bool(ahead) and plain and 6 <= count(text) <= 22 and len(bag(text) & bag(lead)) < 0.6 * len(bag(text))


def undated(text: str) -> str:
    """A sentence without its full dates.

    >>> undated("On May 3, 2024, the office spoke. ")
    'The office spoke.'
    >>> undated("The office on May 3, 2024, opened a fund.")
    'The office opened a fund.'
    """
    plain = " ".join(DATE.sub("", text).split())
    return plain[:1].upper() + plain[1:]


def _fits(text: str, cited: Sequence[str], rare: Mapping[str, float]) -> bool:
    """Nothing new in it, and no sentence of the brief over again."""
    whole = " ".join(cited)
    if figures(text) - figures(whole) or counts(text) - counts(whole) or '"' in text:
        return False
    if names(f". {text}") - names(whole) - frozenset(stems(whole)) or negations(text) > negations(whole):
        return False
    if not LEAST <= count(text) <= COPY_WORDS or _known(text, whole) < KNOWN:
        return False
    return (
        max(longest_run(text, c) for c in cited) < min(9, count(text) - 2)
        and max(alike(text, c, rare) for c in cited) > 0.5
    )


def _known(text: str, cited: str) -> float:
    mine = bag(text)
    return len(mine & bag(cited)) / max(1, len(mine))


def title_of(lead: Fact, readings: Sequence[Reading], cited: Sequence[str]) -> str:
    """The plain article title of at most 12 words nearest to the lead that brings in nothing uncited."""
    own = next(one_line(r.article.title) for r in readings if r.n == lead.article)
    heads = [own, TITLE_BREAK.split(own)[0], *(one_line(r.article.title) for r in readings)]
    heads = [straight(t) for t in heads]
    fit = [t for t in heads if 4 <= count(t) <= TITLE_WORDS and not CHATTY.search(t) and _borne(t, cited, readings)]
    if fit:
        best = max(fit, key=lambda t: (likeness(bag(t), lead.bag), t == own, t))
        return best.strip().rstrip(".")
    return _clipped(undated(lead.text))


def straight(text: str) -> str:
    return text.replace("\u2019", "'").replace("\u2018", "'").replace("\u201c", '"').replace("\u201d", '"')


def _borne(title: str, cited: Sequence[str], readings: Sequence[Reading]) -> bool:
    """Whether the title's figures and names stand in the cited sentences, as the linter judges it."""
    page = layout("".join(f"{c.removesuffix('.')} [1].\n" for c in cited) + "End.\n")
    texts = {r.article.id: r.article.text for r in readings}
    return not list(titled(page, {"title": title}, texts))


def _clipped(text: str) -> str:
    """The first clause, or the first 12 words when that is longer."""
    clauses = [c for c in (TITLE_CLAUSE.split(text)[0], re.split(r"[,;:]", text)[0]) if 4 <= count(c) <= TITLE_WORDS]
    words = (clauses[-1] if clauses else TITLE_CLAUSE.split(text)[0]).split()[:TITLE_WORDS]
    while words[-1].lower() in {"the", "a", "an", "of", "to", "in", "for", "and", "with", "by", "that", "on", "from"}:
        words.pop()
    return " ".join(words).rstrip(".,;:")
