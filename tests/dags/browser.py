"""A headless Chromium that is told what to do over its debugging socket, and takes pictures."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

OPTIONS = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync "
    "--remote-debugging-port=0 --hide-scrollbars"
)
WAIT_SECONDS = 60


class Browser:
    """One tab. Every method waits until the page shows what it is about."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, pictures: Path) -> None:
        self._socket, self._number, self._pictures = socket, 0, pictures

    async def call(self, method: str, **params: Any) -> Any:
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": params})
        while True:
            answer = await self._socket.receive_json(timeout=60)
            if answer.get("id") == self._number:
                return answer.get("result", {})

    async def script(self, code: str) -> Any:
        found = await self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        return found.get("result", {}).get("value")

    async def open(self, url: str, *texts: str) -> None:
        await self.call("Page.navigate", url=url)
        await self.shows(*texts)

    async def shows(self, *texts: str) -> None:
        """Wait until the page's visible text holds all of these."""
        deadline, missing = time.monotonic() + WAIT_SECONDS, list(texts)
        while missing:
            text = await self.script("document.body ? document.body.innerText : ''") or ""
            missing = [t for t in texts if t.lower() not in text.lower()]
            assert not missing or time.monotonic() < deadline, f"not shown: {missing} in {text[:3000]}"
            await asyncio.sleep(0.2)

    async def click(
        self, text: str, kinds: Sequence[str] = ("button", "a", "label", "[role=tab]", "[role=radio]")
    ) -> None:
        """Click the first control whose text, label or title begins so."""
        code = f"""(() => {{
            const names = e => [e.innerText, e.getAttribute('aria-label'), e.title].map(t => (t || '').trim());
            const found = [...document.querySelectorAll({json.dumps(",".join(kinds))})]
                .filter(e => e.offsetParent !== null && names(e).some(t => t.startsWith({json.dumps(text)})));
            if (found.length) found[0].click();
            return found.length;
        }})()"""
        deadline = time.monotonic() + WAIT_SECONDS
        while not await self.script(code):
            assert time.monotonic() < deadline, f"nothing to click is called {text}"
            await asyncio.sleep(0.2)

    async def picture(self, name: str) -> Path:
        await asyncio.sleep(1)  # what fades in is there
        data = (await self.call("Page.captureScreenshot", format="png"))["data"]
        path = self._pictures / f"{name}.png"
        path.write_bytes(base64.b64decode(data))
        return path


@asynccontextmanager
async def browser(chromium: str, pictures: Path, cookies: dict[str, str], url: str) -> AsyncIterator[Browser]:
    """A tab of 1400 by 1000 pixels with these cookies for `url`."""
    profile = Path(tempfile.mkdtemp(prefix="policywire-browser-"))
    command = [chromium, *OPTIONS.split(), f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 -- our own
    try:
        port = profile / "DevToolsActivePort"
        while not (port.exists() and port.read_text().count("\n")):
            assert process.poll() is None
            await asyncio.sleep(0.1)
        address = f"http://127.0.0.1:{port.read_text().splitlines()[0]}/json"
        async with aiohttp.ClientSession() as session:
            async with session.get(address) as answer:
                [page] = [tab for tab in await answer.json() if tab["type"] == "page"]
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                tab = Browser(socket, pictures)
                await tab.call("Page.enable")
                await tab.call(
                    "Emulation.setDeviceMetricsOverride", width=1400, height=1000, deviceScaleFactor=1, mobile=False
                )
                for name, value in cookies.items():
                    await tab.call("Network.setCookie", name=name, value=value, url=url)
                yield tab
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(profile, ignore_errors=True)
