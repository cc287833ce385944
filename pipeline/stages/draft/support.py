"""Does a source carry a claim? `check` is strict, `judge` weighs all sources of a sentence, windows only rank."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.lint import Passage
from pipeline.stages.draft.sentences import spans
from pipeline.stages.draft.strict import check
from pipeline.stages.draft.words import figures, meanings, names, negations, stems

__all__ = ["best_window", "check", "judge", "second_refused"]

THRESHOLD = 0.60
"""A second source must reach this score; below it about half of the pairs were wrong when read."""
SHARED = 0.63
"""Share of the claim's words, as they stand, that a second source must have: synonyms alone prove nothing."""
UNTOLD = 2
"""A second source may leave at most this many content words of the claim untold."""


def best_window(claim: str, sentences: list[str]) -> tuple[float, int, int]:
    """The best score and the window it stands in: first sentence, one past the last."""
    windows = [(i, i + 1) for i in range(len(sentences))] + [(i, i + 2) for i in range(len(sentences) - 1)]
    best = (0.0, 0, 0)
    for first, end in windows:
        found = _overlap(claim, " ".join(sentences[first:end]))
        if found > best[0] + 1e-9:
            best = (found, first, end)
    return best


def second_refused(claim: str, window: str, title: str = "") -> str | None:
    """Why a window of another source is no second citation for the claim, or None."""
    if figures(claim) - figures(window):
        return "figures"
    if _all_names(claim) - frozenset(stems(f"{window} {title}")):
        return "names"
    if len(meanings(claim) - meanings(window)) > UNTOLD:
        return "untold"
    mine = frozenset(stems(claim))
    if len(mine & frozenset(stems(window))) < SHARED * len(mine):
        return "share"
    if negations(claim) != negations(window) and (negations(claim) == 0) != (negations(window) == 0):
        return "negation"
    return None if _overlap(claim, window) >= THRESHOLD else "score"


def judge(claim: str, passages: Sequence[Passage]) -> list[str | None]:
    """For each cited source's passage why the claim may not stand on it, or None.

    One at least has to carry it strictly; another one may tell the same in other words.

    >>> judge("Lund shares 12 models.", [Passage(text="Lund shares 12 models."), Passage(text="Lund shares 15 models.")])
    [None, 'figures']
    """
    strict = [check(claim, p.text, p.before) for p in passages]
    if None not in strict:
        return list(strict)
    return [why and second_refused(claim, p.text, p.title) for why, p in zip(strict, passages, strict=True)]


def _all_names(claim: str) -> frozenset[str]:
    opening = claim.split(" ", 1)[0]
    lone = frozenset(stems(opening)) if opening.isupper() and len(opening) > 1 else frozenset()
    return names(claim) | lone


def _overlap(claim: str, window: str) -> float:
    wanted = meanings(claim)
    if not wanted:
        return 0.0
    missing = len(figures(claim) - figures(window))
    return max(0.0, len(wanted & meanings(window)) / len(wanted) - 0.25 * missing)


def _sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in spans(text)]
