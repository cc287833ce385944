"""Citation marks: how a sentence carries them, and how they are read again."""

from __future__ import annotations

import re
from collections.abc import Iterable

MARKS = re.compile(r" \[\d+\](?:, \[\d+\])*(?=\.$)")
SHORT = ("U.S.", "U.K.", "U.N.", "p.m.", "a.m.", "Que.", "Ont.", "Calif.", "Conn.", "Mass.", "Minn.", "Pa.")
"""What keeps its stop before the marks."""
NUMBER = re.compile(r"\[(\d+)\]")


def cite(sentence: str, numbers: Iterable[int]) -> str:
    """Put citation marks before the full stop, as the house format has it.

    >>> cite("Talks resumed.", [2, 1, 2])
    'Talks resumed [1], [2].'
    >>> cite("They met in the U.S.", [1])
    'They met in the U.S. [1].'
    >>> cite("They meet at 1 p.m.", [1]), uncited("They meet at 1 p.m. [1].")
    ('They meet at 1 p.m. [1].', 'They meet at 1 p.m.')
    """
    marks = ", ".join(f"[{n}]" for n in sorted(set(numbers)))
    if not marks:
        return sentence
    stem = sentence if sentence.endswith(SHORT) else sentence.removesuffix(".")
    return f"{stem} {marks}."


def cited(sentence: str) -> tuple[int, ...]:
    """The numbers of a sentence's closing group, in order; empty when it has none.

    >>> cited("Talks resumed [1], [2].")
    (1, 2)
    """
    group = MARKS.search(sentence)
    return tuple(int(n) for n in NUMBER.findall(group.group())) if group else ()


def uncited(sentence: str) -> str:
    """The sentence without its closing group.

    >>> uncited("Talks resumed [1], [2].")
    'Talks resumed.'
    """
    plain = MARKS.sub("", sentence)
    return plain[:-1] if plain[:-1].endswith(SHORT) else plain
