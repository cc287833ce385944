"""Classify: flag every article that nobody has flagged yet, or every one of a window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.domain.article import Article
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.domain.topic import Flag, Topic
from pipeline.ports import Classifier, Deps, Report

BATCH = 500


def run(deps: Deps, scope: Scope) -> Report:
    """Flag pending articles in batches; the model is loaded only when there is one to flag."""
    articles = deps.store.pending_articles(scope)
    topics = [t for t in deps.topics if not scope.topics or t.id in scope.topics]
    states: list[State] = []
    if articles:
        model = deps.classifier()
        for start in range(0, len(articles), BATCH):
            flags = list(flag(articles[start : start + BATCH], topics, model))
            deps.store.save_flags(flags)
            states += outcomes(articles[start : start + BATCH], flags)
            deps.tell(len(states), len(articles))
    return Report.of("classify", states)


def flag(articles: Sequence[Article], topics: Sequence[Topic], model: Classifier) -> Iterator[Flag]:
    """One flag for each article and topic, decided by the topic's threshold."""
    scores = model.score([(a.title, a.text) for a in articles])
    for article, by_topic in zip(articles, scores, strict=True):
        for topic in topics:
            score = by_topic[topic.id]
            yield Flag(
                article_id=article.id,
                topic=topic.id,
                probability=score.probability,
                flagged=score.probability >= topic.threshold,
                model_id=model.model_id,
                terms=score.terms,
                sentence=score.sentence,
            )


def outcomes(articles: Sequence[Article], flags: Sequence[Flag]) -> list[State]:
    """FLAGGED for an article with at least one flag set, NOT_FLAGGED for the others."""
    flagged = {f.article_id for f in flags if f.flagged}
    return [State.FLAGGED if a.id in flagged else State.NOT_FLAGGED for a in articles]
