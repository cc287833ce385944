"""Champion and challenger: a model that learned from verdicts is used only when it is not worse.

The judge is a frozen set of labelled items that no model is trained on. Every promotion is recorded in
`models/history.jsonl` and keeps the model that it replaced, so that `rollback` can put it back.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from pipeline.adapters import model
from pipeline.domain.topic import LABELS, Judged, Topic
from pipeline.errors import ModelError, UsageError
from pipeline.training import corpus, train
from pipeline.training.corpus import Item

CAP = 25.0
"""What one analyst, one outlet or one hour may weigh at most, in corpus items."""
DROP = 0.01
"""A fall of average precision or F1 on the frozen set from which a challenger is worse."""
DRAWS, SEED = 1000, 20240730
HISTORY, KEPT = "history.jsonl", "replaced"


def challenge(models: Path, topics: Sequence[Topic], judged: Sequence[Judged], now: datetime) -> dict[str, Any]:
    """Train a challenger on corpus and verdicts, compare it with the champion, and promote it if it is not worse."""
    ids = [topic.id for topic in topics]
    extra = lessons([j for j in judged if j.verdict.topic in ids])
    if not extra:
        raise UsageError("no verdict says relevant or not: nothing to learn from")
    frozen = corpus(models / "frozen", ids)
    champion = model.load(models, ids)
    with tempfile.TemporaryDirectory(dir=models) as folder:
        train(models, ids, extra, into=Path(folder))
        challenger = model.load(Path(folder), ids)
        compared = {t.id: compare(frozen, t, champion, challenger) for t in topics}
        worse = [t for t, figures in compared.items() if figures["worse"]]
        if not worse:
            promote(models, Path(folder), now, f"{len(extra)} verdicts")
    return {
        "champion": champion.model_id,
        "challenger": challenger.model_id,
        "verdicts": len(extra),
        "weight": round(sum(item.weight for item in extra), 2),
        "frozen": compared,
        "promoted": not worse,
    }


def lessons(judged: Sequence[Judged]) -> list[Item]:
    """An item for each verdict that names a label, weighed so that nobody and nothing alone can turn a class.

    All labels of one analyst together weigh at most CAP, as do those on one outlet and those of one hour.
    """
    useful = [j for j in judged if j.verdict.word in LABELS]
    voices = [
        (("analyst", j.verdict.analyst), ("outlet", j.outlet), ("hour", j.verdict.created.strftime("%Y-%m-%dT%H")))
        for j in useful
    ]
    size = Counter(voice for of in voices for voice in of)
    return [
        Item(
            title=j.title,
            text=j.text,
            labels={j.verdict.topic: LABELS[j.verdict.word]},
            weight=min(1.0, *(CAP / size[voice] for voice in of)),
        )
        for j, of in zip(useful, voices, strict=True)
    ]


def compare(frozen: Sequence[Item], topic: Topic, champion: Any, challenger: Any) -> dict[str, Any]:
    """Average precision and F1 of both on the frozen set, and the 95 % interval of their differences.

    The challenger is worse when one of them falls by more than DROP, or when the interval lies below zero.
    """
    labels = np.array([item.labels[topic.id] for item in frozen])
    texts = [(item.title, item.text) for item in frozen]
    old, new = (np.array([s[topic.id].probability for s in m.score(texts)]) for m in (champion, challenger))
    before, after = _pair(labels, old, topic.threshold), _pair(labels, new, topic.threshold)
    random = np.random.default_rng(SEED)
    draws = []
    for _ in range(DRAWS):
        rows = random.integers(0, len(labels), len(labels))
        if labels[rows].any():
            pairs = [_pair(labels[rows], p[rows], topic.threshold) for p in (old, new)]
            draws.append(np.subtract(pairs[1], pairs[0]))
    low, high = np.quantile(np.array(draws), [0.025, 0.975], axis=0).round(4).tolist()
    names = ("average_precision", "f1")
    figures: dict[str, Any] = {
        name: {"champion": round(before[n], 4), "challenger": round(after[n], 4), "difference": [low[n], high[n]]}
        for n, name in enumerate(names)
    }
    worse = any(after[n] < before[n] - DROP or high[n] < 0 for n in range(len(names)))
    return {**figures, "worse": worse}


def _pair(labels: NDArray[np.int64], chances: NDArray[np.float64], threshold: float) -> tuple[float, float]:
    guess = chances >= threshold
    hits = float((labels * guess).sum())
    f1 = 2 * hits / float(labels.sum() + guess.sum()) if hits else 0.0
    return float(average_precision_score(labels, chances)), f1


def promote(models: Path, folder: Path, now: datetime, why: str) -> None:
    """Put the model of `folder` in the place of the one in use, keep that one, and record it."""
    old, new = model.manifest(models)["model_id"], model.manifest(folder)["model_id"]
    kept = models / KEPT / old
    kept.mkdir(parents=True, exist_ok=True)
    for name in (model.ARTEFACT, model.MANIFEST):
        shutil.copy2(models / name, kept / name)
    _put(folder, models)
    _record(models, {"at": now.isoformat(timespec="seconds"), "model_id": new, "replaced": old, "why": why})


def rollback(models: Path, now: datetime) -> str:
    """Put back the model that the newest promotion replaced; its id. Raises UsageError where there is none."""
    current = model.manifest(models)["model_id"]
    made = [line for line in history(models) if line["model_id"] == current and line["why"] != "rollback"]
    if not made:
        raise UsageError(f"no promotion brought {current} in: nothing to roll back")
    wanted: str = made[-1]["replaced"]
    kept = models / KEPT / wanted
    if not (kept / model.ARTEFACT).exists():
        raise ModelError(f"{kept}: the replaced model is missing; run `policywire model train`")
    _put(kept, models)
    _record(
        models,
        {"at": now.isoformat(timespec="seconds"), "model_id": wanted, "replaced": current, "why": "rollback"},
    )
    return wanted


def history(models: Path) -> list[dict[str, str]]:
    """Every promotion and rollback, oldest first."""
    path = models / HISTORY
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def _put(source: Path, models: Path) -> None:
    """Artefact first, manifest second: between the two the hash is wrong, and `load` refuses to flag."""
    for name in (model.ARTEFACT, model.MANIFEST):
        shutil.copy2(source / name, models / f"{name}.new")
    for name in (model.ARTEFACT, model.MANIFEST):
        os.replace(models / f"{name}.new", models / name)


def _record(models: Path, line: dict[str, str]) -> None:
    with (models / HISTORY).open("a") as file:
        file.write(json.dumps(line) + "\n")
