"""What the classifier reads of an item, and how it is cut."""

from __future__ import annotations

import re
from itertools import pairwise

LEAD_CHARACTERS = 300
"""Longer leads cost precision of the open-source topic."""
TITLE_CHARACTERS = 300
STUFFED_WORDS, STUFFED_SHARE, STUFFED_CHARACTERS = 40, 0.35, 1500
WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])")


def read_part(title: str, text: str) -> tuple[str, str]:
    """What the model reads of an item: title and lead, unless the lead only repeats the title.

    >>> read_part("Open weights", "Open weights. They spread.")
    ('Open weights', '. They spread.')
    """
    title, text = title.strip()[:TITLE_CHARACTERS], text[: 10 * LEAD_CHARACTERS].strip()
    if title and text.casefold().startswith(title.casefold()):
        text = text[len(title) :]
    return title, text[:LEAD_CHARACTERS].strip()


def joined(part: tuple[str, str]) -> str:
    """Title and lead as one text."""
    return f"{part[0]}. {part[1]}".strip()


def stuffed(item: tuple[str, str]) -> bool:
    """Whether title or text repeat a few words to please a machine.

    >>> stuffed(("", "open source AI policy " * 40)), stuffed(("Treaty", "Ministers met to sign a treaty."))
    (True, False)
    """
    words = WORD.findall(" ".join(part[:STUFFED_CHARACTERS] for part in item).lower())
    return len(words) >= STUFFED_WORDS and len(set(words)) < STUFFED_SHARE * len(words)


def sentences(part: tuple[str, str]) -> list[str]:
    """The title and the lead's sentences, each as it stands in its text.

    >>> sentences(("A title", "One is here. Two is cut of"))
    ['A title', 'One is here.', 'Two is cut of']
    """
    title, lead = part
    ends = [0, *(m.end() for m in SENTENCE_END.finditer(lead)), len(lead)]
    return [s for s in (title, *(lead[a:b].strip() for a, b in pairwise(ends))) if s]
