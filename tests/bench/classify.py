"""Speed of the classifier, as a ratio to a plain reference of the same run: `python tests/bench/classify.py`.

The reference is TF-IDF of words and characters with one regression a topic, and the word vectors with another,
both as their packages come. What counts is the time on the processor, in turns, so that a busy machine hits both alike.
Exit code 1 where the classifier reaches less than 0.7 of it, or where the model takes over 2 s to load.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core: the ratio must not depend on how many there are
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import wordllama
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from pipeline import settings
from pipeline.adapters import model
from pipeline.training import corpus

CHARACTERS, TEXTS, ROUNDS, ENOUGH, LOAD_SECONDS = 380, 1500, 5, 0.7, 2.0


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
    embed = word_vectors()
    matrix, meaning = features.transform(train), embed(train)
    heads = [(LogisticRegression(C=10).fit(matrix, y), LogisticRegression(C=10).fit(meaning, y)) for y in labels]

    def score(given: Sequence[str]) -> object:
        sparse, dense = features.transform(given), embed(given)
        return [(a.predict_proba(sparse) + b.predict_proba(dense)) / 2 for a, b in heads]

    return score


def word_vectors() -> Callable[[Sequence[str]], Any]:
    """The package's own call."""
    folder = Path(wordllama.__file__).parent
    vectors = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    return lambda texts: vectors.embed(list(texts), norm=True)


def seconds(*works: Callable[[], object]) -> list[float]:
    """The best of some rounds of each work, in turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, of in zip(works, times, strict=True):
            start = time.process_time()
            work()
            of.append(time.process_time() - start)
    return [min(of) for of in times]


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
    ours, theirs = seconds(lambda: classifier.score(given), lambda: plain([f"{t}. {x}" for t, x in given]))
    ratio = theirs / ours
    sys.stdout.write(
        f"classifier {TEXTS / ours:,.0f} texts/s, reference {TEXTS / theirs:,.0f} texts/s, ratio {ratio:.2f} "
        f"(at least {ENOUGH}); loaded in {loading:.2f} s (at most {LOAD_SECONDS})\n"
    )
    return int(not np.isfinite(ratio) or ratio < ENOUGH or loading > LOAD_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
