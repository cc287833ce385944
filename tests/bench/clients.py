"""One client of the fetch benchmark, in a process of its own: poll all feeds four times and print what it cost.

python clients.py policywire|reader|plain ADDRESS FEEDS FOLDER
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen


def cpu() -> float:
    """Seconds of processor time of this process and its children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def policywire(urls: list[str], folder: Path) -> Callable[[], dict[str, int]]:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    config = folder / "config"
    config.mkdir()
    shipped = Path(__file__).resolve().parents[2] / "config"
    for file in shipped.glob("*.yaml"):
        (config / file.name).write_text(file.read_text())
    rows = "".join(f"  - url: {url}\n    outlet: Bench\n" for url in urls)
    (config / "feeds.yaml").write_text("feeds:\n" + rows)
    os.environ |= {
        "POLICYWIRE_HOME": str(folder),
        "POLICYWIRE_OUT": str(folder / "out"),
        "POLICYWIRE_DATABASE": f"sqlite:///{folder / 'bench.db'}",
        "POLICYWIRE_ALLOW": urls[0].split("/")[2],
    }
    import logging

    import structlog

    from pipeline import settings
    from pipeline.adapters.store import open_store
    from pipeline.runner import run_stage

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    open_store(settings.load().database_url).close()
    return lambda: dict(run_stage("fetch", force="yes").counts)


def reader(urls: list[str], folder: Path) -> Callable[[], dict[str, int]]:
    from reader import make_reader

    library = make_reader(str(folder / "reader.db"))
    for url in urls:
        library.add_feed(url)

    def poll() -> dict[str, int]:
        counts = {"new": 0, "unchanged": 0, "failed": 0}
        for result in library.update_feeds_iter(scheduled=False, workers=20):
            feed = result.updated_feed
            counts["new"] += feed.new if feed else 0
            counts["unchanged"] += result.value is None
            counts["failed"] += isinstance(result.value, Exception)
        return counts

    return poll


def plain(urls: list[str], folder: Path) -> Callable[[], dict[str, int]]:
    """A script as one would write it: no guard, no limits, no manners, nothing kept but validators in memory."""
    import aiohttp
    import feedparser

    etags: dict[str, str] = {}

    async def poll() -> dict[str, int]:
        counts = {"new": 0, "unchanged": 0}
        room = asyncio.Semaphore(20)
        async with aiohttp.ClientSession() as session:

            async def one(url: str) -> None:
                async with room, session.get(url, headers={"If-None-Match": etags.get(url, '"none"')}) as answer:
                    if answer.status == 304:
                        counts["unchanged"] += 1
                        return
                    etags[url] = answer.headers["ETag"]
                    counts["new"] += len(feedparser.parse(BytesIO(await answer.read())).entries)

            await asyncio.gather(*(one(url) for url in urls))
        return counts

    return lambda: asyncio.run(poll())


def main() -> None:
    name, address, feeds, folder = sys.argv[1:]
    urls = [f"{address}/{n}" for n in range(int(feeds))]
    poll = {"policywire": policywire, "reader": reader, "plain": plain}[name](urls, Path(folder))
    out = []
    for _ in range(4):
        before, start = cpu(), time.monotonic()
        counts = poll()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        spent, wall = cpu() - before, time.monotonic() - start
        with urlopen(f"{address}/answered") as seen:  # noqa: S310 -- the benchmark's own server
            answered = json.load(seen)
        row = {"cpu_ms": 1000 * spent / len(urls), "seconds": wall, "peak_mb": peak}
        out.append(row | {"counts": counts, "answered": answered})
    print(json.dumps(out))  # noqa: T201 -- this is its answer


if __name__ == "__main__":
    main()
