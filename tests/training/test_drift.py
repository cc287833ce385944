"""The drift report: figures by week, so that somebody sees when the news changes under the model."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipeline.domain.article import Article
from pipeline.domain.topic import Flag
from pipeline.training.drift import drift

MONDAY = datetime(2025, 7, 21, tzinfo=UTC)


def flag(name: str, probability: float) -> Flag:
    return Flag(article_id=name, topic="ai", probability=probability, flagged=probability >= 0.5, model_id="m1")


def article(name: str, title: str) -> Article:
    return Article(id=name, url="", outlet="", title=title, text="")


def test_each_week_has_its_share_of_flags_its_probabilities_and_its_unknown_words() -> None:
    flags = [(MONDAY, flag("a", 0.9)), (MONDAY, flag("b", 0.1)), (MONDAY + timedelta(weeks=1), flag("c", 0.2))]
    articles = [article("a", "treaty signed"), article("b", "quorble treaty"), article("c", "zzyzx")]

    report = drift(flags, articles, {"treaty", "signed"})

    assert list(report) == ["2025-W30", "2025-W31"]
    assert report["2025-W30"]["articles"] == 2
    assert report["2025-W30"]["unknown_words"] == 0.25
    assert report["2025-W30"]["ai"] == {"flagged": 0.5, "mean": 0.5, "median": 0.5, "ninetieth_percentile": 0.82}
    assert report["2025-W31"]["ai"]["flagged"] == 0
    assert report["2025-W31"]["unknown_words"] == 1


def test_no_flags_give_no_weeks() -> None:
    assert drift([], [], set()) == {}
