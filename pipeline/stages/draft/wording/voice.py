"""House style over a whole brief: artificial intelligence is spelt out once, and AI afterwards."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONG = re.compile(r"\bartificial intelligence\b")
LONE = re.compile(r"(?<!language )(?<![A-Z][a-z] )(?<![A-Za-z]{2} of )\bAI\b(?! [A-Z])(?!-)")
BESIDE_NAME = re.compile(
    r"[A-Z][\w.]* $|\b(?:Panel|Commission|Convention|Council|Summit|Institute|Office|Alliance|Declaration|Committee|Act|Treaty|Partnership|"
    r"Dialogue|Forum|Conference|Code|Strategy) (?:on|for) $"
)
DEMONYM = re.compile(r"\b(?:[A-Z][a-z]+(?:ese|ish|ian|ean|can|nch)|U\.S\.) $")
"""The adjective of a country is no part of a name."""


def house_style(texts: Sequence[str]) -> list[str]:
    """The texts with the first plain mention of AI spelt out and the later ones short.

    >>> house_style(["Two rules on AI came.", "Makers of artificial intelligence agreed."])
    ['Two rules on artificial intelligence came.', 'Makers of AI agreed.']
    """
    done = False
    styled: list[str] = []
    for text in texts:
        text, done = _styled(text, spelt=done)
        styled.append(text)
    return styled


def _styled(text: str, *, spelt: bool) -> tuple[str, bool]:
    if spelt:
        return LONG.sub("AI", text), True
    if found := LONG.search(text):
        return text[: found.end()] + LONG.sub("AI", text[found.end() :]), True
    for found in LONE.finditer(text):
        before = text[: found.start()]
        if found.start() and (DEMONYM.search(before) or not BESIDE_NAME.search(before)):
            return text[: found.start()] + "artificial intelligence" + text[found.end() :], True
    return text, False
