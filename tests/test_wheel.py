"""The plain install: the wheel carries configuration and classifier, and `policywire init` writes a fresh home."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, as pip would lay it out."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(pip, check=True, capture_output=True)  # noqa: S603 -- our own
    [wheel] = folder.glob("*.whl")
    assert wheel.stat().st_size < 5_000_000
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def policywire(site: Path, cwd: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("POLICYWIRE")}
    command = [sys.executable, "-P", "-m", "pipeline.cli", *words]
    env = {**clean, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1", **env}
    return subprocess.run(command, cwd=cwd, env=env, check=False, capture_output=True, text=True)  # noqa: S603 -- our own


@pytest.mark.slow
def test_init_writes_a_home_in_which_the_doctor_finds_nothing_wrong(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"

    made = policywire(installed, tmp_path, "init", str(home))
    found = policywire(installed, tmp_path, "doctor", POLICYWIRE_HOME=str(home))

    assert made.returncode == 0, made.stderr
    assert found.returncode == 0, found.stdout + found.stderr
    assert "wrong" not in found.stdout
    assert (home / "var" / "policywire.db").exists()
    assert not (installed / "pipeline" / "home" / "var").exists()


@pytest.mark.slow
def test_init_leaves_alone_what_is_there(installed: Path, tmp_path: Path) -> None:
    policywire(installed, tmp_path, "init", str(tmp_path))
    topics = tmp_path / "config" / "topics.yaml"
    topics.write_text("# mine\n")

    again = policywire(installed, tmp_path, "init", str(tmp_path))

    assert again.stdout.startswith("0 files written")
    assert topics.read_text() == "# mine\n"


@pytest.mark.slow
def test_without_a_home_the_message_names_init(installed: Path, tmp_path: Path) -> None:
    done = policywire(installed, tmp_path, "run")

    assert done.returncode == 2
    assert "policywire init DIR" in done.stderr
