"""What many tests need: the sample site as source, and the folder of real data where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipeline.demo.site import SampleSite
from pipeline.demo.tour import demo_home, environment
from pipeline.runner import run_stage

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def eval_data() -> Path:
    """The folder of real feeds and pages; the test is skipped where it is not there."""
    folder = Path(os.environ.get("POLICYWIRE_EVAL_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder}: set POLICYWIRE_EVAL_DATA")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """A browser; tests that want one are skipped where there is none, and fail where POLICYWIRE_ALL_PARTS is set."""
    return part("chromium", "chromium-browser", "google-chrome")


def part(*names: str) -> str:
    """The path of a program that Debian packages under the first name."""
    if found := next(filter(None, map(shutil.which, names)), None):
        return found
    if os.environ.get("POLICYWIRE_ALL_PARTS"):
        pytest.fail(f"{names[0]} is missing, and POLICYWIRE_ALL_PARTS forbids to skip what needs it")
    pytest.skip(f"{names[0]} is not installed (Debian: apt-get install {names[0]})")


@pytest.fixture
def sample_site() -> Iterator[SampleSite]:
    with SampleSite() as site:
        yield site


@pytest.fixture
def sample_home(tmp_path: Path, sample_site: SampleSite) -> Iterator[Path]:
    """A home whose feeds are the sample site's, set in the environment; output goes to `out` inside."""
    demo_home(ROOT, tmp_path / "home", sample_site)
    with environment(
        POLICYWIRE_HOME=str(tmp_path / "home"),
        POLICYWIRE_OUT=str(tmp_path / "home" / "out"),
        POLICYWIRE_DATABASE=f"sqlite:///{tmp_path / 'policywire.db'}",
        POLICYWIRE_ALLOW=urlsplit(sample_site.base_url).netloc,
        POLICYWIRE_SMTP="",
        POLICYWIRE_MIN_INTERVAL_MINUTES="0",
    ):
        yield tmp_path / "home"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SampleSite, Path]]:
    """The sample site, and a home in which its news were worked up."""
    folder = tmp_path_factory.mktemp("prepared")
    with SampleSite() as site:
        demo_home(ROOT, folder, site)
        with environment(**_variables(folder, site)):
            for stage in ("fetch", "extract", "classify", "cluster", "draft"):
                run_stage(stage)
        yield site, folder


def _variables(folder: Path, site: SampleSite) -> dict[str, str]:
    return {
        "POLICYWIRE_HOME": str(folder),
        "POLICYWIRE_OUT": str(folder / "out"),
        "POLICYWIRE_DATABASE": f"sqlite:///{folder / 'policywire.db'}",
        "POLICYWIRE_ALLOW": urlsplit(site.base_url).netloc,
        "POLICYWIRE_SMTP": "",
    }


@pytest.fixture
def worked_home(prepared: tuple[SampleSite, Path], tmp_path: Path) -> Iterator[Path]:
    """A home whose news were worked up from feeds to briefs, set in the environment; each test has its own copy."""
    site, folder = prepared
    shutil.copytree(folder, tmp_path / "home", symlinks=True)
    with environment(**_variables(tmp_path / "home", site)):
        yield tmp_path / "home"
