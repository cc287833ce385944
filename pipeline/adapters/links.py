"""One form for all links to an article: our own rules, the trackers that courlan knows, and those of a list."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from courlan.clean import TRACKERS_RE

from pipeline.domain.link import canonical_link


class Canonical:
    """Implements the `canonical` of Deps. `trackers` are parameter names in small letters."""

    def __init__(self, trackers: frozenset[str] = frozenset()) -> None:
        self._trackers = trackers

    def __call__(self, link: str) -> str:
        """The canonical form. Raises ValueError for what is no address."""
        parts = urlsplit(canonical_link(link))
        pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not self._tracks(k.lower())]
        return urlunsplit(parts._replace(query=urlencode(sorted(pairs)))).rstrip("/")

    def _tracks(self, name: str) -> bool:
        # What `ref` means its value tells: canonical_link has judged it.
        return name != "ref" and (name in self._trackers or _known(name))


@lru_cache(4096)
def _known(name: str) -> bool:
    return bool(TRACKERS_RE.search(name))
