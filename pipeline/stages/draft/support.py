"""Does a source carry a claim? A strict check that may withhold, and a soft score that only ranks."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from pipeline.stages.draft.sentences import spans
from pipeline.stages.draft.words import NEGATIONS, figures, meanings, names, negations, stems, tokens

SAYING = frozenset(["said", "says", "told", "warned", "argued", "added", "called", "noted"])
HEDGES, SURE = frozenset({"could", "may", "might", "should"}), frozenset({"will", "would", "must"})
THRESHOLD = 0.60
"""A second source must reach this score; below it about half of the pairs were wrong when read."""
UNTOLD = 2
"""A second source may leave at most this many content words of the claim untold."""


def check(claim: str, source_text: str) -> str | None:
    """Why the claim may not stand on this text, or None: it must keep to one sentence's words and order.

    >>> source = "The council said on May 3, 2024, that it would fund 40 laboratories in Ghana."
    >>> check("The council said on May 3, 2024, that it would fund 40 laboratories.", source)
    >>> check("The council said that it would fund 400 laboratories.", source)
    'new: 400'
    >>> check("The council said that it would not fund 40 laboratories.", source)
    'negation'
    """
    mine = stems(claim)
    aligned = max(_sentences(source_text), key=lambda s: len(set(mine) & set(stems(s))), default="")
    theirs = stems(aligned)
    new = list((Counter(mine) - Counter(theirs)).elements())
    if new:
        return "new: " + ", ".join(sorted(set(new)))
    if _in_order(mine, theirs) < len(mine):
        return "order"
    if negations(claim) != _negations_in_span(claim, aligned):
        return "negation"
    if HEDGES & set(tokens(aligned)) and SURE & set(tokens(claim)) - set(tokens(aligned)):
        return "modality"
    return _speaker(claim, aligned)


def score(claim: str, reference: str) -> float:
    """How much of the claim one or two neighboring sentences of the reference tell, 0 to 1.

    The share of content words found, less 0.25 for each missing figure.

    >>> score("China published 13 points.", "On Saturday China published a plan of 13 points.")
    1.0
    """
    return best_window(claim, _sentences(reference))[0]


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
    if negations(claim) != negations(window) and (negations(claim) == 0) != (negations(window) == 0):
        return "negation"
    return None if _overlap(claim, window) >= THRESHOLD else "score"


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


def _in_order(mine: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    """The longest common subsequence over all rotations: a speaker may stand first or last."""
    rotations = [mine[i:] + mine[:i] for i in range(len(mine))] or [mine]
    plain = _common(rotations[0], theirs)
    return plain if plain == len(mine) else max(_common(r, theirs) for r in rotations)


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        previous = 0
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], previous + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]


def _negations_in_span(claim: str, aligned: str) -> int:
    """Negations of the source between the first and the last word that the claim shares with it."""
    words, opening = tokens(aligned), tokens(claim)[:1]
    mine = set(tokens(claim)) - (NEGATIONS - set(opening))
    shared = [i for i, w in enumerate(words) if w in mine]
    if not shared:
        return 0
    return sum(w in NEGATIONS or w.endswith("n't") for w in words[shared[0] : shared[-1] + 1])


def _speaker(claim: str, aligned: str) -> str | None:
    """The word before a verb of saying must stand beside one in the source, too."""
    theirs = tokens(aligned)
    near = {w for i, t in enumerate(theirs) if t in SAYING for w in theirs[max(0, i - 12) : i + 7]}
    for before, verb in pairwise(tokens(claim)):
        if verb in SAYING and before not in near:
            return f"speaker: {before}"
    return None
