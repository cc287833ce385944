"""The demo's pages in a real browser: they open, fit a narrow screen and show every brief with its sources."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path

import pytest

from pipeline.demo.tour import tour

ROOT = Path(__file__).resolve().parent.parent.parent
FRAME = """<!doctype html><meta charset="utf-8">
<iframe id="f" style="width:{width}px;height:2000px" srcdoc="{page}"></iframe>
<pre id="found"></pre><script>
document.getElementById("f").onload = function () {{
  const page = this.contentDocument;
  document.getElementById("found").textContent = JSON.stringify({{
    width: page.documentElement.scrollWidth, headings: page.querySelectorAll("h2").length,
    links: page.querySelectorAll("a[href^='http']").length, scripts: page.scripts.length,
    text: page.body.innerText.length
  }});
}};
</script>"""


@pytest.fixture(scope="module")
def digest_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("demo")
    list(tour(ROOT, folder))
    [page] = (folder / "digest").glob("*.html")
    return page.read_text()


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 700])
def test_the_digest_opens_and_fits_the_screen(chromium: str, tmp_path: Path, digest_page: str, width: int) -> None:
    found = look(chromium, tmp_path, digest_page, width)

    assert found["width"] <= width
    assert found["headings"] >= 4
    assert found["links"] >= found["headings"]
    assert found["scripts"] == 0
    assert found["text"] > 5000


def look(chromium: str, folder: Path, page: str, width: int) -> dict[str, int]:
    """What the browser made of a page in a frame of that many pixels."""
    frame = folder / "frame.html"
    frame.write_text(FRAME.format(width=width, page=html.escape(page)))
    options = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
    dumped = subprocess.run(  # noqa: S603 -- a browser that the fixture found, and our own page
        [chromium, *options.split(), f"--user-data-dir={folder / 'profile'}", "--dump-dom", frame.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    match = re.search(r'<pre id="found">(.*?)</pre>', dumped)
    assert match, dumped[-500:]
    figures: dict[str, int] = json.loads(html.unescape(match.group(1)))
    return figures
