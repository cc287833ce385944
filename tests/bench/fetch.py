"""`make bench`: polling feeds on loopback, beside lemon24/reader and a plain script, in one run.

Each client is a process of its own, and so is the server, so that a figure holds its client's processor time alone.
The first poll reads every feed with its 10 items; of the three after it, which find all unchanged, the cheapest counts.
Ends with 1 where a figure falls short.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SIZES = (18, 180, 1800)
ITEMS = 10
# Of lemon24/reader's processor time for an unchanged feed: 1.0 ms where it took 2.3.
SHARE = 1.0 / 2.3
MORE = 1.10  # how much more a feed and the memory may cost among 1,800 feeds than among 180


def body(path: str) -> bytes:
    """A feed with items of its own."""
    items = "".join(
        f"<item><title>Item {n} of feed {path}</title><link>https://bench.example{path}/{n}</link>"
        f"<guid>{path}/{n}</guid><pubDate>Sat, 26 Jul 2025 0{n % 10}:00:00 GMT</pubDate>"
        f"<description>{'A sentence about a treaty. ' * 8}</description></item>"
        for n in range(ITEMS)
    )
    return f"<rss version='2.0'><channel><title>Feed {path}</title>{items}</channel></rss>".encode()


answered: Counter[int] = Counter()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """200 with a feed, 304 to its validator, 404 for robots.txt; `/answered` counts them since it was last asked."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode()
            tag = f'"v{path}"'
            if path == "/robots.txt":
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            elif path == "/answered":
                told = json.dumps(answered).encode()
                answered.clear()
                writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(told)}\r\n\r\n".encode() + told)
            elif tag.encode() in head:
                answered[304] += 1
                writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode())
            else:
                answered[200] += 1
                data = body(path)
                lines = f"Content-Type: application/rss+xml\r\nETag: {tag}\r\nContent-Length: {len(data)}"
                writer.write(f"HTTP/1.1 200 OK\r\n{lines}\r\n\r\n".encode() + data)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def serve(port: Connection) -> None:
    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def measure(client: str, python: str, address: str, feeds: int) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        command = [python, str(HERE / "clients.py"), client, address, str(feeds), folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- our own script
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--peers", help="the Python of the environment that tests/bench/peers.txt makes")
    arguments.add_argument("--out", type=Path, help="where the figures go as JSON")
    given = arguments.parse_args()
    clients = {"policywire": sys.executable} | (dict.fromkeys(("reader", "plain"), given.peers) if given.peers else {})
    ours, theirs = get_context("spawn").Pipe()
    server = get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    address = f"http://127.0.0.1:{ours.recv()}"
    figures = {name: {n: measure(name, python, address, n) for n in SIZES} for name, python in clients.items()}
    server.terminate()
    show(figures)
    if given.out:
        given.out.write_text(json.dumps(figures, indent=2))
    short = [line for line, well in judged(figures) if not well]
    print("\n".join(f"SHORT: {line}" for line in short) or "all figures reached")
    return int(bool(short))


def unchanged(rows: list[dict[str, Any]]) -> float:
    """CPU ms a feed of the cheapest poll that found everything unchanged."""
    return float(min(again["cpu_ms"] for again in rows[1:]))


def show(figures: dict[str, dict[int, list[dict[str, Any]]]]) -> None:
    print(f"{'client':12}{'feeds':>6}{'first poll':>14}{'unchanged':>14}{'peak':>9}{'304':>7}   (CPU ms a feed, MB)")
    for name, sizes in figures.items():
        for feeds, rows in sizes.items():
            same = sum(again["answered"].get("304", 0) for again in rows[1:]) / (feeds * (len(rows) - 1))
            costs = f"{rows[0]['cpu_ms']:14.2f}{unchanged(rows):14.2f}{rows[-1]['peak_mb']:9.0f}"
            print(f"{name:12}{feeds:6}{costs}{same:7.0%}")


def judged(figures: dict[str, dict[int, list[dict[str, Any]]]]) -> Iterator[tuple[str, bool]]:
    """What was asked of the figures, and whether it holds."""
    ours = figures["policywire"]
    for feeds, (first, *again) in ours.items():
        expected = {"new": feeds * ITEMS, "polled": feeds}
        yield f"{feeds} feeds first: {first['counts']}", first["counts"] == expected
        for poll in again:
            yield f"{feeds} feeds again: {poll['counts']}, no entry written", poll["counts"] == {"unchanged": feeds}
            yield f"{feeds} feeds again: answered {poll['answered']}", poll["answered"] == {"304": feeds}
    small, large = SIZES[1:]
    growth = unchanged(ours[large]) / unchanged(ours[small])
    yield f"a feed among {large} costs {growth:.2f} of one among {small}", growth <= MORE
    memory = ours[large][-1]["peak_mb"] / ours[small][-1]["peak_mb"]
    yield f"{large} feeds take {memory:.2f} of the memory of {small}", memory <= MORE
    for feeds in (small, large) if "reader" in figures else ():
        share = unchanged(ours[feeds]) / unchanged(figures["reader"][feeds])
        yield f"{feeds} feeds: {share:.2f} of reader's processor time, not {SHARE:.2f}", share <= SHARE


if __name__ == "__main__":
    sys.exit(main())
