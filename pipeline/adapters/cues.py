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

MEMORY = 100_000
"""Words that are remembered: a hostile feed must not fill the memory with made-up ones."""


@dataclass(frozen=True, kw_only=True)
class CueHits:
    """What a batch shows, as (n, names) arrays of 0 and 1: in the title, and in title or lead."""

    title: NDArray[np.float32]
    both: NDArray[np.float32]

    @property
    def features(self) -> NDArray[np.float32]:
        """The hits, and the pairs that meet in one of the two."""
        one, other = np.triu_indices(self.title.shape[1], 1)
        pairs = (part[:, one] * part[:, other] for part in (self.both, self.title))
        return np.hstack([self.title, self.both, *pairs])


@dataclass(frozen=True, kw_only=True)
class Cues:
    """Word groups, things of which a text may name several, and the groups that a topic's texts must show."""

    groups: Mapping[str, str]
    several: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gates: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)

    @classmethod
    def of_file(cls, path: Path) -> Cues:
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
        """The columns of hits: every group, then for each of `several` one for any and one for two."""
        return [*self.groups, *(column for name in self.several for column in (name, f"two of {name}"))]

    @property
    def width(self) -> int:
        """How many features `CueHits.features` has."""
        return 2 * len(self.names) + len(self.names) * (len(self.names) - 1)

    def read(self, items: Sequence[tuple[str, str]]) -> CueHits:
        """The cues of each (title, lead)."""
        found = [(self._found(title), self._found(lead)) for title, lead in items]
        return CueHits(
            title=self._rows([title for title, _ in found]), both=self._rows([title | lead for title, lead in found])
        )

    def open_gates(self, topic: str, hits: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which rows of hits show a group of every line of the topic's gate."""
        lines = [[self.names.index(group) for group in line] for line in self.gates.get(topic, ())]
        shown = [hits[:, line].any(axis=1) for line in lines]
        result: NDArray[np.bool_] = np.all([np.ones(len(hits), np.bool_), *shown], axis=0)
        return result

    def _rows(self, found: Sequence[set[int]]) -> NDArray[np.float32]:
        """An (n, names) array of 0 and 1 from the lines that each text shows."""
        lines = np.zeros((len(found), len(self._lines)), np.float32)
        for n, of in enumerate(found):
            lines[n, list(of)] = 1
        columns, start = [lines[:, : len(self.groups)]], len(self.groups)
        for things in self.several.values():
            count = lines[:, start : start + len(things)].sum(axis=1, keepdims=True)
            columns += [count > 0, count > 1]
            start += len(things)
        return np.hstack(columns).astype(np.float32)

    def _found(self, text: str) -> set[int]:
        """The numbers of the lines of which a text shows an entry."""
        words = WORD.findall(MISSPELT.sub("OpenAI", text).lower())
        found: set[int] = set()
        memory = self._memory
        for n, word in enumerate(words):
            lines, phrases = memory.get(word) or self._of_word(word)
            if lines:
                found |= lines
            for phrase, line in phrases:
                if line not in found and _matches(phrase, words[n + 1 : n + 1 + len(phrase)]):
                    found.add(line)
        return found

    def _of_word(self, word: str) -> tuple[frozenset[int], Sequence[tuple[list[str], int]]]:
        """The lines in which a word stands alone, and the phrases that it begins; most news is made of few words."""
        prefixed = {c for length in range(1, len(word) + 1) for c in self._prefixes.get(word[:length], ())}
        known = frozenset(self._whole.get(word, frozenset()) | prefixed), self._phrases.get(word, ())
        if len(self._memory) < MEMORY:
            self._memory[word] = known
        return known

    @cached_property
    def _memory(self) -> dict[str, tuple[frozenset[int], Sequence[tuple[list[str], int]]]]:
        return {}

    @cached_property
    def _lines(self) -> list[str]:
        """Every line of entries: groups first, then the lines of `several`."""
        return [*self.groups.values(), *(line for lines in self.several.values() for line in lines)]

    @cached_property
    def _entries(self) -> list[tuple[list[str], int]]:
        """Every entry as its words, with the number of its line."""
        return [(entry.split("-"), n) for n, line in enumerate(self._lines) for entry in line.split()]

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
