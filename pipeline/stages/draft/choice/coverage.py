"""What the articles tell together, by meaning: how much of it a fact adds to a brief, and what one source tells alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.ports import Embedder
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.texts.readings import Reading

Row = NDArray[np.float32]

LIKE, SAME = 0.35, 0.6
"""From this cosine on two sentences begin to tell the same, and from this one on they do."""


@dataclass(slots=True, kw_only=True)
class Coverage:
    """Every sentence of the articles with its weight: how many other sources tell it. `covered` is the brief's so far.

    `near` has a row for each fact and, as `weight` and `covered`, a column for each sentence.
    """

    near: Row
    place: Mapping[str, int]
    column: Mapping[tuple[int, int], int]
    nearest: Mapping[str, float]
    weight: Row
    covered: Row

    @classmethod
    def of(cls, facts: Sequence[Fact], readings: Sequence[Reading], embedder: Embedder) -> Coverage:
        """Nothing covered yet; rows and weights have one column for each sentence of the readings."""
        rows = embedder.embed([s.raw for r in readings for s in r.sentences])
        groups = np.array([r.group for r in readings for _ in r.sentences])
        cosines = _cosines(embedder.embed([f.text for f in facts]), rows)
        like = _share(_cosines(rows, rows))
        weight = sum(np.where(groups == g, 0, like[:, groups == g].max(axis=1)) for g in np.unique(groups))
        others = [float(row[groups != f.group].max(initial=0)) for f, row in zip(facts, cosines, strict=True)]
        texts = [f.text for f in facts]
        places = [(r.n, s.place) for r in readings for s in r.sentences]
        return cls(
            near=_share(cosines), place={t: n for n, t in enumerate(texts)}, column={p: n for n, p in enumerate(places)}, nearest=dict(zip(texts, others, strict=True)),
            weight=np.asarray(weight, np.float32), covered=np.zeros(len(rows), np.float32),
        )  # fmt: skip

    def anew(self) -> Coverage:
        """The same with nothing covered yet."""
        return replace(self, covered=np.zeros_like(self.covered))

    def gains(self, facts: Sequence[Fact]) -> list[float]:
        """How much more of what several sources tell is covered with each fact; its root, for length counts elsewhere."""
        rows = self.near[[self.place[f.text] for f in facts]]
        found: list[float] = np.sqrt((np.maximum(0, rows - self.covered) * self.weight).sum(axis=1)).tolist()
        return found

    def take(self, fact: Fact) -> None:
        """The brief has this fact from now on."""
        self.covered = np.maximum(self.covered, self.near[self.place[fact.text]])

    def tells(self, fact: Fact, article: int, place: int) -> float:
        """How much of an article's sentence a fact seems to tell."""
        return float(self.near[self.place[fact.text], self.column[article, place]])

    def alone(self, fact: Fact) -> bool:
        """Whether no other source seems to tell it."""
        return len(fact.cites) < 2 and self.nearest[fact.text] < LIKE


def _cosines(one: Row, other: Row) -> Row:
    """Of each row of one with each of the other, on this core alone: `@` would wake the others for so little."""
    return np.asarray(np.einsum("if,jf->ij", one, other), np.float32)


def _share(cosines: Row) -> Row:
    """0 for what is not alike, 1 for the same."""
    return np.asarray(np.clip((cosines - LIKE) / (SAME - LIKE), 0, 1), np.float32)
