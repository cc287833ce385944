"""The terms that decided a flag, as words that mean something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

TERMS = 5
FUNCTION_WORDS = frozenset(
    """
    a about above across after again against all almost along already also although always am amid among an and
    another any anyone anything are aren around as at away back be became because become been before behind being
    below between both but by came can cannot com could couldn did didn do does doesn doing don done down during each
    either else even ever every everyone few first for from further get gets getting go goes going gone got had hadn
    has hasn have haven having he her here hers herself him himself his how however http https if in into is isn it its
    itself just last least less let like ll made make makes making many may me might mine more most much must my myself
    near neither new next no nor not nothing now of off often on once one only onto or other others our ours out over
    own per put quite rather re really said same say saying says see seem seems several shall she should shouldn since
    so some such take takes than that the their theirs them themselves then there these they thing things this those
    three through thus to together too toward towards two under until up upon us use used uses using ve very via want
    wants was wasn way we well went were weren what when where whether which while who whom whose why will with within
    without won would wouldn www yes yet you your yours
    """.split()
)
"""Words that stand in news of any kind, and say nothing of a topic on their own; "us" may be the country, but not
alone."""


def telling(terms: Iterable[str]) -> tuple[str, ...]:
    """The first TERMS that mean something, without function words at their ends; none repeats an earlier one.

    >>> telling(["on ai", "open source", "source", "of the", "2024", "weights", "ai"])
    ('ai', 'open source', 'weights')
    """
    return tuple(term for term, _ in zip(_telling(terms), range(TERMS), strict=False))


def _telling(terms: Iterable[str]) -> Iterator[str]:
    said: set[str] = set()
    for term in terms:
        words = term.split()
        while words and _empty(words[0]):
            del words[0]
        while words and _empty(words[-1]):
            del words[-1]
        if set(words) - said:
            said |= set(words)
            yield " ".join(words)


def _empty(word: str) -> bool:
    return word in FUNCTION_WORDS or word.isdecimal()
