"""`policywire doctor`: what is wrong is told before a stage needs it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline import settings
from pipeline.cli.doctor import examine

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("file", ["actors", "digest", "feeds", "topics"])
def test_a_broken_file_of_the_configuration_is_wrong_and_named(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    (tmp_path / "models").symlink_to(ROOT / "models")
    monkeypatch.setenv("POLICYWIRE_HOME", str(tmp_path))
    monkeypatch.setenv("POLICYWIRE_DATABASE", f"sqlite:///{tmp_path / 'policywire.db'}")
    before = {part for part, state, _ in examine(settings.load()) if state == "wrong"}
    (tmp_path / "config" / f"{file}.yaml").write_text("nothing: [")

    wrong = [detail for _, state, detail in examine(settings.load()) if state == "wrong"]

    assert before == set()
    assert any(f"{file}.yaml" in detail for detail in wrong)
