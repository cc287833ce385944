"""Sources that tell one thing with different figures or dates: neither is taken for the other, and both are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.content import counts, overlap
from pipeline.stages.draft.language.figured import DAY, figured
from pipeline.stages.draft.language.letters import Letters, lowered
from pipeline.stages.draft.language.nouns import heard, met
from pipeline.stages.draft.texts.windows import Window

ACCOUNT = "By another account, "
"""Before what a second source has otherwise."""
SAME = 0.6
"""Share of a sentence's other words that another one must have to speak of the same thing."""


def odds(text: str, others: Sequence[Sequence[Window]]) -> int:
    """How many more sources tell the sentence with this figure or date than with another one; its own counts as one.

    >>> near = [[Window(start=0, end=0, text="Oslo opened the fund of the port on May 4.", near="")]]
    >>> odds("Oslo opened the fund of the port on May 3.", near), odds("Oslo opened the fund.", near)
    (0, 1)
    """
    facts = dict(figured(text))
    if not facts:
        return 1
    bare = DAY.sub("", text)
    against = sum(any(_same(text, w.text) for w in windows) for windows in others)
    alike = sum(any(not _lacks(facts, w.text) and overlap(bare, w.text) >= SAME for w in windows) for windows in others)
    return 1 + alike - against


def settled(facts: Sequence[Fact], letters: Letters, sentences: Sequence[str]) -> list[Fact]:
    """The facts without the wordings that as many sources contradict, save where both accounts can be told.

    Then the account that more sources give, or else the first, has the other one behind it. Figures that one of the
    story's `sentences` has together are of two things.
    """
    told: list[Fact] = []
    for fact in facts:
        agreed = tuple(form for form in fact.forms if form.odds > 0)
        other = _other(fact, facts, letters, sentences)
        if other and _first(fact, other):
            told.append(replace(fact, other=other))
        elif agreed:
            told.append(replace(fact, forms=agreed))
    return told


def _other(fact: Fact, facts: Sequence[Fact], letters: Letters, sentences: Sequence[str]) -> Fact | None:
    """Another source's fact that is the same but for its figure or date."""
    if fact.who or not figured(fact.text):
        return None
    for other in facts:
        for form in other.forms if other.group != fact.group and not other.who else ():
            if _same(fact.text, form.text) and lowered(form.text, letters) and met(form.needs, heard(fact.stems)):
                return None if _together(fact.text, form.text, sentences) else other.in_form(form)
    return None


def _together(text: str, other: str, sentences: Sequence[str]) -> bool:
    """Whether one sentence has a figure of each that the other lacks: "a fund of 620 million, 470 million of it from states".

    >>> _together("The fund has 28 members.", "The fund has 30 members.", ["Of 30 members 28 came."])
    True
    """
    one, two = counts(text) - counts(other), counts(other) - counts(text)
    return any(one & found and two & found for found in map(counts, sentences))


def _same(text: str, other: str) -> bool:
    """Whether two sentences are one but for a figure or date: each has most words of the other."""
    if not clashes(text, other):
        return False
    bare = DAY.sub("", text), DAY.sub("", other)
    return min(overlap(*bare), overlap(bare[1], bare[0])) >= SAME


def _first(fact: Fact, other: Fact) -> bool:
    """Whether the first of two accounts is to be told first."""
    return (-fact.forms[0].odds, -len(fact.cites), fact.article) < (
        -other.forms[0].odds,
        -len(other.cites),
        other.article,
    )


def account(fact: Fact, letters: Letters) -> str:
    """A fact as what another source has."""
    return f"{ACCOUNT}{lowered(fact.text, letters)}"


def plainly(text: str) -> str:
    """A sentence without the words that tell it from another account.

    >>> plainly("By another account, the fund has 30 members."), plainly("The fund has 28 members.")
    ('The fund has 30 members.', 'The fund has 28 members.')
    """
    rest = text.removeprefix(ACCOUNT)
    return text if rest == text else f"{rest[:1].upper()}{rest[1:]}"


def clashes(text: str, other: str) -> bool:
    """Whether the other text gives another figure for a thing, and nowhere the same.

    >>> clashes("It has 28 members.", "It has 30 members."), clashes("It has 28 members.", "It has about 30 members.")
    (True, False)
    >>> clashes("Lund pays 20 million euros and Oslo 15 million.", "Oslo pays \u20ac15m.")
    False
    """
    found: dict[str, set[str]] = {}
    for what, figure in figured(other):
        found.setdefault(what, set()).add(figure)
    told = counts(other)
    if told <= counts(text):
        return False
    mine: dict[str, set[str]] = {}
    for what, figure in figured(text):
        mine.setdefault(what, set()).add(figure)
    return any(what in found and not figures & (found[what] | told) for what, figures in mine.items())


def _lacks(facts: dict[str, str], other: str) -> bool:
    return bool(facts.items() - set(figured(other)))
