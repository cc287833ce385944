"""What a text means, as a vector: static word vectors that lie in the installed package wordllama."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """A (n, 256) array with a row of unit length for each text; a text without any known word gives zeros."""
    if not texts:
        return np.zeros((0, 256), np.float32)
    rows = np.asarray(_model().embed(list(texts)), np.float32)
    length = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows / length, np.float32)


@cache
def _model() -> Any:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import wordllama  # costs a second, only those who embed pay it

    folder = Path(wordllama.__file__).parent
    return wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
