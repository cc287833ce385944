"""Articles: the readable text of one page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from pipeline.domain.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The readable text of one page. `published` and `retrieved` are aware UTC; None is unknown."""

    id: str
    url: str
    outlet: str
    title: str
    text: str
    country: str = "INT"
    author: str = ""
    published: datetime | None = None
    retrieved: datetime | None = None
    language: str = "en"
    state: State = State.OK

    @property
    def sha256(self) -> str:
        return text_hash(self.text)


def text_hash(text: str) -> str:
    """The hash that spans of evidence are pinned to: sha256 of the UTF-8 text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
