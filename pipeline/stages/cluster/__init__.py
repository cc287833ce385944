"""Cluster: put articles about one development into one story, which keeps its id.

The open window is clustered anew at each run, and ids are carried over by greatest overlap: order of
arrival then hardly matters. The way of an article: `features` (sketch), `vectors` (likeness), `copies`,
`group` (average link), `lookalikes` (one kind of event at two places), `identity`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from pipeline.domain.article import Article
from pipeline.domain.scope import Scope
from pipeline.domain.sketch import Language, Sketch
from pipeline.domain.story import Story
from pipeline.ports import Deps, Report
from pipeline.stages.cluster.copies import originals
from pipeline.stages.cluster.features import sketcher
from pipeline.stages.cluster.group import average_link
from pipeline.stages.cluster.identity import Group, carry, events, placed
from pipeline.stages.cluster.lookalikes import split
from pipeline.stages.cluster.vectors import among, pairs, vectors

EARLIEST = datetime.min.replace(tzinfo=UTC)


def run(deps: Deps, scope: Scope) -> Report:
    """Place every classified article in a story."""
    language = deps.language()
    maker, sketch = sketcher(language.actors)
    sketches, unread = deps.store.open_sketches(scope.window, maker)
    made = [sketch(article) for article in unread]
    deps.store.save_sketches(made)
    before = deps.store.stories([s.id for s in (*sketches, *made)])
    after = advance([*sketches, *made], before, language)
    now = deps.now()
    deps.store.save_stories(after, now, list(events(before, after, now)))
    return Report.of("cluster", placed(before, after))


def cluster(articles: Sequence[Article], language: Language) -> list[tuple[str, ...]]:
    """Groups of article ids, oldest first; each article is in exactly one group."""
    _, sketch = sketcher(language.actors)
    return [group.members for group in groups([sketch(a) for a in articles], {}, language)]


def advance(sketches: Sequence[Sketch], before: Sequence[Story], language: Language) -> list[Story]:
    """The stories after the open window, `sketches`, was clustered anew; `before` are all that touch it."""
    pins = {member: story.id for story in before for member in story.pinned}
    return carry(groups(sketches, pins, language), before)


def groups(sketches: Sequence[Sketch], pins: Mapping[str, str], language: Language) -> list[Group]:
    """Articles that tell one development. `pins` is article to story, for those that an analyst has placed."""
    ordered = sorted(sketches, key=lambda s: (s.published is not None, s.published or EARLIEST, s.id))
    homes = [pins.get(s.id, "") for s in ordered]
    near = pairs(ordered, vectors(ordered, language))
    carriers: dict[int, list[int]] = {}  # the first article with a text, to every article with it
    for n, first in enumerate(originals(ordered, homes, near)):
        carriers.setdefault(first, []).append(n)
    told = list(carriers)
    once, placed_in = [ordered[n] for n in told], [homes[n] for n in told]
    return [
        _group([told[k] for k in part], carriers, ordered, homes)
        for joined in average_link(placed_in, among(told, near))
        for part in _stories(joined, once, placed_in)
    ]


def _stories(joined: Sequence[int], sketches: Sequence[Sketch], homes: Sequence[str]) -> list[list[int]]:
    """Look-alikes told apart, where no analyst has put them together."""
    return [list(joined)] if any(homes[n] for n in joined) else split(joined, sketches)


def _group(
    told: Sequence[int], carriers: Mapping[int, Sequence[int]], ordered: Sequence[Sketch], homes: Sequence[str]
) -> Group:
    members = sorted(n for first in told for n in carriers[first])
    return Group(
        members=tuple(ordered[n].id for n in members),
        copies=frozenset(ordered[n].id for n in members if n not in carriers),
        home=max(homes[n] for n in members),
    )
