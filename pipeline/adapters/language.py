"""How news is written at large: document counts of words, in `models/words.tsv`. Raises ModelError."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.domain.sketch import Language
from pipeline.errors import ModelError

NAME = "words.tsv"
TOTAL = "#documents"
LEAST = 3
"""Rarer words are left out: they weigh as much as unknown ones do."""


def save(folder: Path, documents: int, words: Mapping[str, int]) -> Path:
    """Write one `word<TAB>documents` a line, in order of words; the first line has the number of documents."""
    lines = [(TOTAL, documents), *sorted((w, n) for w, n in words.items() if n >= LEAST)]
    path = folder / NAME
    path.write_text("".join(f"{word}\t{n}\n" for word, n in lines), encoding="utf-8")
    return path


def load(folder: Path, actors: Mapping[str, str]) -> Language:
    """The counts of a folder, and the actors given."""
    path = folder / NAME
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        counts = {word: int(n) for word, n in rows}
        return Language(documents=counts.pop(TOTAL), words=counts, actors=actors)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); `policywire model words` writes it") from error
