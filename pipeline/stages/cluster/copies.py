"""Copies of one wire story stand for one article when stories are formed, and count as one independent source."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.domain.copies import is_copy
from pipeline.domain.sketch import Sketch
from pipeline.stages.cluster.features import PACKED
from pipeline.stages.cluster.vectors import Pairs

WORTH_A_LOOK = 0.25
"""A copy shares words before it shares their order: pairs less alike are not compared."""


def originals(sketches: Sequence[Sketch], homes: Sequence[str], pairs: Pairs) -> list[int]:
    """For each article the number of the first that carries its text, itself where none does.

    Articles that an analyst put in different places are never copies of each other here.
    """
    first = list(range(len(sketches)))
    shingles: dict[int, frozenset[int]] = {}

    def root(n: int) -> int:
        while first[n] != n:
            n = first[n]
        return n

    def read(n: int) -> frozenset[int]:
        if n not in shingles:
            shingles[n] = frozenset(np.frombuffer(sketches[n].shingles, PACKED).tolist())
        return shingles[n]

    i, j, likeness = pairs
    close = likeness >= WORTH_A_LOOK
    for a, b in zip(i[close].tolist(), j[close].tolist(), strict=True):
        if homes[a] == homes[b] and root(a) != root(b) and is_copy(read(a), read(b)):
            old, new = sorted((root(a), root(b)))
            first[new] = old
    return [root(n) for n in range(len(sketches))]
