"""The classifier's artefact: a skops file (never a pickle) and a manifest that names its hash.

A wrong, truncated or foreign artefact raises ModelError before anything is flagged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED

import sklearn

from pipeline.adapters.classifier import Linear, ThreeViews
from pipeline.adapters.cues import Cues
from pipeline.adapters.wording import Wording
from pipeline.errors import ModelError

TRUSTED: list[str] = []
"""Types beside the plain ones (numbers, texts, lists, arrays) that an artefact may hold: none."""
ARTEFACT, MANIFEST = "classifier.skops", "manifest.json"
LINEAR = ("kinds", "meaning", "wording")


def save(folder: Path, model: ThreeViews, figures: dict[str, Any]) -> None:
    """Write the artefact and its manifest."""
    from skops.io import dump  # costs a second, only training pays it

    path = folder / ARTEFACT
    parts = {
        "topics": list(model.topics),
        "terms": model.terms.plain,
        "cues": model.cues.plain,
        "shares": model.shares,
        "calibration": {topic: list(pair) for topic, pair in model.calibration.items()},
        **{name: asdict(getattr(model, name)) for name in LINEAR},
    }
    dump(parts, path, compression=ZIP_DEFLATED, compresslevel=9)
    manifest = {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "model_id": model.model_id,
        "scikit_learn": sklearn.__version__,
        "topics": sorted(model.topics),
        "figures": figures,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")


def load(folder: Path, topics: Sequence[str]) -> ThreeViews:
    """Load the artefact that the manifest names. Raises ModelError, always with what to do."""
    found = manifest(folder)
    path = folder / ARTEFACT
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: the classifier is missing; run `policywire model train`") from error
    if hashlib.sha256(data).hexdigest() != found["sha256"]:
        raise ModelError(f"{path}: is not the file that {MANIFEST} names; restore it or run `policywire model train`")
    if _minor(found["scikit_learn"]) != _minor(sklearn.__version__):
        raise ModelError(
            f"{path}: was trained with scikit-learn {found['scikit_learn']}, installed is {sklearn.__version__}; "
            "run `policywire model train`"
        )
    if missing := sorted(set(topics) - set(found["topics"])):
        raise ModelError(f"{path}: knows no topic {missing}; label items for it and run `policywire model train`")
    return _classifier(path, data, found["model_id"])


def manifest(folder: Path) -> dict[str, Any]:
    """What stands beside the artefact. Raises ModelError."""
    path = folder / MANIFEST
    try:
        found: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); run `policywire model train`") from error
    needed = {"sha256", "model_id", "scikit_learn", "topics"}
    if not isinstance(found, dict) or (missing := needed - set(found)):
        lacks = f"lacks {sorted(missing)}" if isinstance(found, dict) else "is no object"
        raise ModelError(f"{path}: {lacks}; run `policywire model train`")
    return found


def _classifier(path: Path, data: bytes, model_id: str) -> ThreeViews:
    from skops.io import get_untrusted_types, loads

    try:
        if foreign := sorted(set(get_untrusted_types(data=data)) - set(TRUSTED)):
            raise ModelError(f"{path}: holds types that are not trusted: {foreign}")
        parts = loads(data, trusted=TRUSTED)
        return ThreeViews(
            topics=tuple(parts["topics"]),
            terms=Wording.of(parts["terms"]),
            cues=Cues(**parts["cues"]),
            shares=parts["shares"],
            calibration={topic: (slope, shift) for topic, (slope, shift) in parts["calibration"].items()},
            model_id=model_id,
            **{name: Linear(**parts[name]) for name in LINEAR},
        )
    except ModelError:
        raise
    except Exception as error:  # skops raises whatever a damaged zip or schema leads to
        raise ModelError(f"{path}: cannot be read ({error}); run `policywire model train`") from error


def _minor(version: str) -> list[str]:
    return str(version).split(".")[:2]
