"""Raw bodies, compressed and by content hash, in a folder or behind any fsspec URL, so that past days can be redone."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable
from pathlib import Path

import zstandard
from upath import UPath

from pipeline.errors import StoreError

# On 181 real pages about as small as zlib's default, in a tenth of its time. Bodies of 0.1.0 end in .z and are zlib's.
SUFFIX, OLD_SUFFIX = ".zst", ".z"


class UrlArchive:
    """Implements the port Archive at a folder's path or a URL such as s3://bucket/policywire."""

    def __init__(self, url: str) -> None:
        self._root: Path | UPath = UPath(url) if "://" in url else Path(url)
        self._compressor = zstandard.ZstdCompressor(level=1)  # a new one for each body would take as long as the body

    def put(self, body: bytes) -> str:
        sha256 = hashlib.sha256(body).hexdigest()
        path = self._path(sha256)
        try:
            if not path.exists():
                _write_whole(path, self._compressor.compress(body))
        except (OSError, ValueError) as error:
            raise StoreError(f"{path}: the body cannot be archived ({error}); check POLICYWIRE_ARCHIVE") from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The body. Raises StoreError when it is not there or damaged."""
        path, old = self._path(sha256), self._path(sha256, OLD_SUFFIX)
        try:
            if not path.exists() and old.exists():
                body = zlib.decompress(old.read_bytes())
            else:
                body = zstandard.decompress(path.read_bytes())
        except (OSError, ValueError, zlib.error, zstandard.ZstdError) as error:
            raise StoreError(f"{path}: archived body cannot be read ({error})") from error
        if hashlib.sha256(body).hexdigest() != sha256:
            raise StoreError(f"{path}: archived body is not the one that its name says")
        return body

    def delete(self, sha256s: Iterable[str]) -> None:
        """Delete bodies; one that is not there is no error."""
        for sha256 in sha256s:
            for suffix in (SUFFIX, OLD_SUFFIX):
                self._path(sha256, suffix).unlink(missing_ok=True)

    def size(self) -> tuple[int, int]:
        """How many bodies, and their bytes as they are stored."""
        sizes = [p.stat().st_size for p in self._root.glob("*/*.z*")] if self._root.exists() else []
        return len(sizes), sum(sizes)

    def _path(self, sha256: str, suffix: str = SUFFIX) -> Path | UPath:
        return self._root / sha256[:2] / f"{sha256}{suffix}"


def _write_whole(path: Path | UPath, data: bytes) -> None:
    """Object stores write an object whole or not at all; in a folder it takes a draft."""
    if isinstance(path, Path):
        draft = path.with_suffix(f".{os.getpid()}")
        try:
            draft.write_bytes(data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
        draft.replace(path)
    else:
        path.write_bytes(data)
