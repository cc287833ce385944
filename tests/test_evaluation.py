"""The figures themselves: small cases worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pipeline import evaluation
from pipeline.domain.sketch import Language
from pipeline.domain.topic import Topic
from pipeline.ports import Score

TOPIC = Topic(id="t", label="T", threshold=0.5)


class Echo:
    """A classifier whose probability is the title."""

    model_id = "echo"

    def score(self, items: Iterable[tuple[str, str]]) -> list[dict[str, Score]]:
        return [{"t": Score(probability=float(title))} for title, _ in items]


def rows(*pairs: tuple[float, int | None]) -> list[dict[str, object]]:
    return [{"id": str(n), "title": str(p), "text": "", "t": label} for n, (p, label) in enumerate(pairs)]


def test_flags_are_set_from_the_threshold_and_counted() -> None:
    predictions, figures = evaluation.flags(rows((0.9, 1), (0.5, 0), (0.4, 1), (0.1, 0)), Echo(), [TOPIC])

    assert [p["flags"] for p in predictions] == [["t"], ["t"], [], []]
    assert figures["t"]["precision"] == 0.5
    assert figures["t"]["recall"] == 0.5
    assert figures["t"]["average_precision"] == pytest.approx((1 + 2 / 3) / 2, abs=1e-4)


def test_a_topic_without_labels_has_no_figures() -> None:
    unlabelled = [{k: v for k, v in row.items() if k != "t"} for row in rows((0.9, None), (0.5, None))]

    assert evaluation.flags(unlabelled, Echo(), [TOPIC])[1] == {}


def test_b_cubed_weighs_every_item_the_same() -> None:
    truth = {"a": 1, "b": 1, "c": 2, "d": None}
    guess = {"a": "x", "b": "y", "c": "y", "d": "z"}

    figures = evaluation.b_cubed(truth, guess)

    assert figures == {"precision": 0.75, "recall": 0.75, "f1": 0.75}
    assert evaluation.b_cubed(truth, guess, only_clustered=True)["precision"] == pytest.approx(2 / 3, abs=1e-4)


def test_perfect_stories_score_one_online_and_in_a_batch() -> None:
    texts = {"fish": "Ministers agree quotas for herring in the northern sea", "chip": "A factory for lenses opens"}
    told = [
        {"id": f"{name}{n}", "title": "", "text": text, "source": str(n), "date": f"2025-07-0{n}", "cluster": name}
        for name, text in texts.items()
        for n in (1, 2)
    ]

    _, figures = evaluation.stories(told, Language())

    assert figures["online"]["all"]["f1"] == figures["batch"]["all"]["f1"] == 1.0


def test_support_is_judged_by_all_references_together_and_by_subset() -> None:
    claims = [
        {"id": 1, "claim": "x", "references": ["0.1", "0.9"], "supported": True, "subset": "a"},
        {"id": 2, "claim": "x", "references": ["0.2"], "supported": False, "subset": "a"},
        {"id": 3, "claim": "x", "references": ["0.8"], "supported": False, "subset": "b"},
    ]

    predictions, figures = evaluation.support(claims, lambda _, texts: max(map(float, texts)), 0.5)

    assert [(p["supported"], p["score"]) for p in predictions] == [(True, 0.9), (False, 0.2), (True, 0.8)]
    assert figures["by_subset"]["a"] == 1.0
    assert figures["by_subset"]["b"] == 0.0
    assert figures["macro_f1"] == pytest.approx(2 / 3, abs=1e-4)
    assert (figures["auc"], figures["subset_mean"]) == (1.0, 0.5)


@pytest.mark.parametrize("date", ["fetched", "soon", "2025-13", ""])
def test_a_date_that_is_none_is_no_date(date: object) -> None:
    assert evaluation.moment(date) is None
