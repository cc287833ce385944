"""Archived bodies as a WARC file, the form in which web archives exchange what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from warcio.warcwriter import WARCWriter

from pipeline import __version__


def write_warc(out: BinaryIO, bodies: Iterable[tuple[str, datetime, str, bytes]]) -> int:
    """Write (address, fetched at, content type, body) as resource records, packed; gives how many."""
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("policywire.warc.gz", {"software": f"Policywire/{__version__}"}))
    written = 0
    for url, moment, kind, body in bodies:
        headers = {"WARC-Date": f"{moment:%Y-%m-%dT%H:%M:%SZ}"}
        record = writer.create_warc_record(
            url,
            "resource",
            payload=BytesIO(body),
            warc_content_type=kind or "application/octet-stream",
            warc_headers_dict=headers,
        )
        writer.write_record(record)
        written += 1
    return written
