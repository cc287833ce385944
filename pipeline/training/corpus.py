"""Labelled items: what the classifier learns from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError, ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text with a label (0 or 1) for each topic that somebody judged; `kind` is empty where nobody named one."""

    title: str
    text: str
    labels: Mapping[str, int]
    kind: str = ""
    weight: float = 1.0

    @property
    def plain(self) -> dict[str, Any]:
        return asdict(self)


def corpus(folder: Path, topics: Sequence[str]) -> list[Item]:
    """Every labelled item of `folder`/*.jsonl. Raises ConfigError with file and line."""
    items = [item for path in sorted(folder.glob("*.jsonl")) for item in _items(path, topics)]
    if not items:
        raise ModelError(f"{folder}: holds no labelled item (*.jsonl); nothing to train on")
    return items


def _items(path: Path, topics: Sequence[str]) -> list[Item]:
    items = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ConfigError(f"{path}:{n}: not JSON ({error})") from error
        if not isinstance(row, dict) or (missing := [k for k in ("id", "title", "text", *topics) if k not in row]):
            raise ConfigError(f"{path}:{n}: item {f'lacks {missing}' if isinstance(row, dict) else 'is no object'}")
        labels = {topic: row[topic] for topic in topics}
        if wrong := [topic for topic, label in labels.items() if label not in (0, 1)]:
            raise ConfigError(f"{path}:{n}: labels of {wrong} are not 0 or 1")
        items.append(Item(title=row["title"], text=row["text"], labels=labels, kind=str(row.get("kind") or "")))
    return items
