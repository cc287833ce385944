"""JSON schemas of the configuration files and of the brief's record, so that editors and other tools can check them."""

from __future__ import annotations

import json
from typing import Literal

from pydantic import Field

from pipeline.settings import FILES, Strict


class Short(Strict):
    """Whether the brief is a short one, and why."""

    yes: bool
    why: str


class EvidenceRecord(Strict):
    """A span of a stored text: code points, end exclusive, sha256 of the whole text."""

    source: int
    article_id: str
    start: int
    end: int
    sha256: str
    score: float


class StatementRecord(Strict):
    """A sentence without its marks; paragraph 0 is the closing."""

    text: str
    paragraph: int
    role: str
    sources: list[int]
    evidence: list[EvidenceRecord]
    new: bool = False
    edited: str = ""


class QuoteRecord(Strict):
    """Direct speech with its span and speaker."""

    text: str
    article_id: str
    start: int
    end: int
    speaker: str


class SourceRecord(Strict):
    """A numbered source; copies of one story share a group."""

    n: int
    title: str
    outlet: str
    url: str
    published: str | None
    retrieved: str | None
    sha256: str
    group: int
    article_id: str
    longest_run: int = 0


class Coverage(Strict):
    """How widely the story is told."""

    independent_sources: int
    outlets: list[str]
    first_published: str | None
    last_published: str | None


class BriefRecord(Strict):
    """What is kept of one brief; a story without a brief has `state` none, and a reason."""

    story: str
    topics: list[str]
    state: Literal["drafted", "none"]
    reason: str = ""
    revision: int = 1
    title: str = ""
    short: Short | None = None
    statements: list[StatementRecord] = Field(default_factory=list)
    quote: QuoteRecord | None = None
    quote_why: str = ""
    sources: list[SourceRecord] = Field(default_factory=list)
    withheld: list[str] = Field(default_factory=list)
    coverage: Coverage | None = None
    writer: str = ""
    closing: Literal["analyst", "written"] = "written"
    versions: dict[str, str] = Field(default_factory=dict)


def schemas() -> dict[str, str]:
    """File name to text of every schema in config/schemas/."""
    tables = {name: model.model_json_schema() for name, model in FILES.items()}
    tables["brief"] = BriefRecord.model_json_schema()
    return {f"{name}.json": json.dumps(table, indent=2, sort_keys=True) + "\n" for name, table in tables.items()}
