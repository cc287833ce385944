"""TF-IDF: the same numbers as scikit-learn's, whatever the text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.adapters.wording import LONGEST, SHORTEST, Wording
from pipeline.training.fit import wording

TEXTS = [
    "Nine states sign a treaty on open weights; the weights stay open.",
    "Open weights, and who may publish open weights? Nine states ask.",
    "A treaty, a treaty! Nine states want to sign the open treaty.",
    "Rovers win the cup on penalties, and a striker signs.",
]
OURS = wording(TEXTS)
WORDS = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2).fit(TEXTS)
RUNS = TfidfVectorizer(analyzer="char_wb", ngram_range=(SHORTEST, LONGEST), sublinear_tf=True, min_df=3).fit(TEXTS)


def difference(texts: list[str]) -> float:
    plain = hstack([WORDS.transform(texts), RUNS.transform(texts)], "csr")
    return float(abs(OURS.rows(texts) - plain).max())


@pytest.mark.parametrize(
    "text", ["", " ", "a", "ai", "treaty " * 500, "x" * 50_000, "İSTANBUL\u3000ß\x1cTreaty", "no,known;term"]
)
def test_rows_are_those_of_scikit_learn(text: str) -> None:
    assert difference([*TEXTS, text]) < 1e-12


@given(st.lists(st.text(alphabet="open wights tray.,\n\té", max_size=80), min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_rows_of_made_up_texts_are_those_of_scikit_learn(texts: list[str]) -> None:
    assert difference(texts) < 1e-12


def test_a_text_gets_the_same_row_again() -> None:
    assert abs(OURS.rows(TEXTS) - OURS.rows(TEXTS)).max() == 0


def test_no_texts_have_no_rows() -> None:
    assert OURS.rows([]).shape == (0, len(OURS.words) + len(OURS.runs))


def test_terms_come_out_of_an_artefact_as_they_went_in() -> None:
    again = Wording.of(OURS.plain)

    assert again.words == OURS.words
    assert np.array_equal(again.rows(TEXTS).toarray(), OURS.rows(TEXTS).toarray())
