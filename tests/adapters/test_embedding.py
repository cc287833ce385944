"""Meaning as vectors: rows of unit length, like texts near each other, and no network."""

from __future__ import annotations

import numpy as np

from pipeline.adapters.embedding import embed


def test_every_text_gets_a_row_of_unit_length() -> None:
    rows = embed(["Ministers sign a treaty.", "Weights", "x" * 3000])

    assert rows.shape == (3, 256)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_a_text_without_words_gets_zeros_and_no_text_no_row() -> None:
    assert not embed([""]).any()
    assert embed([]).shape == (0, 256)


def test_like_texts_are_nearer_than_unlike_ones() -> None:
    treaty, accord, match = embed(["States sign a treaty", "Nations agree on an accord", "The striker scored twice"])

    assert treaty @ accord > treaty @ match
