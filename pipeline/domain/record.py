"""A brief as its JSON record, and back without loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pipeline import __version__
from pipeline.domain.brief import Brief, Evidence, NoBrief, Quote, Source, Statement


def to_record(brief: Brief | NoBrief) -> dict[str, Any]:
    """The record of a brief, or of a story that has none and why."""
    if isinstance(brief, NoBrief):
        return {"story": brief.story, "topics": list(brief.topics), "state": "none", "reason": brief.reason}
    return {
        "story": brief.story,
        "revision": brief.revision,
        "topics": list(brief.topics),
        "title": brief.title,
        "state": "drafted",
        "short": {"yes": brief.short, "why": brief.short_why},
        "statements": [_statement(s) for s in brief.statements],
        "quote": asdict(brief.quote) if brief.quote else None,
        "quote_why": brief.quote_why,
        "sources": [_source(s) for s in brief.sources],
        "withheld": list(brief.withheld),
        "coverage": _coverage(brief),
        "writer": brief.writer,
        "closing": brief.closing,
        "versions": {"policywire": __version__},
    }


def from_record(record: Mapping[str, Any]) -> Brief:
    """The brief of a record that `to_record` made."""
    quote = record["quote"]
    return Brief(
        story=record["story"],
        revision=record["revision"],
        topics=tuple(record["topics"]),
        title=record["title"],
        short=record["short"]["yes"],
        short_why=record["short"]["why"],
        statements=tuple(
            Statement(
                text=s["text"],
                paragraph=s["paragraph"],
                role=s["role"],
                evidence=tuple(Evidence(**e) for e in s["evidence"]),
                new=s.get("new", False),
                edited=s.get("edited", ""),
            )
            for s in record["statements"]
        ),
        quote=Quote(**quote) if quote else None,
        quote_why=record["quote_why"],
        sources=tuple(
            Source(**{**s, "published": _moment(s["published"]), "retrieved": _moment(s["retrieved"])})
            for s in record["sources"]
        ),
        withheld=tuple(record["withheld"]),
        writer=record["writer"],
        closing=record.get("closing", "written"),
    )


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "text": statement.text,
        "paragraph": statement.paragraph,
        "role": statement.role,
        "sources": list(statement.sources),
        "evidence": [asdict(e) for e in statement.evidence],
        "new": statement.new,
        "edited": statement.edited,
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        **asdict(source),
        "published": source.published.isoformat() if source.published else None,
        "retrieved": source.retrieved.isoformat() if source.retrieved else None,
    }


def _coverage(brief: Brief) -> dict[str, Any]:
    days = sorted(s.published.isoformat() for s in brief.sources if s.published)
    return {
        "independent_sources": len({s.group for s in brief.sources}),
        "outlets": sorted({s.outlet for s in brief.sources}),
        "first_published": days[0] if days else None,
        "last_published": days[-1] if days else None,
    }


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
