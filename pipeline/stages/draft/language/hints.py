"""Which letters a pattern needs, so that it is not searched for where a text has none of them.

Nearly all of some hundred patterns find nothing in a sentence; to look for a few letters takes a tenth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from re import _constants as kinds  # type: ignore[attr-defined]  # private, but what `re` itself reads patterns with
from re import _parser  # type: ignore[attr-defined]  # the same
from typing import Any

MOST = 40
"""Hints that are quicker to look for than the pattern."""


@dataclass(frozen=True, slots=True)
class Hinted:
    """A pattern with its hints: some of them stand in every text that it matches; none where nothing is known.

    `small` says that they are small letters, since the pattern does not care.

    >>> Hinted.of(r"\\b(?:Some|any) ports?\\b").hints, Hinted.of("[Aa]n? (?:US|EU)").hints
    ((' port',), ('EU', 'US'))
    """

    pattern: re.Pattern[str]
    hints: tuple[str, ...]
    small: bool

    @classmethod
    def of(cls, pattern: str | re.Pattern[str]) -> Hinted:
        compiled = re.compile(pattern)
        found = _needed(_parser.parse(compiled.pattern, compiled.flags))
        small = bool(compiled.flags & re.I)
        hints = {hint.lower() for hint in found} if small else found
        return cls(compiled, tuple(sorted(hints)) if len(hints) <= MOST else (), small)

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self._may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text) if self._may_match(text) else iter(())

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self.pattern.sub(new, text) if self._may_match(text) else text

    def _may_match(self, text: str) -> bool:
        looked_through = text.lower() if self.small else text
        for hint in self.hints:
            if hint in looked_through:
                return True
        return not self.hints


def changes(*pairs: tuple[str | re.Pattern[str], str]) -> tuple[tuple[Hinted, str], ...]:
    """A table of patterns and what stands in their place."""
    return tuple((Hinted.of(pattern), new) for pattern, new in pairs)


def _needed(items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """The most telling of the sets of letters of which each match has one: of long ones, and of few."""
    return max(_sets(items), key=lambda hints: min(map(len, hints), default=0) - len(hints) / MOST, default=frozenset())


def _sets(items: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    """Such a set for each part of a pattern that tells one."""
    run = ""
    for kind, value in items:
        if kind is kinds.LITERAL and _plain(value):
            run += chr(value)
            continue
        if run:
            yield frozenset({run})
        run = ""
        if kind is kinds.SUBPATTERN and not value[1] & re.I:
            yield _needed(value[3])
        elif kind is kinds.ASSERT and value[0] > 0:
            yield _needed(value[1])
        elif kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT} and value[0]:
            yield _needed(value[2])
        elif kind is kinds.IN and all(each is kinds.LITERAL and _plain(code) for each, code in value):
            yield frozenset(chr(code) for _, code in value)
        elif kind is kinds.BRANCH and all(ways := [_needed(way) for way in value[1]]):
            yield frozenset().union(*ways)
    if run:
        yield frozenset({run})


def _plain(code: int) -> bool:
    """Whether a sign has one small form only."""
    return chr(code).isascii() or not chr(code).isalpha()
