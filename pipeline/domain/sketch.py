"""Sketches: what clustering knows of an article, small enough to keep for every article of the open window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """An article's words, names and shingles as counted hashes, packed; `maker` names the rules that made it.

    `words` and `names` are uint32 hashes and then as many uint32 counts, `shingles` uint32 hashes; little-endian.
    """

    id: str
    published: datetime | None
    text_sha256: str
    maker: str
    words: bytes
    names: bytes
    shingles: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How news is written at large: in how many of `documents` articles a word stands, and the forms of actors.

    `actors` maps each form of a standing actor, such as `Beijing`, to its name.
    """

    documents: int = 0
    words: Mapping[str, int] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
