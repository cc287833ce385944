"""Extraction at the machine's limit: the workers beside plain trafilatura, a few poison pages, and the memory.

`python tests/bench/extract.py` prints a table and ends with 1 where a figure falls short. Pages are those of
POLICYWIRE_EVAL_DATA, or made up where there are none.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

import trafilatura

from pipeline.adapters.page_text import read
from pipeline.adapters.pages import TrafilaturaExtractor
from pipeline.adapters.pool import cores
from pipeline.ports import RawPage

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3  # each way once a round, so that a busy minute hurts all alike
REPEATS = 6  # of the pages in one measurement
MANY = 5000  # pages of the memory's measurement
SENTENCE = "The council of harbour {0} adopted rule {1} for its public models after a debate in the assembly. "


def real_pages() -> list[bytes]:
    folder = Path(os.environ.get("POLICYWIRE_EVAL_DATA") or ROOT.parent / "shared" / "data") / "pages" / "html"
    return [gzip.decompress(p.read_bytes()) for p in sorted(folder.glob("*.html.gz"))] or [page(n) for n in range(180)]


def page(number: int) -> bytes:
    """A page of 40 paragraphs amid the furniture of a news site."""
    links = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(150))
    text = "".join(f"<p>{SENTENCE.format(number, n) * 3}</p>" for n in range(40))
    return f"<html><body><ul>{links}</ul><article><h1>Rules</h1>{text}</article></body></html>".encode()


def poison() -> Iterator[bytes]:
    """Pages that cost trafilatura minutes or gigabytes, one kind after the other."""
    around = b"<html><body><article>%s</article></body></html>"
    kinds = (
        around % (b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x"),
        around % b"".join(b"<a href='/%d'>x</a>" % n for n in range(100_000)),
        around % (b"<div>" * 100_000),
        around % (b"<p>word " * 1_250_000),
        around % (b"<p>" + b"word " * 4_000_000),
    )
    while True:
        yield from kinds


def rate(work: Callable[[], object], pages: int) -> float:
    """Pages a second."""
    start = time.perf_counter()
    work()
    return pages / (time.perf_counter() - start)


def plain(pages: Sequence[bytes]) -> None:
    for body in pages:
        trafilatura.bare_extraction(body, fast=True, with_metadata=False, include_comments=False, include_tables=True)


def pooled(extractor: TrafilaturaExtractor, pages: Sequence[bytes]) -> None:
    raws = (RawPage(key=str(n), body=body, title="Rules", metadata=False) for n, body in enumerate(pages))
    assert len(dict(extractor.extract_all(raws))) == len(pages)


def with_poison(pages: Sequence[bytes]) -> list[bytes]:
    """One poison page in a hundred, beside all the good ones."""
    bad = poison()
    mixed: list[bytes] = []
    for n, body in enumerate(pages):
        mixed.append(body)
        if n % 99 == 50:
            mixed.append(next(bad))
    return mixed


def memory() -> float:
    """MB that this process and those below it hold."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True)  # noqa: S607 -- wherever it lies
    rows = [[int(n) for n in line.split()] for line in listed.stdout.splitlines()]
    family = {os.getpid()}
    while grown := {pid for pid, parent, _ in rows if parent in family} - family:
        family |= grown
    return sum(size for pid, _, size in rows if pid in family) / 1024


def main() -> int:
    single = real_pages()
    pages, poisoned = single * REPEATS, with_poison(single * REPEATS)
    extractor = TrafilaturaExtractor()
    for work in (lambda: plain(single), lambda: pooled(extractor, single), lambda: [read(RawPage(body=single[0]))]):
        work()  # imports and caches
    rounds = [
        (
            rate(lambda: plain(single * 2), len(single) * 2),
            rate(lambda: pooled(extractor, pages), len(pages)),
            rate(lambda: pooled(extractor, poisoned), len(pages)),
        )
        for _ in range(ROUNDS)
    ]
    share = median(pool / (one * cores()) for one, pool, _ in rounds)
    loss = median(1 - bad / pool for _, pool, bad in rounds)
    many = (single * (MANY // len(single) + 1))[:MANY]
    pooled(extractor, many[:1000])
    before = memory()
    pooled(extractor, many)
    growth = memory() - before
    extractor.close()
    rows = (
        ("plain trafilatura, one core, pages/s", median(r[0] for r in rounds), ""),
        (f"extractor, {cores()} cores, pages/s", median(r[1] for r in rounds), ""),
        ("share of cores x plain", share, "at least 0.85" if share >= 0.85 else "SHORT of 0.85"),
        ("loss with 1 % poison pages", loss, "at most 0.05" if loss <= 0.05 else "MORE than 0.05"),
        (f"memory growth over {MANY} pages, MB", growth, "at most 50" if growth <= 50 else "MORE than 50"),
    )
    for name, value, verdict in rows:
        sys.stdout.write(f"{name:42} {value:9.2f}  {verdict}\n")
    return int(any(verdict[:5].isupper() for _, _, verdict in rows if verdict))


if __name__ == "__main__":
    sys.exit(main())
