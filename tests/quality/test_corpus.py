"""The corpus is written freely, balanced, and has nothing in common with what the model is judged on."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from pipeline import settings
from pipeline.adapters.cues import Cues

MODELS = settings.CHECKOUT / "models"
TOPICS = [t.id for t in settings.Settings().topics()]
NEAR_MISSES = {
    "model-release and business of open labs": {"model-release", "open-lab-business", "vendor-post"},
    "research on open models": {"research-on-open-models"},
    "misuse": {"misuse-crime"},
    "software outside AI": {"open-software-not-ai"},
    "sovereign AI": {"sovereign-ai-without-openness"},
    "leaks and intelligence": {"leak-or-osint"},
    "unilateral measures": {"unilateral-measure"},
    "rivalry": {"rivalry"},
    "domestic law": {"domestic-law", "senate-hearing-or-forum"},
    "studies of bodies": {"body-study"},
    "companies across borders": {"cross-border-company"},
    "industry summits": {"industry-summit"},
    "cooperation, not on AI": {"cooperation-not-ai"},
}
WORD = re.compile(r"[\w'’-]+")
Run = tuple[str, ...]


def load(*folders: str) -> list[dict[str, Any]]:
    paths = sorted(path for folder in folders for path in (MODELS / folder).glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


CORPUS, FROZEN = load("corpus"), load("frozen")
ITEMS = [*CORPUS, *FROZEN]


def runs(item: dict[str, Any], length: int) -> set[Run]:
    words = WORD.findall(f"{item['title']} . {item['text']}".lower())
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}


def shared(items: list[dict[str, Any]], length: int) -> dict[Run, list[int]]:
    found: dict[Run, list[int]] = defaultdict(list)
    for n, item in enumerate(items):
        for run in runs(item, length):
            found[run].append(n)
    return found


def copies(items: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Pairs that share over half of the shorter one's runs of four words."""
    size = [len(runs(item, 4)) for item in items]
    common = Counter(pair for places in shared(items, 4).values() for pair in combinations(places, 2))
    for (a, b), count in common.items():
        if count > 0.5 * min(size[a], size[b]):
            yield items[a]["id"], items[b]["id"]


def test_no_run_of_five_words_stands_in_more_than_three_items() -> None:
    assert [" ".join(run) for run, places in shared(ITEMS, 5).items() if len(places) > 3] == []


def test_no_two_items_share_over_half_of_their_runs_of_four_words() -> None:
    assert list(copies(ITEMS)) == []


def test_the_check_for_copies_finds_one() -> None:
    text = "Ministers of nine states met in the old harbour to sign a treaty."
    items = [{"id": "a", "title": text, "text": ""}, {"id": "b", "title": text.replace("nine", "ten"), "text": ""}]

    assert list(copies(items)) == [("a", "b")]


def test_ids_are_unique_and_titles_too() -> None:
    assert [i for i, n in Counter(item["id"] for item in ITEMS).items() if n > 1] == []
    assert [t for t, n in Counter(item["title"].casefold() for item in ITEMS).items() if n > 1] == []


def test_there_are_enough_items_of_every_sort() -> None:
    assert len(CORPUS) >= 1500
    assert all(sum(item[topic] for item in CORPUS) >= 350 for topic in TOPICS)
    assert sum(all(item[topic] for topic in TOPICS) for item in CORPUS) >= 60


@pytest.mark.parametrize("name", sorted(NEAR_MISSES))
def test_every_near_miss_of_the_codebook_has_sixty_items(name: str) -> None:
    kinds = NEAR_MISSES[name]

    assert sum(item["kind"] in kinds and not any(item[t] for t in TOPICS) for item in ITEMS) >= 60


def test_a_kind_of_news_has_one_label_a_topic() -> None:
    labels = {(item["kind"], *(item[topic] for topic in TOPICS)) for item in ITEMS}

    assert [kind for kind, n in Counter(kind for kind, *_ in labels).items() if n > 1] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_neither_length_nor_a_missing_text_tells_the_label(topic: str) -> None:
    sides = [[item for item in CORPUS if item[topic] == label] for label in (0, 1)]

    bare = [fmean(not item["text"] for item in side) for side in sides]
    length = [fmean(len(item["text"]) for item in side) for side in sides]
    assert abs(bare[0] - bare[1]) < 0.1
    assert 0.7 < length[0] / length[1] < 1.4


def test_nothing_that_is_frozen_is_trained_on() -> None:
    assert {item["id"] for item in FROZEN}.isdisjoint(item["id"] for item in CORPUS)
    assert len(FROZEN) >= 150


@pytest.mark.parametrize("name", ["dev.jsonl", "unlabelled_sample.jsonl"])
def test_no_item_overlaps_with_an_evaluation_file(eval_data: Path, name: str) -> None:
    known = [json.loads(line) for line in (eval_data / "flags" / name).read_text(encoding="utf-8").splitlines()]
    read = [{"title": row["title"] or "", "text": row["text"] or ""} for row in known]
    there = {run for row in read for run in runs(row, 8)}

    assert [item["id"] for item in ITEMS if runs(item, 8) & there] == []
    assert {row["title"].casefold() for row in read if row["title"]}.isdisjoint(i["title"].casefold() for i in ITEMS)


def test_the_gates_of_the_cues_name_topics_that_are_configured() -> None:
    assert set(Cues.of_file(MODELS / "cues.yaml").gates) <= set(TOPICS)
