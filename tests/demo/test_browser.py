"""The demo's digest in a real browser: it fits narrow screens, in light and dark, with images off, and can be read."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from pipeline.demo.tour import tour

ROOT = Path(__file__).resolve().parent.parent.parent
OPTIONS = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
AA = 4.5  # least contrast of text and ground, WCAG 2.2
FRAME = """<!doctype html><meta charset="utf-8"><body style="margin:0">
<iframe id="f" style="width:{width}px;height:1600px;border:0" srcdoc="{page}"></iframe>
<pre id="found"></pre><script>
const light = c => {{ c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }};
const luminance = text => {{
  const [r, g, b] = text.match(/[\\d.]+/g).map(Number);
  return 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
}};
document.getElementById("f").onload = function () {{
  const page = this.contentDocument, style = e => this.contentWindow.getComputedStyle(e);
  const clear = e => style(e).backgroundColor.match(/^rgba\\(.*, 0\\)$|^transparent$/);
  const ground = e => !e ? 1 : clear(e) ? ground(e.parentElement) : luminance(style(e).backgroundColor);
  const contrasts = [...page.querySelectorAll("h1,h2,h3,h4,p,li,a,time,blockquote,summary")].map(e => {{
    const [ink, paper] = [luminance(style(e).color), ground(e)];
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  }});
  document.getElementById("found").textContent = JSON.stringify({{
    width: page.documentElement.scrollWidth, briefs: page.querySelectorAll("article").length,
    links: page.querySelectorAll("a[href^='http']").length, scripts: page.scripts.length,
    text: page.body.innerText.length, contrast: Math.min(...contrasts),
    images: page.images.length, alts: [...page.images].filter(i => i.alt).length
  }});
}};
</script>"""


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The demo's digest as the page of the archive and as the HTML part of the mail."""
    folder = tmp_path_factory.mktemp("demo")
    list(tour(ROOT, folder))
    [mail] = (folder / "digest").glob("*.eml")
    message = message_from_bytes(mail.read_bytes(), policy=SMTP)
    assert isinstance(message, EmailMessage)
    part = message.get_body(("html",))
    assert part is not None
    return {"page": mail.with_suffix(".html").read_text(), "mail": str(part.get_content())}


@pytest.mark.slow
@pytest.mark.parametrize("form", ["page", "mail"])
@pytest.mark.parametrize("images", ["images", "no images"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 700])
def test_the_digest_fits_the_screen_and_can_be_read(
    chromium: str, tmp_path: Path, digest: dict[str, str], width: int, scheme: str, images: str, form: str
) -> None:
    found = look(chromium, tmp_path, digest[form], f"{form}-{width}-{scheme}-{images.replace(' ', '-')}", width)

    assert found["width"] <= width
    assert found["briefs"] >= 4
    assert found["links"] >= found["briefs"]
    assert found["scripts"] == 0
    assert found["text"] > 5000
    assert found["contrast"] >= AA
    assert found["images"] == found["alts"] == 1


@pytest.mark.slow
def test_contrast_is_measured_against_the_ground_on_which_a_text_stands(chromium: str, tmp_path: Path) -> None:
    hidden = '<body style="background:#fff"><div style="background:#222"><p style="color:#333">Hard to read</p></div>'

    assert look(chromium, tmp_path, hidden, "hidden", 320)["contrast"] < 2


def look(chromium: str, folder: Path, page: str, name: str, width: int) -> dict[str, float]:
    """What the browser made of a page; its picture goes to POLICYWIRE_SCREENSHOTS where that is set."""
    options = OPTIONS.split()
    if "dark" in name:
        options += ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"]
    if "no-images" in name:
        options.append("--blink-settings=imagesEnabled=false" + (",preferredColorScheme=0" if "dark" in name else ""))
    frame = folder / "frame.html"
    frame.write_text(FRAME.format(width=width, page=html.escape(page)))
    command = [chromium, *options, f"--user-data-dir={folder / 'profile'}", "--window-size=700,1600"]
    if shots := os.environ.get("POLICYWIRE_SCREENSHOTS"):
        browse([*command, f"--screenshot={Path(shots) / name}.png", frame.as_uri()])
    match = re.search(r'<pre id="found">(.*?)</pre>', browse([*command, "--dump-dom", frame.as_uri()]))
    assert match
    found: dict[str, float] = json.loads(html.unescape(match.group(1)))
    return found


def browse(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout  # noqa: S603 -- a browser that the fixture found, and our own page
