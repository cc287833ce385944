"""Cluster: put articles about one development into one story, which keeps its id.

The open window is clustered anew at each run (average link over TF-IDF, title words counted
double), and ids are carried over by greatest overlap: order of arrival then hardly matters.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.domain.article import Article
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.domain.story import Story
from pipeline.ports import Deps, Report

CUT = 0.80
"""Cosine distance at which two groups stay apart; chosen together with TITLE_WEIGHT on labelled stories."""
WINDOW_DAYS = 6.0
"""Articles further apart in time than this are never compared."""
TITLE_WEIGHT = 2
LEAD_CHARACTERS = 1500
WORD = r"\b\w[\w.]+\b"
EARLIEST = datetime.min.replace(tzinfo=UTC)


def run(deps: Deps, scope: Scope) -> Report:
    """Place every classified article in a story."""
    articles = deps.store.open_articles(scope.window)
    before = deps.store.stories([a.id for a in articles])
    groups = cluster(articles)
    stories = carry_ids(groups, before)
    deps.store.save_stories(stories)
    return Report.of("cluster", placed(stories, before))


def cluster(articles: Sequence[Article]) -> list[list[str]]:
    """Groups of article ids; each article is in exactly one group."""
    ordered = sorted(articles, key=lambda a: (a.published is None, a.published or EARLIEST, a.id))
    if len(ordered) < 2:
        return [[a.id] for a in ordered]
    labels = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=CUT
    ).fit_predict(distances(ordered))
    groups: dict[int, list[str]] = {}
    for article, label in zip(ordered, labels, strict=True):
        groups.setdefault(int(label), []).append(article.id)
    return list(groups.values())


def distances(articles: Sequence[Article]) -> NDArray[np.float64]:
    """Cosine distances (n, n) in [0, 1]; 1 where two articles lie more than WINDOW_DAYS apart."""
    texts = [f"{a.title}. " * TITLE_WEIGHT + a.text[:LEAD_CHARACTERS] for a in articles]
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english", token_pattern=WORD)
    try:
        matrix = vectors.fit_transform(texts)
    except ValueError:  # no word in any text
        return 1.0 - np.eye(len(texts))
    away: NDArray[np.float64] = np.clip(1.0 - (matrix @ matrix.T).toarray(), 0.0, 1.0)
    days = np.array([a.published.timestamp() / 86400 if a.published else np.nan for a in articles])
    with np.errstate(invalid="ignore"):
        away[np.abs(days[:, None] - days[None, :]) > WINDOW_DAYS] = 1.0
    np.fill_diagonal(away, 0.0)
    return away


def carry_ids(groups: Sequence[Sequence[str]], before: Sequence[Story]) -> list[Story]:
    """Give each group the id of the story it shares most members with; new ids for the rest.

    >>> carry_ids([["b", "c"]], [Story(id="s1", members=("b",))])
    [Story(id='s1', members=('b', 'c'), topics=())]
    """
    home = {member: story.id for story in before for member in story.members}
    overlaps = Counter((home[m], n) for n, group in enumerate(groups) for m in group if m in home)
    taken: dict[int, str] = {}
    for (story_id, n), _ in sorted(overlaps.items(), key=lambda item: (-item[1], item[0])):
        if n not in taken and story_id not in taken.values():
            taken[n] = story_id
    return [Story(id=taken.get(n) or new_id(group), members=tuple(group)) for n, group in enumerate(groups)]


def new_id(members: Sequence[str]) -> str:
    """A story's id: `s` and 12 hex digits of its first member's id, so that a rerun gives the same."""
    return "s" + hashlib.sha256(members[0].encode()).hexdigest()[:12]


def placed(stories: Sequence[Story], before: Sequence[Story]) -> list[State]:
    """FOUNDED or JOINED for each article that is new in its story, KNOWN for the others."""
    old = {(story.id, member) for story in before for member in story.members}
    known = {story.id for story in before}
    return [
        State.KNOWN
        if (story.id, member) in old
        else State.FOUNDED
        if story.id not in known and member == story.members[0]
        else State.JOINED
        for story in stories
        for member in story.members
    ]
