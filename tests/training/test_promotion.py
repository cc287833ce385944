"""Feedback: verdicts are weighed with caps, a challenger must not be worse, and every promotion can be taken back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import settings
from pipeline.adapters import model
from pipeline.domain.topic import Judged, Topic, Verdict, Word
from pipeline.errors import UsageError
from pipeline.ports import Score
from pipeline.training.corpus import Item
from pipeline.training.promotion import CAP, challenge, compare, history, lessons, rollback

NOON = datetime(2025, 7, 26, 12, tzinfo=UTC)
TOPICS = settings.Settings().topics()
OPEN = TOPICS[0].id


@pytest.fixture
def models(tmp_path: Path) -> Path:
    shutil.copytree(settings.CHECKOUT / "models", tmp_path / "models")
    return tmp_path / "models"


def said(
    n: int, word: Word = Word.RELEVANT, analyst: str = "ada", outlet: str = "The Harbor", text: str = "", hour: int = 0
) -> Judged:
    created = NOON + timedelta(hours=hour)
    verdict = Verdict(article_id=f"a{n}", topic=OPEN, word=word, analyst=analyst, model_id="m1", created=created)
    return Judged(verdict=verdict, title=f"Item {n}", text=text, outlet=outlet)


def weight(items: list[Item]) -> float:
    return sum(item.weight for item in items)


def test_a_verdict_becomes_a_label_of_its_topic_alone() -> None:
    [yes, no] = lessons([said(1), said(2, Word.NOT)])

    assert (yes.labels, no.labels) == ({OPEN: 1}, {OPEN: 0})
    assert (yes.weight, yes.kind) == (1.0, "")


@pytest.mark.parametrize("word", [Word.WRONG_STORY, Word.WITHDRAWN])
def test_a_word_without_a_label_teaches_nothing(word: Word) -> None:
    assert lessons([said(1, word)]) == []


def test_fault_60_one_analyst_weighs_no_more_than_the_cap() -> None:
    assert weight(lessons([said(n, outlet=f"o{n}", hour=n) for n in range(500)])) == pytest.approx(CAP)


def test_fault_60_one_outlet_weighs_no_more_than_the_cap() -> None:
    assert weight(lessons([said(n, analyst=f"a{n}", hour=n) for n in range(500)])) == pytest.approx(CAP)


def test_fault_60_one_hour_weighs_no_more_than_the_cap() -> None:
    assert weight(lessons([said(n, analyst=f"a{n}", outlet=f"o{n}") for n in range(500)])) == pytest.approx(CAP)


def test_few_honest_verdicts_keep_their_weight() -> None:
    assert weight(lessons([said(n) for n in range(20)])) == 20


def test_fault_60_five_hundred_poisoned_verdicts_of_one_hour_flip_nothing(models: Path) -> None:
    frozen = [json.loads(line) for line in (models / "frozen" / "items.jsonl").read_text().splitlines()]
    true = [row for row in frozen if row[OPEN]]
    poison = [
        said(n, Word.NOT, text=f"{true[n % len(true)]['title']} {true[n % len(true)]['text']}") for n in range(500)
    ]
    before = model.manifest(models)["model_id"]

    report = challenge(models, TOPICS, poison, NOON)

    figures = report["frozen"][OPEN]
    assert report["weight"] == pytest.approx(CAP, abs=0.1)
    assert report["promoted"] is not any(f["worse"] for f in report["frozen"].values())
    now = model.manifest(models)["model_id"]
    assert now == (report["challenger"] if report["promoted"] else before)
    if report["promoted"]:
        assert figures["f1"]["challenger"] >= figures["f1"]["champion"] - 0.01


def test_a_challenger_that_is_not_worse_is_promoted_recorded_and_can_be_rolled_back(models: Path) -> None:
    ids = [t.id for t in TOPICS]
    before = model.manifest(models)["model_id"]
    good = [said(1, text="Ministers debate whether open weights should be banned, and who may publish models.")]

    report = challenge(models, TOPICS, good, NOON)

    assert report["promoted"]
    assert model.load(models, ids).model_id == report["challenger"] != before
    [line] = history(models)
    assert (line["model_id"], line["replaced"], line["why"]) == (report["challenger"], before, "1 verdicts")
    assert rollback(models, NOON) == before
    assert model.load(models, ids).model_id == before
    assert [entry["why"] for entry in history(models)] == ["1 verdicts", "rollback"]
    with pytest.raises(UsageError, match="nothing to roll back"):
        rollback(models, NOON)


def test_without_a_verdict_there_is_nothing_to_learn(models: Path) -> None:
    with pytest.raises(UsageError, match="nothing to learn"):
        challenge(models, TOPICS, [said(1, Word.WITHDRAWN)], NOON)


class Fixed:
    """Gives each title the probability that it says."""

    def __init__(self, model_id: str, right: float) -> None:
        self.model_id, self.right = model_id, right

    def score(self, items: Sequence[tuple[str, str]]) -> list[dict[str, Score]]:
        chance = {"1": self.right, "0": 1 - self.right}
        return [{OPEN: Score(probability=chance[title])} for title, _ in items]


def test_a_challenger_that_is_worse_on_the_frozen_set_is_named_so() -> None:
    frozen = [Item(title=str(n % 2), text="", labels={OPEN: n % 2}) for n in range(40)]
    topic = Topic(id=OPEN, label="Open", threshold=0.5)

    worse = compare(frozen, topic, Fixed("old", 0.9), Fixed("new", 0.4))
    same = compare(frozen, topic, Fixed("old", 0.9), Fixed("new", 0.8))

    assert worse["worse"]
    assert worse["f1"]["difference"][1] < 0
    assert not same["worse"]
