"""Static embeddings load offline and give unit rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import wordllama

from pipeline.adapters.embedding import DIMENSIONS, WordLlamaEmbedder


def test_texts_of_like_meaning_lie_close_and_rows_have_unit_length() -> None:
    rows = WordLlamaEmbedder().embed(
        ["Ministers signed a treaty.", "Envoys agreed on a pact.", "Apples grow on trees."]
    )

    assert rows.shape == (3, DIMENSIONS)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_a_text_without_words_is_a_row_of_zeros_and_no_texts_are_no_rows() -> None:
    embedder = WordLlamaEmbedder()

    assert not embedder.embed(["", "Apples."])[0].any()
    assert embedder.embed([]).shape == (0, DIMENSIONS)


def test_rows_are_those_of_the_package() -> None:
    texts = ["Ministers signed a treaty on AI.", "", "x", "Weights 模型 🤖 " * 40]
    package = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)

    rows = WordLlamaEmbedder().embed(texts)

    plain = np.nan_to_num(package.embed(texts, norm=False))
    lengths = np.linalg.norm(plain, axis=1, keepdims=True)
    assert np.allclose(rows, plain / np.where(lengths > 0, lengths, 1), atol=1e-5)
