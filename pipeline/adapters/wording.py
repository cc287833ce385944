"""TF-IDF of words and of characters within words: what `TfidfVectorizer` gives, for several times as many texts.

News uses the same words again and again, so the n-grams of each word are looked up once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

TOKEN = re.compile(r"\b\w\w+\b")
SHORTEST, LONGEST = 3, 5
"""Lengths of runs of characters."""
MEMORY, MEMORABLE = 100_000, 40
"""Words that are remembered, and their longest length: a hostile feed must not fill the memory."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The terms of a corpus, in the order of their columns, and how telling each is: words first, then characters."""

    words: Sequence[str]
    word_weights: NDArray[np.float64]
    runs: Sequence[str]
    run_weights: NDArray[np.float64]

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Wording:
        """From what `plain` gave."""
        return cls(
            words=plain["words"].split("\n"),
            word_weights=plain["word_weights"],
            runs=plain["runs"].split("\n"),
            run_weights=plain["run_weights"],
        )

    @property
    def plain(self) -> dict[str, Any]:
        """As an artefact stores it; no term has a line break in it."""
        return {
            "words": "\n".join(self.words),
            "word_weights": self.word_weights,
            "runs": "\n".join(self.runs),
            "run_weights": self.run_weights,
        }

    def rows(self, texts: Sequence[str]) -> Any:
        """A sparse (n, words + runs) array; each half of a row has length 1, or 0 where nothing is known."""
        lower = [text.lower() for text in texts]
        return hstack(
            [
                _weighed([self._word_columns(text) for text in lower], self.word_weights),
                _weighed([self._run_columns(text) for text in lower], self.run_weights),
            ],
            "csr",
        )

    def _word_columns(self, text: str) -> list[int]:
        tokens = TOKEN.findall(text)
        pairs = (f"{a} {b}" for a, b in pairwise(tokens))
        column = self._word_column
        return [column[term] for term in chain(tokens, pairs) if term in column]

    def _run_columns(self, text: str) -> list[int]:
        memory, columns = self._memory, []
        for word in text.split():
            if (known := memory.get(word)) is None:
                known = [column for run in runs(word) if (column := self._run_column.get(run)) is not None]
                if len(word) <= MEMORABLE and len(memory) < MEMORY:
                    memory[word] = known
            columns += known
        return columns

    @cached_property
    def _memory(self) -> dict[str, list[int]]:
        return {}

    @cached_property
    def _word_column(self) -> dict[str, int]:
        return {term: n for n, term in enumerate(self.words)}

    @cached_property
    def _run_column(self) -> dict[str, int]:
        return {term: n for n, term in enumerate(self.runs)}


def runs(word: str) -> Iterator[str]:
    """Runs of characters of a word that has a blank on either side; a shorter word is its own run.

    >>> list(runs("ai"))
    [' ai', 'ai ', ' ai ']
    """
    padded = f" {word} "
    for length in range(SHORTEST, LONGEST + 1):
        yield from (padded[at : at + length] for at in range(max(1, len(padded) - length + 1)))
        if len(padded) <= length:
            return


def _weighed(columns: Sequence[Sequence[int]], weights: NDArray[np.float64]) -> Any:
    """Each row's columns counted, the counts damped, weighed, and brought to length 1."""
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter(chain.from_iterable(columns), np.int32, ends[-1])
    matrix = csr_matrix((np.ones(len(flat)), flat, ends), (len(columns), len(weights)))
    matrix.sum_duplicates()
    matrix.data = (1 + np.log(matrix.data)) * weights[matrix.indices]
    rows = np.repeat(np.arange(len(columns)), np.diff(matrix.indptr))
    lengths = np.sqrt(np.bincount(rows, matrix.data**2, len(columns)))
    matrix.data /= lengths[rows]
    return matrix
