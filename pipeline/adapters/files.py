"""The output folder: briefs and digests as files, each written whole or not at all."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, NoBrief
from pipeline.domain.record import to_record
from pipeline.domain.renderings import markdown
from pipeline.domain.topic import Flag
from pipeline.ports import Files, Renderer


class Folder:
    """Implements the port Files."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, data: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.read_bytes() == data:
            return
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.write_bytes(data)
        draft.replace(path)

    def remove(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)


def write_brief(
    files: Files, renderer: Renderer, brief: Brief | NoBrief, articles: Sequence[Article], flags: Sequence[Flag] = ()
) -> None:
    """Write `<story>.txt .md .html .json`; only the .json, with the reason, where there is no brief."""
    name = "briefs/" + file_name(brief.story)
    files.write(f"{name}.json", _json(to_record(brief)))
    if isinstance(brief, Brief):
        files.write(f"{name}.txt", brief.text.encode())
        files.write(f"{name}.md", markdown(brief).encode())
        files.write(f"{name}.html", renderer.brief(brief, articles, flags).encode())


def remove_brief(files: Files, story: str) -> None:
    """Take away everything that `write_brief` has written."""
    for ending in ("txt", "md", "html", "json"):
        files.remove(f"briefs/{file_name(story)}.{ending}")


def file_name(story: str) -> str:
    """A story's id as a file name that cannot leave its folder.

    >>> file_name("../un panel")
    'un-panel'
    """
    return re.sub(r"[^\w.-]+", "-", story).strip(".-") or "story"


def _json(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()
