"""One client of the end-to-end benchmark, in a process of its own: from feeds to stored articles, and what it cost.

python whole_clients.py CLIENT ADDRESS FEEDS FOLDER

It reads one article first, so that imports and start-up are paid; then FEEDS feeds of ten articles each.
`policywire`, `plain` and `plain-fast` also flag what they read, with the same model; the others have no such thing.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.clients import cpu, feed_home

Round = Callable[[list[str]], int]
"""Reads the feeds of these addresses and gives the number of articles that it stored."""
TABLE = "CREATE TABLE IF NOT EXISTS articles (url PRIMARY KEY, title, text, flags)"


def policywire(urls: list[str], folder: Path) -> Round:
    feed_home(urls, folder)
    from pipeline.runner import run_stage

    def read(some: list[str]) -> int:
        run_stage("fetch", feeds=",".join(some))
        report = run_stage("extract")
        run_stage("classify")
        return sum(report.counts.values()) - report.counts.get("http-error", 0)

    return read


def plain(urls: list[str], folder: Path, *, ours: bool = False) -> Round:
    """A script as one would write it: no guard, no limits, one process; `ours`: our settings of trafilatura."""
    import aiohttp
    import feedparser
    import trafilatura

    from pipeline import settings
    from pipeline.adapters import model

    config = settings.Settings()

    def usual(body: bytes) -> str:
        document: Any = trafilatura.bare_extraction(body, with_metadata=True)
        return (document.text if document else "") or ""

    def fast(body: bytes) -> str:
        from pipeline.adapters.unseen import UNSEEN
        from pipeline.domain.page import ENOUGH

        more: dict[str, Any] = {"include_comments": False, "prune_xpath": UNSEEN}
        document: Any = trafilatura.bare_extraction(body, fast=True, **more)
        if document is None or len(document.text or "") < ENOUGH:
            document = trafilatura.bare_extraction(body, **more) or document
        return (document.text if document else "") or ""

    text_of = fast if ours else usual

    async def pages(some: list[str]) -> list[tuple[str, str, bytes]]:
        room = asyncio.Semaphore(20)
        async with aiohttp.ClientSession() as session:

            async def get(url: str) -> bytes:
                async with room, session.get(url) as answer:
                    return await answer.read()

            bodies = await asyncio.gather(*(get(url) for url in some))
            items = [(e.link, e.title) for body in bodies for e in feedparser.parse(BytesIO(body)).entries]
            texts = await asyncio.gather(*(get(link) for link, _ in items))
        return [(link, title, body) for (link, title), body in zip(items, texts, strict=True)]

    def read(some: list[str]) -> int:
        classifier = model.load(config.home / "models", [t.id for t in config.topics()])
        found = [(link, title, text_of(body)) for link, title, body in asyncio.run(pages(some))]
        scores = classifier.score([(title, text) for _, title, text in found])
        flags = [json.dumps({t: s.probability for t, s in row.items()}) for row in scores]
        return stored(folder, [(*one, flag) for one, flag in zip(found, flags, strict=True)])

    return read


def reader(urls: list[str], folder: Path) -> Round:
    import trafilatura
    from reader import make_reader

    library = make_reader(str(folder / "reader.db"))

    def read(some: list[str]) -> int:
        import requests

        for url in some:
            library.add_feed(url)
        library.update_feeds(scheduled=False, workers=20)
        rows = []
        with requests.Session() as session:
            for entry in library.get_entries():
                if entry.feed_url in some and entry.link:
                    text = trafilatura.extract(session.get(entry.link, timeout=30).content)
                    rows.append((entry.link, entry.title, text, ""))
        return stored(folder, rows)

    return read


def scrapy(urls: list[str], folder: Path) -> Round:
    import feedparser
    import trafilatura
    from scrapy import Request, Spider
    from scrapy.crawler import CrawlerProcess

    def crawl(some: list[str]) -> int:
        rows: list[tuple[Any, ...]] = []

        class News(Spider):  # type: ignore[misc]  # the library is not in the environment that is checked
            name = "news"

            async def start(self) -> Any:
                for url in some:
                    yield Request(url, self.parse)

            def parse(self, response: Any) -> Iterable[Any]:
                for item in feedparser.parse(BytesIO(response.body)).entries:
                    yield Request(item.link, self.read, cb_kwargs={"title": item.title})

            def read(self, response: Any, title: str) -> None:
                rows.append((response.url, title, trafilatura.extract(response.body), ""))

        process = CrawlerProcess({"LOG_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 20, "DOWNLOAD_DELAY": 0})
        process.crawl(News)
        process.start()
        return stored(folder, rows)

    return crawl


def stored(folder: Path, rows: list[tuple[Any, ...]]) -> int:
    with sqlite3.connect(folder / "articles.db") as database:
        database.execute(TABLE)
        database.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)", rows)
    return len(rows)


def main() -> None:
    name, address, feeds, folder = sys.argv[1:]
    os.environ["HF_HUB_OFFLINE"] = "1"
    # One core for each, or whoever uses both would seem to work more where two of them share one core's caches.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    urls = [f"{address}/feed/{n}" for n in range(int(feeds))]
    clients = {
        "policywire": policywire,
        "plain": plain,
        "plain-fast": lambda urls, folder: plain(urls, folder, ours=True),
        "reader": reader,
        "scrapy": scrapy,
    }
    read = clients[name]([f"{address}/feed/warm", *urls], Path(folder))
    if name != "scrapy":  # its event loop runs once in a process
        read([f"{address}/feed/warm"])
    before, start = cpu(), time.monotonic()
    stored = read(urls)
    print(json.dumps({"stored": stored, "cpu": cpu() - before, "seconds": time.monotonic() - start}))


if __name__ == "__main__":
    main()
