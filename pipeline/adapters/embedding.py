"""Static embeddings: wordllama, whose weights come with the package and need no download."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 256


class WordLlamaEmbedder:
    """Implements the port Embedder; loading takes about half a second."""

    def __init__(self) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the package is imported
        import wordllama

        folder = Path(wordllama.__file__).parent
        self._model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, DIMENSIONS), np.float32)
        rows = np.nan_to_num(self._model.embed(list(texts)).astype(np.float32))
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), np.float32)


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """The same, with the one model of this process."""
    return _shared().embed(texts)


@cache
def _shared() -> WordLlamaEmbedder:
    return WordLlamaEmbedder()
