"""Raw bodies in a folder, compressed and by content hash, so that any past day can be run again offline."""

from __future__ import annotations

import hashlib
import os
import zlib
from pathlib import Path

from pipeline.errors import StoreError


class FolderArchive:
    """Implements the port Archive."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, body: bytes) -> str:
        sha256 = hashlib.sha256(body).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}")
            draft.write_bytes(zlib.compress(body))
            draft.replace(path)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The body. Raises StoreError when it is not there or damaged."""
        try:
            return zlib.decompress(self._path(sha256).read_bytes())
        except (OSError, zlib.error) as error:
            raise StoreError(f"{self._path(sha256)}: archived body cannot be read ({error})") from error

    def _path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / f"{sha256}.z"
