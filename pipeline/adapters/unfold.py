"""Packed bodies unfolded piece by piece: never more than a limit in memory, and never less than the whole."""

from __future__ import annotations

import zlib

from pipeline.domain.state import State
from pipeline.errors import FetchError

GZIP, RAW = 31, -15  # zlib's window bits; a deflate body may come with zlib's header or without
ZLIB = 15


class Unfolder:
    """Takes the pieces of a body and gives the bytes they hold. Raises FetchError for what is too large or broken."""

    def __init__(self, encoding: str, limit: int) -> None:
        if encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise FetchError(State.UNREADABLE, f"content encoding {encoding[:40]} was not asked for")
        self._gzip = encoding.endswith("gzip")
        self._packed = self._gzip or encoding == "deflate"
        self._stream: zlib._Decompress | None = None
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._taken = 0

    def take(self, piece: bytes) -> None:
        """One more piece of the body."""
        self._taken += len(piece)
        if self._taken > self._limit:  # packed bytes that unfold to nothing count too
            raise self._too_large()
        try:
            while piece:
                piece = self._unfold(piece) if self._packed else self._keep(piece)
        except zlib.error as error:
            raise FetchError(State.UNREADABLE, f"the body is not what its encoding says ({error})") from error

    def whole(self) -> bytes:
        """The body. Raises FetchError when its end is missing."""
        if self._stream is not None and not self._stream.eof:
            raise FetchError(State.NETWORK_ERROR, "the packed body broke off before its end")
        return b"".join(self._parts)

    def so_far(self) -> bytes:
        """What was unfolded before the limit was reached."""
        return b"".join(self._parts)

    def _unfold(self, piece: bytes) -> bytes:
        """Unfold what fits under the limit; gives the bytes of the next member, if one follows."""
        if self._stream is not None and self._stream.eof:
            if not self._gzip or not piece.strip(b"\0"):  # padding after the last member
                return b""
            self._stream = None
        if self._stream is None:
            self._stream = zlib.decompressobj(GZIP if self._gzip else ZLIB if _has_header(piece) else RAW)
        self._keep(self._stream.decompress(piece, self._limit - self._size + 1))
        return self._stream.unused_data if self._stream.eof else b""

    def _keep(self, part: bytes) -> bytes:
        self._parts.append(part[: self._limit - self._size])
        self._size += len(part)
        if self._size > self._limit:
            raise self._too_large()
        return b""

    def _too_large(self) -> FetchError:
        return FetchError(State.TOO_LARGE, f"more than {self._limit} bytes")


def _has_header(piece: bytes) -> bool:
    """Whether a deflate body begins with zlib's two bytes (RFC 1950).

    >>> _has_header(zlib.compress(b"a"))
    True
    """
    return len(piece) > 1 and piece[0] & 15 == 8 and int.from_bytes(piece[:2], "big") % 31 == 0
