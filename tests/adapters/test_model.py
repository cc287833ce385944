"""The artefact: only the one that the manifest names, of known types, is loaded; all else says what to do."""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest
from sklearn.linear_model import LogisticRegression

from pipeline import settings
from pipeline.adapters import model
from pipeline.errors import ModelError

SHIPPED = settings.CHECKOUT / "models"
TOPICS = [t.id for t in settings.Settings().topics()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (model.ARTEFACT, model.MANIFEST):
        shutil.copy(SHIPPED / name, tmp_path / name)
    return tmp_path


def rewrite(folder: Path, data: bytes | None = None, **changes: Any) -> None:
    """Put another artefact there, name its hash in the manifest, and change the manifest's keys."""
    if data is not None:
        (folder / model.ARTEFACT).write_bytes(data)
        changes["sha256"] = hashlib.sha256(data).hexdigest()
    path = folder / model.MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


class Evil:
    """Runs a command where somebody unpickles it."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.target,)


def test_fault_57_a_pickle_is_refused_and_its_code_does_not_run(folder: Path) -> None:
    rewrite(folder, pickle.dumps(Evil(folder / "ran")))

    with pytest.raises(ModelError, match="cannot be read"):
        model.load(folder, TOPICS)
    assert not (folder / "ran").exists()


def test_fault_57_a_file_that_the_manifest_does_not_name_is_refused(folder: Path) -> None:
    (folder / model.ARTEFACT).write_bytes(pickle.dumps(Evil(folder / "ran")))

    with pytest.raises(ModelError, match=r"is not the file that manifest\.json names"):
        model.load(folder, TOPICS)
    assert not (folder / "ran").exists()


class Foreign:
    """A type that no artefact of ours holds."""


def test_fault_57_types_beside_the_allowed_ones_are_refused(folder: Path) -> None:
    from skops.io import dumps

    rewrite(folder, dumps({"words": Foreign()}))

    with pytest.raises(ModelError, match=r"types that are not trusted: .*Foreign"):
        model.load(folder, TOPICS)


def test_fault_57_a_foreign_skops_file_is_refused(folder: Path) -> None:
    from skops.io import dumps

    rewrite(folder, dumps({"model": LogisticRegression()}))

    with pytest.raises(ModelError, match="cannot be read"):
        model.load(folder, TOPICS)


@pytest.mark.parametrize("name", [model.ARTEFACT, model.MANIFEST])
def test_fault_58_a_missing_file_stops_with_what_to_do(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(ModelError, match="run `policywire model train`"):
        model.load(folder, TOPICS)


def test_fault_58_a_truncated_artefact_stops_even_when_the_manifest_fits(folder: Path) -> None:
    rewrite(folder, (folder / model.ARTEFACT).read_bytes()[:100_000])

    with pytest.raises(ModelError, match="cannot be read"):
        model.load(folder, TOPICS)


@pytest.mark.parametrize("part", ["terms", "shares", "topics", "cues"])
def test_fault_58_parts_that_do_not_belong_together_stop(folder: Path, part: str) -> None:
    from skops.io import dumps, load

    parts = load(folder / model.ARTEFACT)
    other = {
        "terms": {**parts["terms"], "words": parts["terms"]["words"].partition("\n")[2]},
        "shares": parts["shares"][:, :1],
        "topics": [*parts["topics"], "cheese"],
        "cues": {**parts["cues"], "groups": {}, "gates": {}},
    }
    rewrite(folder, dumps({**parts, part: other[part]}))

    with pytest.raises(ModelError, match="do not fit together"):
        model.load(folder, TOPICS)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null"])
def test_fault_58_a_broken_manifest_stops(folder: Path, text: str) -> None:
    (folder / model.MANIFEST).write_text(text)

    with pytest.raises(ModelError, match=r"manifest\.json"):
        model.load(folder, TOPICS)


def test_fault_58_another_scikit_learn_stops(folder: Path) -> None:
    rewrite(folder, scikit_learn="0.24.2")

    with pytest.raises(ModelError, match=r"trained with scikit-learn 0\.24\.2"):
        model.load(folder, TOPICS)


def test_fault_58_a_topic_that_the_model_does_not_know_stops(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"knows no topic \['cheese'\]"):
        model.load(folder, [*TOPICS, "cheese"])


def test_the_shipped_artefact_is_small() -> None:
    assert (SHIPPED / model.ARTEFACT).stat().st_size < 2_000_000
