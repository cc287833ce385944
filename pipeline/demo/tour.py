"""The demo: serve the sample site on loopback, run all six stages against it, and lay out what came of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from pipeline.demo.site import SampleSite
from pipeline.ports import Report
from pipeline.runner import STAGES, run_stage


def tour(home: Path, out: Path) -> Iterator[Report]:
    """Run every stage over the sample site and give its report. `out` is emptied first.

    `home` is where models/ and the shipped configuration lie.
    """
    for name in ("briefs", "digest", "archive", "home"):
        shutil.rmtree(out / name, ignore_errors=True)
    for path in out.glob("policywire.db*"):
        path.unlink()
    with SampleSite() as site:
        demo_home(home, out / "home", site)
        with environment(
            POLICYWIRE_HOME=str(out / "home"),
            POLICYWIRE_OUT=str(out),
            POLICYWIRE_DATABASE=f"sqlite:///{out / 'policywire.db'}",
            POLICYWIRE_ALLOW=urlsplit(site.base_url).netloc,
            POLICYWIRE_SMTP="",
            POLICYWIRE_MIN_INTERVAL_MINUTES="0",
        ):
            for name in STAGES:
                yield run_stage(name)


def demo_home(home: Path, target: Path, site: SampleSite) -> None:
    """A home like the real one, but that its feeds are the sample site's, and that no digest waits for its hour."""
    shutil.copytree(home / "config", target / "config", dirs_exist_ok=True)
    (target / "models").unlink(missing_ok=True)
    (target / "models").symlink_to((home / "models").resolve(), target_is_directory=True)
    rows = [
        {"url": url, "outlet": o.name, "country": o.country, "kind": o.kind, "language": o.language}
        for o, url in site.feed_urls
    ]
    (target / "config" / "feeds.yaml").write_text(yaml.safe_dump({"feeds": rows}, sort_keys=False))
    digest = yaml.safe_load((home / "config" / "digest.yaml").read_text())
    hourless = [{**readers, "hour": 0} for readers in digest["lists"]]
    (target / "config" / "digest.yaml").write_text(yaml.safe_dump({"lists": hourless}, sort_keys=False))


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """Set environment variables for a while."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
