"""Static embeddings: wordllama, whose weights come with the package and need no download."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

DIMENSIONS = 256


class WordLlamaEmbedder:
    """Implements the port Embedder; loading takes about half a second."""

    def __init__(self) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the package is imported
        import wordllama

        folder = Path(wordllama.__file__).parent
        self._model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
        self._model.tokenizer.no_padding()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, DIMENSIONS), np.float32)
        tokens = self._model.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        # Counts times vectors is the sum over each text's tokens; the package pads texts to one length instead,
        # which takes twice as long. The mean has the same direction.
        columns = [of.ids for of in tokens]
        flat = np.fromiter(chain.from_iterable(columns), np.int32)
        ends = np.cumsum([0, *map(len, columns)])
        counts = csr_matrix((np.ones(len(flat), np.float32), flat, ends), (len(texts), len(self._model.embedding)))
        rows = counts @ self._model.embedding
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), np.float32)


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """The same, with the one model of this process."""
    return _shared().embed(texts)


@cache
def _shared() -> WordLlamaEmbedder:
    return WordLlamaEmbedder()
