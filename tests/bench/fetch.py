"""`make bench`: polling feeds on loopback, beside lemon24/reader and a plain script, in one run.

Each client is a process of its own, and so is the server, so that a figure holds its client's processor time alone.
The first poll reads every feed with its 10 items; the second and third find all of them unchanged.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SIZES = (18, 180, 1800)
ITEMS = 10


def body(path: str) -> bytes:
    """A feed with items of its own."""
    items = "".join(
        f"<item><title>Item {n} of feed {path}</title><link>https://bench.example{path}/{n}</link>"
        f"<guid>{path}/{n}</guid><pubDate>Sat, 26 Jul 2025 0{n % 10}:00:00 GMT</pubDate>"
        f"<description>{'A sentence about a treaty. ' * 8}</description></item>"
        for n in range(ITEMS)
    )
    return f"<rss version='2.0'><channel><title>Feed {path}</title>{items}</channel></rss>".encode()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode()
            tag = f'"v{path}"'
            if path == "/robots.txt":
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            elif tag.encode() in head:
                writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode())
            else:
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
    return judge(figures["policywire"])


def show(figures: dict[str, dict[int, list[dict[str, Any]]]]) -> None:
    print(f"{'client':12}{'feeds':>6}{'first poll':>14}{'unchanged':>14}{'peak':>9}   (CPU ms a feed, MB)")  # noqa: T201
    for name, sizes in figures.items():
        for feeds, (first, *again) in sizes.items():
            best = min(a["cpu_ms"] for a in again)
            print(f"{name:12}{feeds:6}{first['cpu_ms']:14.2f}{best:14.2f}{again[-1]['peak_mb']:9.0f}")  # noqa: T201


def judge(ours: dict[int, list[dict[str, Any]]]) -> int:
    """Counts are exact; times are shown, and judged by whoever knows the machine."""
    for feeds, (first, *again) in ours.items():
        expected = {"new": feeds * ITEMS, "polled": feeds}
        if first["counts"] != expected or any(a["counts"] != {"unchanged": feeds} for a in again):
            print(f"{feeds} feeds: {first['counts']}, then {[a['counts'] for a in again]}")  # noqa: T201
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
