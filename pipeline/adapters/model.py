"""The classifier's artefact: a skops file (never a pickle) and a manifest that names its hash.

A wrong, truncated or foreign artefact raises ModelError before anything is flagged.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED

import numpy as np
import sklearn

from pipeline.errors import ModelError
from pipeline.ports import Score

LEAD_CHARACTERS = 300  # longer leads cost precision of the open-source topic
TERMS = 5
TRUSTED = [
    "scipy.sparse._csr.csr_matrix",
    "scipy.sparse._dia.dia_matrix",
    "sklearn.feature_extraction.text.TfidfTransformer",
]
ARTEFACT, MANIFEST = "classifier.skops", "manifest.json"


def model_text(title: str, text: str) -> str:
    """What the model reads of an item: the title and the lead, unless the lead only repeats the title.

    >>> model_text("Open weights", "Open weights")
    'Open weights'
    """
    lead = text.strip()[:LEAD_CHARACTERS]
    return title.strip() if lead == title.strip() else f"{title.strip()}. {lead}".strip()


@dataclass(frozen=True, kw_only=True)
class LinearClassifier:
    """TF-IDF features, one logistic regression a topic, and two calibration numbers a topic (slope, shift)."""

    features: Any
    heads: dict[str, Any]
    calibration: dict[str, tuple[float, float]]
    model_id: str

    def score(self, items: Sequence[tuple[str, str]]) -> list[dict[str, Score]]:
        matrix = self.features.transform([model_text(title, text) for title, text in items])
        names = self.features.get_feature_names_out()
        results: list[dict[str, Score]] = [{} for _ in items]
        for topic, head in self.heads.items():
            slope, shift = self.calibration[topic]
            logits = head.decision_function(matrix)
            for n, logit in enumerate(logits):
                p = 1 / (1 + math.exp(-max(-50.0, min(50.0, slope * float(logit) + shift))))
                results[n][topic] = Score(probability=p, terms=_terms(matrix[n], head.coef_[0], names))
        return results


def _terms(row: Any, weights: Any, names: Any) -> tuple[str, ...]:
    """The whole words of a row that pushed the score up most, strongest first."""
    pushes = row.data * weights[row.indices]
    order = np.argsort(-pushes, kind="stable")
    words = (str(names[row.indices[i]]) for i in order if pushes[i] > 0)
    return tuple(w.removeprefix("word__") for w in words if w.startswith("word__"))[:TERMS]


def save(folder: Path, model: LinearClassifier, figures: dict[str, Any]) -> None:
    """Write the artefact and its manifest."""
    from skops.io import dump  # costs a second, only training pays it

    path = folder / ARTEFACT
    dump(
        {"features": model.features, "heads": model.heads, "calibration": model.calibration},
        path,
        compression=ZIP_DEFLATED,
        compresslevel=9,
    )
    manifest = {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "model_id": model.model_id,
        "scikit_learn": sklearn.__version__,
        "topics": sorted(model.heads),
        "figures": figures,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")


def load(folder: Path, topics: Sequence[str]) -> LinearClassifier:
    """Load the artefact that the manifest names. Raises ModelError, always with what to do."""
    from skops.io import get_untrusted_types, loads

    manifest = _manifest(folder / MANIFEST)
    path = folder / ARTEFACT
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: the classifier is missing; run `policywire model train`") from error
    if hashlib.sha256(data).hexdigest() != manifest["sha256"]:
        raise ModelError(f"{path}: is not the file that {MANIFEST} names; restore it or run `policywire model train`")
    if _minor(manifest["scikit_learn"]) != _minor(sklearn.__version__):
        raise ModelError(
            f"{path}: was trained with scikit-learn {manifest['scikit_learn']}, installed is {sklearn.__version__}; "
            "run `policywire model train`"
        )
    if missing := sorted(set(topics) - set(manifest["topics"])):
        raise ModelError(f"{path}: knows no topic {missing}; label items for it and run `policywire model train`")
    try:
        if foreign := sorted(set(get_untrusted_types(data=data)) - set(TRUSTED)):
            raise ModelError(f"{path}: holds types that are not trusted: {foreign}")
        parts = loads(data, trusted=TRUSTED)
    except ModelError:
        raise
    except Exception as error:  # skops raises whatever a damaged zip or schema leads to
        raise ModelError(f"{path}: cannot be read ({error}); run `policywire model train`") from error
    calibration = {topic: tuple(pair) for topic, pair in parts["calibration"].items()}
    return LinearClassifier(
        features=parts["features"], heads=parts["heads"], calibration=calibration, model_id=manifest["model_id"]
    )


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); run `policywire model train`") from error
    if missing := {"sha256", "model_id", "scikit_learn", "topics"} - set(manifest):
        raise ModelError(f"{path}: lacks {sorted(missing)}; run `policywire model train`")
    return manifest


def _minor(version: str) -> list[str]:
    return version.split(".")[:2]
