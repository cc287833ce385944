"""The ablation: every variant has figures, and what tells the topics apart shows in them."""

from __future__ import annotations

from pipeline.adapters.cues import Cues
from pipeline.training.ablation import ablation
from pipeline.training.corpus import Item

CUES = Cues(groups={"sky": "rain storm", "game": "cup match"}, gates={"weather": [["sky"]]})
WORDS = {"weather": "rain storm cloud wind", "": "tax budget rates bank"}


def items() -> list[Item]:
    return [
        Item(title=f"{words[n % 4]} {words[(n + 1) % 4]} report {n}", text="", labels={"weather": int(bool(topic))})
        for topic, words in ((t, w.split()) for t, w in WORDS.items())
        for n in range(12)
    ]


def test_every_variant_has_average_precision_and_f1_of_every_topic() -> None:
    rows = [{"title": item.title, "text": None, **item.labels} for item in items()]

    found = ablation(items(), rows, ["weather"], CUES)

    assert list(found)[-1] == "everything"
    assert {"kinds alone", "without cues", "without word vectors", "without gates", "half of the corpus"} < set(found)
    assert found["everything"]["weather"] == [1.0, 1.0]
    assert all(0 <= value <= 1 for by_topic in found.values() for value in by_topic["weather"])
    assert found["meaning alone"]["weather"] == [1.0, 1.0]
