"""The import contracts hold, and each of them fails when it is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BREACHES = {
    "Imports point down the data flow": ("pipeline/domain/story.py", "import pipeline.runner"),
    "Stages never import each other": ("pipeline/stages/fetch/__init__.py", "import pipeline.stages.extract"),
    "A brief is made from the text up": (
        "pipeline/stages/draft/texts/people.py",
        "import pipeline.stages.draft.choice.plan",
    ),
    "The outside stands in adapters only": ("pipeline/stages/classify.py", "import sqlalchemy"),
    "The pipeline never imports Airflow": ("pipeline/runner.py", "import airflow"),
    "The domain needs nobody": ("pipeline/domain/topic.py", "import numpy"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 -- our own


def test_the_contracts_hold() -> None:
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_of_each_contract_is_caught(tmp_path: Path, contract: str) -> None:
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__", "demo/site"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    name, line = BREACHES[contract]
    module = tmp_path / name
    module.write_text(module.read_text().replace("from __future__ import annotations\n", f"{line}\n", 1))

    result = lint_imports(tmp_path)

    assert f"{contract} BROKEN" in result.stdout
