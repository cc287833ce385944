"""Groups of words that tell apart what a bag of words mixes up: who acts, on what, with whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from pipeline.errors import ConfigError

WORD = re.compile(r"[^\W_]+(?:\.[a-z]\b)?")  # U.S. and A.I. stay whole

MISSPELT = re.compile(r"\bOpen AI(?=['’]s\b|,| (?:CEO|chief|boss|board|has|says|said|will)\b)")  # the company


@dataclass(frozen=True, kw_only=True)
class Cues:
    """Word groups, things of which a text may name several, and the groups that a topic's texts must show."""

    groups: Mapping[str, str]
    several: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gates: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Cues:
        """The cues of a YAML file. Raises ConfigError."""
        try:
            cues = cls(**yaml.safe_load(path.read_text(encoding="utf-8")))
        except (OSError, TypeError, yaml.YAMLError) as error:
            raise ConfigError(f"{path}: cannot be read as groups, several and gates ({error})") from error
        used = {group for lines in cues.gates.values() for line in lines for group in line}
        if unknown := sorted(used - set(cues.names)):
            raise ConfigError(f"{path}: gates name unknown groups {unknown}; there are {cues.names}")
        return cues

    @property
    def plain(self) -> dict[str, Any]:
        """As an artefact stores it."""
        return {
            "groups": dict(self.groups),
            "several": {name: list(lines) for name, lines in self.several.items()},
            "gates": {topic: [list(line) for line in lines] for topic, lines in self.gates.items()},
        }

    @cached_property
    def names(self) -> list[str]:
        """The columns of `hits`: every group, then for each of `several` one for any and one for two."""
        return [*self.groups, *(column for name in self.several for column in (name, f"two of {name}"))]

    def features(self, items: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """For each (title, lead): hits in the title, hits in both together, and the pairs among either, as 0 or 1."""
        title, both = (self.hits(texts) for texts in ([t for t, _ in items], [f"{t}. {x}" for t, x in items]))
        one, other = np.triu_indices(len(self.names), 1)
        pairs = (part[:, one] * part[:, other] for part in (both, title))
        return np.hstack([title, both, *pairs])

    def hits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A (n, columns) array of 0 and 1."""
        return np.array([self._row(text) for text in texts], np.float32).reshape(len(texts), len(self.names))

    def open_gates(self, topic: str, hits: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which rows of `hits` show a group of every line of the topic's gate."""
        lines = [[self.names.index(group) for group in line] for line in self.gates.get(topic, ())]
        return np.array([all(row[line].any() for line in lines) for row in hits], np.bool_)

    def _row(self, text: str) -> list[int]:
        words = WORD.findall(MISSPELT.sub("OpenAI", text).lower())
        found: set[int] = set()
        for n, word in enumerate(words):
            found |= self._of_word(word)
            for phrase, column in self._phrases.get(word, ()):
                if _matches(phrase, words[n + 1 : n + 1 + len(phrase)]):
                    found.add(column)
        row = [int(column in found) for column in range(len(self.groups))]
        start = len(row)
        for lines in self.several.values():
            count = sum(column in found for column in range(start, start + len(lines)))
            row += [int(count > 0), int(count > 1)]
            start += len(lines)
        return row

    def _of_word(self, word: str) -> frozenset[int]:
        """The lines in which a single word stands; remembered, as few words make up most of the news."""
        if (known := self._memory.get(word)) is None:
            prefixed = {c for length in range(1, len(word) + 1) for c in self._prefixes.get(word[:length], ())}
            known = frozenset(self._whole.get(word, frozenset()) | prefixed)
            if len(self._memory) < 100_000:  # a hostile feed must not fill the memory with made-up words
                self._memory[word] = known
        return known

    @cached_property
    def _memory(self) -> dict[str, frozenset[int]]:
        return {}

    @cached_property
    def _entries(self) -> list[tuple[list[str], int]]:
        """Every entry as its words, with the number of its line: groups first, then the lines of `several`."""
        lines = [*self.groups.values(), *(line for lines in self.several.values() for line in lines)]
        return [(entry.split("-"), n) for n, line in enumerate(lines) for entry in line.split()]

    @cached_property
    def _whole(self) -> dict[str, frozenset[int]]:
        return _collected((w[0], n) for w, n in self._entries if len(w) == 1 and not w[0].endswith("*"))

    @cached_property
    def _prefixes(self) -> dict[str, frozenset[int]]:
        return _collected((w[0][:-1], n) for w, n in self._entries if len(w) == 1 and w[0].endswith("*"))

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[list[str], int]]]:
        """First word to the words that must follow it."""
        phrases: dict[str, list[tuple[list[str], int]]] = {}
        for words, line in self._entries:
            if len(words) > 1:
                phrases.setdefault(words[0], []).append((words[1:], line))
        return phrases


def _matches(phrase: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words follow a phrase's pattern, in which a star ends a beginning or stands for any word.

    >>> _matches(["*", "model*"], ["danish", "models"])
    True
    """
    return len(words) == len(phrase) and all(
        w.startswith(p[:-1]) if p.endswith("*") else w == p for p, w in zip(phrase, words, strict=True)
    )


def _collected(pairs: Any) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for word, line in pairs:
        found.setdefault(word, set()).add(line)
    return {word: frozenset(lines) for word, lines in found.items()}
