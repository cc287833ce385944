"""Training: what a corpus must have, what comes out, and that it comes out the same again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline import settings
from pipeline.adapters import model
from pipeline.errors import ConfigError, ModelError
from pipeline.training import corpus, train
from pipeline.training.calibration import calibrate, calibrations, platt

TOPICS = ["weather", "sport"]
WORDS = {"weather": "rain storm cloud wind", "sport": "goal match striker cup"}


def row(n: int, topic: str = "") -> dict[str, Any]:
    words = WORDS.get(topic, "tax budget rates bank").split()
    text = f"{words[n % 4]} {words[(n + 1) % 4]} report {n}"
    return {"id": f"{topic}{n}", "title": text, "text": "", **{t: int(t == topic) for t in TOPICS}}


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder with a corpus of two topics that nobody ships, and no calibration."""
    (tmp_path / "corpus").mkdir()
    rows = [row(n, topic) for topic in (*TOPICS, "") for n in range(20)]
    (tmp_path / "corpus" / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    shutil.copy(settings.CHECKOUT / "models" / "cues.yaml", tmp_path)
    return tmp_path


def test_topics_that_the_code_has_never_heard_of_are_learned_and_calibrated(models: Path) -> None:
    figures = train(models, TOPICS)

    [storm, match] = model.load(models, TOPICS).score([("storm and rain", ""), ("striker wins cup match", "")])
    assert storm["weather"].probability > 0.5 > storm["sport"].probability
    assert match["sport"].probability > 0.5 > match["weather"].probability
    assert figures["items"] == 60
    assert figures["weather"]["positives"] == 20


def test_training_again_gives_the_same_probabilities_and_id(models: Path) -> None:
    items = [("storm in the cup match", "tax"), ("", ""), ("rain", "rain")]
    train(models, TOPICS)
    first = model.load(models, TOPICS)

    train(models, TOPICS)

    second = model.load(models, TOPICS)
    assert second.model_id == first.model_id
    for a, b in zip(first.score(items), second.score(items), strict=True):
        assert all(abs(a[t].probability - b[t].probability) <= 1e-6 for t in TOPICS)


def test_another_calibration_makes_another_model_id(models: Path) -> None:
    train(models, TOPICS)
    before = model.manifest(models)["model_id"]
    (models / "calibration.json").write_text(json.dumps({"weather": {"slope": 2.0, "shift": 0.5}}))

    train(models, TOPICS)

    assert model.manifest(models)["model_id"] != before
    assert model.load(models, TOPICS).calibration["weather"] == (2.0, 0.5)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", "is no object"),
        ('{"id": "x", "title": "t", "text": ""}', "lacks"),
        ('{"id": "x", "title": "t", "text": "", "weather": 2, "sport": 0}', "not 0 or 1"),
    ],
)
def test_a_wrong_item_is_named_with_file_and_line(models: Path, line: str, message: str) -> None:
    with (models / "corpus" / "a.jsonl").open("a") as file:
        file.write(line + "\n")

    with pytest.raises(ConfigError, match=rf"a\.jsonl:61: .*{message}"):
        corpus(models / "corpus", TOPICS)


def test_an_empty_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no labelled item"):
        corpus(tmp_path, TOPICS)


def test_a_topic_with_hardly_any_items_is_refused(models: Path) -> None:
    rows = [json.loads(line) for line in (models / "corpus" / "a.jsonl").read_text().splitlines()]
    few = [{**r, "sport": int(r["id"] == "sport1")} for r in rows]
    (models / "corpus" / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in few))

    with pytest.raises(ModelError, match="at least 5"):
        train(models, TOPICS)


def test_platt_numbers_turn_logits_into_frequencies() -> None:
    random = np.random.default_rng(1)
    logits = random.normal(0, 3, 4000)
    labels = (random.random(4000) < 1 / (1 + np.exp(-(0.5 * logits - 1)))).astype(int)

    slope, shift = platt(logits, labels)

    assert slope == pytest.approx(0.5, abs=0.05)
    assert shift == pytest.approx(-1, abs=0.15)


def test_calibration_gives_numbers_thresholds_and_held_out_figures() -> None:
    random = np.random.default_rng(2)
    labels = random.integers(0, 2, 200)
    rows = [{"id": n, "event": n // 2, "weather": int(label)} for n, label in enumerate(labels)]

    found = calibrate(rows, {"weather": labels * 4.0 - 2 + random.normal(0, 1, 200)})["weather"]

    assert 0 < found["recall_threshold"] <= found["threshold"] < 1
    assert found["held_out"]["f1"] > 0.9
    assert found["held_out"]["ece"] < 0.1


def test_a_broken_calibration_is_named(tmp_path: Path) -> None:
    (tmp_path / "calibration.json").write_text('{"weather": {"slope": 1}}')

    with pytest.raises(ConfigError, match=r"calibration\.json"):
        calibrations(tmp_path)
    assert calibrations(tmp_path / "nowhere") == {}
