"""A third topic needs an entry in config/topics.yaml and labels, and not a line of code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from sklearn.metrics import average_precision_score
from typer.testing import CliRunner

from pipeline import settings
from pipeline.cli import app
from pipeline.demo.tour import environment

CRIME = {
    "id": "misuse",
    "label": "Crime with AI",
    "threshold": 0.5,
    "instructions": {"definition": "A crime done with AI.", "counts": ["Scams."], "does_not_count": ["Bugs."]},
}


def rows(folder: Path) -> list[dict[str, Any]]:
    """Items of the project, labelled for the third topic as well: their kind tells."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [{**(row := json.loads(line)), "misuse": int(row["kind"] == "misuse-crime")} for line in lines]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The shipped configuration with one topic more, and a part of the corpus that has labels for it."""
    shutil.copytree(settings.CHECKOUT / "config", tmp_path / "config")
    path = tmp_path / "config" / "topics.yaml"
    file = yaml.safe_load(path.read_text())
    path.write_text(yaml.safe_dump({**file, "topics": [*file["topics"], CRIME]}))
    corpus = tmp_path / "models" / "corpus"
    corpus.mkdir(parents=True)
    part = [row for n, row in enumerate(rows(settings.CHECKOUT / "models" / "corpus")) if row["misuse"] or n % 4 == 0]
    (corpus / "part.jsonl").write_text("".join(json.dumps(row) + "\n" for row in part))
    for name in ("cues.yaml", "calibration.json"):
        shutil.copy(settings.CHECKOUT / "models" / name, tmp_path / "models")
    return tmp_path


@pytest.mark.slow  # trains on 640 items
def test_a_third_topic_is_learned_from_configuration_and_labels_alone(home: Path, tmp_path: Path) -> None:
    frozen = rows(settings.CHECKOUT / "models" / "frozen")
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in frozen))

    with environment(POLICYWIRE_HOME=str(home)):
        for command in (
            "model train",
            f"evaluate flags {tmp_path / 'in.jsonl'} --predictions {tmp_path / 'out.jsonl'}",
        ):
            result = CliRunner().invoke(app, command.split(), catch_exceptions=False)
            assert result.exit_code == 0, result.output

    predictions = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    flagged = [
        row["id"] for row, p in zip(frozen, predictions, strict=True) if row["misuse"] and "misuse" in p["flags"]
    ]
    assert average_precision_score([row["misuse"] for row in frozen], [p["misuse"] for p in predictions]) > 0.7
    assert len(flagged) >= 4
    assert json.loads((home / "models" / "manifest.json").read_text())["topics"][1] == "misuse"
