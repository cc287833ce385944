"""The invented articles of tests/data/support/sentences.txt with their edits and changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).parents[2] / "data" / "support" / "sentences.txt"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A sentence, the article it stands in, its light edits, and (kind, changed sentence) pairs."""

    sentence: str
    article: list[str]
    edits: list[str] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.article)


def cases() -> list[Case]:
    found: list[Case] = []
    article: list[str] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line:
            article = []
        elif line.startswith("~ "):
            found[-1].edits.append(line[2:])
        elif line.startswith("! "):
            kind, _, text = line[2:].partition(": ")
            found[-1].changes.append((kind, text))
        elif not line.startswith("#"):
            article.append(line)
            found.append(Case(sentence=line, article=article))
    return found
