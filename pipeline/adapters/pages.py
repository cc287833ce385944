"""Article pages as text, read in killable workers; what no reader could want is refused before it costs anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.adapters.pool import Killed, Workers
from pipeline.domain.state import State
from pipeline.ports import Page, RawPage

# The largest of 181 real pages has 3,229 tags in 1.5 MB. Far beyond that the parsers' time grows by the square, and a
# page that is killed costs as much as a thousand articles.
MOST_BYTES = 5_000_000
MOST_TAGS = 60_000
SHORTEST_TAG = 3  # bytes
MOST_ATTRIBUTES = 5_000  # of one element
SUSPICIOUS = 400_000  # bytes; a smaller page cannot hold enough attributes to matter


class TrafilaturaExtractor:
    """Implements the port PageExtractor."""

    def __init__(self, workers: Workers | None = None) -> None:
        self._workers = workers or Workers("pipeline.adapters.page_text:read")

    def extract_all(self, pages: Iterable[RawPage]) -> Iterator[tuple[str, Page]]:
        refused: list[tuple[str, Page]] = []

        def bearable() -> Iterator[RawPage]:
            for raw in pages:
                if reason := excess(raw.body):
                    refused.append((raw.key, Page(state=State.TOO_LARGE, reason=reason)))
                else:
                    yield raw

        for raw, found in self._workers.run(bearable()):
            if isinstance(found, Killed):
                found = Page(state=found.state, reason=found.reason)
            yield raw.key, found
        yield from refused

    def close(self) -> None:
        self._workers.close()


def excess(body: bytes) -> str:
    """What a page has too much of, or "".

    >>> excess(b"<p>" * 70_000)
    'more than 60,000 tags'
    """
    if len(body) > MOST_BYTES:
        return f"more than {MOST_BYTES:,} bytes"
    if len(body) > SHORTEST_TAG * MOST_TAGS and body.count(b"<") > MOST_TAGS:
        return f"more than {MOST_TAGS:,} tags"
    if len(body) > SUSPICIOUS and max(map(_attributes, _long(body)), default=0) > MOST_ATTRIBUTES:
        return f"more than {MOST_ATTRIBUTES:,} attributes on one element"
    return ""


def _long(body: bytes) -> list[bytes]:
    """What stands between two `<` that is long enough to hold that many attributes."""
    return [piece for piece in body.split(b"<") if len(piece) > MOST_ATTRIBUTES]


def _attributes(piece: bytes) -> int:
    """How many attributes stand between `<` and `>`, more or less."""
    return len(piece.partition(b">")[0].split())
