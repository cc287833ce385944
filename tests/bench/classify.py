"""Speed of the classifier, as a ratio to a plain reference of the same run: `python tests/bench/classify.py`.

The reference is TF-IDF of words and characters with one regression a topic, and the word vectors with another.
Exit code 1 where the classifier reaches less than 0.7 of it, or where the model takes over 2 s to load.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core: the ratio must not depend on how many there are

from collections.abc import Callable, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from pipeline import settings
from pipeline.adapters import model
from pipeline.adapters.embedding import embed
from pipeline.training import corpus

CHARACTERS, TEXTS, ROUNDS, ENOUGH, LOAD_SECONDS = 380, 1500, 3, 0.7, 2.0


def texts(of: Sequence[str]) -> list[tuple[str, str]]:
    """Items of about CHARACTERS characters, made of pieces of the corpus."""
    stream = " ".join(of)
    step = max(1, (len(stream) - CHARACTERS) // TEXTS)
    cuts = [stream[n * step : n * step + CHARACTERS] for n in range(TEXTS)]
    return [(cut[:80], cut[80:]) for cut in cuts]


def reference(train: Sequence[str], labels: Sequence[Sequence[int]]) -> Callable[[Sequence[str]], object]:
    """Two plain models a topic."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=3)
    features = FeatureUnion([("word", words), ("char", characters)]).fit(train)
    matrix, meaning = features.transform(train), embed(train)
    heads = [(LogisticRegression(C=10).fit(matrix, y), LogisticRegression(C=10).fit(meaning, y)) for y in labels]

    def score(given: Sequence[str]) -> object:
        sparse, dense = features.transform(given), embed(given)
        return [(a.predict_proba(sparse) + b.predict_proba(dense)) / 2 for a, b in heads]

    return score


def seconds(work: Callable[[], object]) -> float:
    """The best of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    topics = [topic.id for topic in settings.Settings().topics()]
    folder = settings.CHECKOUT / "models"
    start = time.perf_counter()
    classifier = model.load(folder, topics)
    classifier.score([("warm", "up")])
    loading = time.perf_counter() - start
    items = corpus(folder / "corpus", topics)
    plain = reference([f"{i.title}. {i.text}" for i in items], [[i.labels[t] for i in items] for t in topics])
    given = texts([f"{i.title} {i.text}" for i in items])
    ours, theirs = (
        seconds(work) for work in (lambda: classifier.score(given), lambda: plain([f"{t}. {x}" for t, x in given]))
    )
    ratio = theirs / ours
    sys.stdout.write(
        f"classifier {TEXTS / ours:,.0f} texts/s, reference {TEXTS / theirs:,.0f} texts/s, ratio {ratio:.2f} "
        f"(at least {ENOUGH}); loaded in {loading:.2f} s (at most {LOAD_SECONDS})\n"
    )
    return int(not np.isfinite(ratio) or ratio < ENOUGH or loading > LOAD_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
