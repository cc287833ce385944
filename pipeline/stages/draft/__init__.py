"""Draft: compile a story's articles into a brief whose every sentence is cited and checked.

The writer is extractive: sentences are taken over with light edits, so that each can be traced to
its span. What cannot be checked is withheld, and the record says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, NoBrief, Statement
from pipeline.domain.revision import revised
from pipeline.domain.scope import Scope
from pipeline.ports import Deps, Report, Support
from pipeline.stages.draft.choice.gather import gather
from pipeline.stages.draft.choice.ground import Ground
from pipeline.stages.draft.choice.order import PARAGRAPHS, arrange
from pipeline.stages.draft.choice.plan import Plan, plan
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.words import count
from pipeline.stages.draft.texts.copies import copy_groups
from pipeline.stages.draft.texts.readings import read
from pipeline.stages.draft.writing.compose import Scene, compose
from pipeline.stages.draft.writing.reword import reworded

__all__ = ["compile_brief", "run"]

SOURCES = 3
EVIDENCE_WORDS = 400
SHORT_SENTENCES = 9
ROUNDS = 4
LATEST = datetime.max.replace(tzinfo=UTC)


def run(deps: Deps, scope: Scope) -> Report:
    """Compile a brief of every flagged story that changed."""
    stories = deps.store.pending_stories(scope)
    articles = {a.id: a for a in deps.store.articles([m for s in stories for m in s.members])}
    briefs: list[Brief | NoBrief] = []
    for story in stories:
        members = [articles[m] for m in story.members if m in articles]
        before = next(iter(deps.store.briefs(story.id)), None)
        brief = _drafted(story.id, story.topics, members, before, deps.support())
        if deps.wording and isinstance(brief, Brief) and brief is not before:
            brief = reworded(brief, members, deps.wording)
        briefs.append(revised(before, brief) if before and isinstance(brief, Brief) else brief)
        deps.tell(len(briefs), len(stories))
    return Report.of("draft", deps.store.save_briefs(briefs, deps.now()))


def compile_brief(
    story_id: str,
    topics: Sequence[str],
    articles: Sequence[Article],
    before: Brief | None = None,
    *,
    support: Support,
) -> Brief | NoBrief:
    """The story's brief, short where the evidence is thin; the same articles in any order give the same brief.

    `before` is its last revision: what an analyst wrote there stays, and what is new is marked.
    """
    brief = _drafted(story_id, topics, articles, before, support)
    return revised(before, brief) if before and isinstance(brief, Brief) else brief


def _drafted(
    story_id: str, topics: Sequence[str], articles: Sequence[Article], before: Brief | None, support: Support
) -> Brief | NoBrief:
    """The draft, which leaves a story that did not change as it is.

    What the last revision has weighs more, so a draft is drafted again on itself until nothing moves: otherwise the
    next run would change words although no article did.
    """
    usable = [a for a in articles if a.citable and a.text.strip() and a.language.startswith("en")]
    ordered = tuple(sorted(usable, key=lambda a: (a.published or LATEST, a.id)))
    if not ordered:
        return NoBrief(story=story_id, topics=tuple(topics), reason="no article with English text that may be cited")
    dropped: Counter[str] = Counter()
    groups = copy_groups(ordered)
    readings = read(ordered, groups, dropped)
    support = support.of_story()
    scene = Scene(
        story=story_id, topics=tuple(topics), articles=ordered, groups=tuple(groups), readings=tuple(readings),
        support=support,
    )  # fmt: skip
    withheld: list[str] = []
    facts = gather(readings, withheld, dropped, support)
    draft = _written(scene, facts, withheld, {})
    if before is None:
        return draft
    if isinstance(draft, Brief) and revised(before, draft) is before:
        return before
    edited = _spans(s for s in before.statements if s.edited)
    kept = _spans(before.statements)
    for _ in range(ROUNDS):
        draft = _written(scene, facts, withheld, kept)
        if isinstance(draft, NoBrief) or kept == (kept := edited | _spans(draft.statements)):
            break
    return draft


def _spans(statements: Iterable[Statement]) -> dict[tuple[str, int], str]:
    """What some statements say, by the article and start of every sentence that they rest on."""
    return {(e.article_id, e.start): s.text for s in statements for e in s.evidence}


def _written(
    scene: Scene, facts: Sequence[Fact], withheld: Sequence[str], kept: Mapping[tuple[str, int], str]
) -> Brief | NoBrief:
    told = [replace(f, kept=kept.get((scene.articles[f.article].id, f.cites[0].start), "")) for f in facts]
    ground = Ground.of(told, scene.readings, scene.texts, scene.support)
    if ground is None:
        reason = "no sentence at the head of an article can stand as the lead"
        return NoBrief(story=scene.story, topics=scene.topics, reason=reason)
    draft, lost = _once(scene, plan(ground), withheld)
    if isinstance(draft, NoBrief) or not lost:
        return draft
    again, _ = _once(scene, plan(ground, without=lost), draft.withheld)
    return max((draft, again), key=_told_words)


def _once(scene: Scene, chosen: Plan, withheld: Sequence[str]) -> tuple[Brief | NoBrief, frozenset[tuple[int, int]]]:
    """A draft, and the article and place of each chosen sentence that found no place in it: others may have its room."""
    draft = _full(scene, chosen, withheld) or _short(scene, chosen, _thin(scene), withheld)
    if isinstance(draft, NoBrief):
        return draft, frozenset()
    said = {(e.article_id, e.start) for s in draft.statements for e in s.evidence}
    body = chosen.body[:SHORT_SENTENCES] if draft.short else chosen.body
    lost = (f for f in body if (scene.articles[f.article].id, f.cites[0].start) not in said)
    return draft, frozenset((f.article, f.place) for f in lost)


def _told_words(draft: Brief | NoBrief) -> int:
    """How much a draft tells."""
    return sum(count(s.text) for s in draft.statements if s.paragraph) if isinstance(draft, Brief) else 0


def _thin(scene: Scene) -> str:
    """Why the evidence is too little for a full brief, or nothing."""
    independent = len(set(scene.groups))
    words = sum(count(a.text) for a in scene.articles)
    if independent < SOURCES:
        return f"{independent} independent source{'s' if independent > 1 else ''}, {SOURCES} needed"
    return f"{words} words of text, {EVIDENCE_WORDS} needed" if words < EVIDENCE_WORDS else ""


def _full(scene: Scene, chosen: Plan, withheld: Sequence[str]) -> Brief | None:
    """A full brief, or None where the evidence or the checked sentences do not reach."""
    if _thin(scene):
        return None
    noted = list(withheld)
    paragraphs = arrange(chosen.lead, chosen.body, chosen.meaning, chosen.links, noted, chosen.actors)
    if len(paragraphs) < PARAGRAPHS[0]:
        return None
    brief = compose(scene, chosen, paragraphs, "", noted)
    return brief if isinstance(brief, Brief) and _enough(brief) else None


def _enough(brief: Brief) -> bool:
    return len({s.paragraph for s in brief.statements if s.paragraph}) >= PARAGRAPHS[0] and len(brief.sources) > 1


def _short(scene: Scene, chosen: Plan, why: str, withheld: Sequence[str]) -> Brief | NoBrief:
    noted = list(withheld)
    few: tuple[Fact, ...] = chosen.body[:SHORT_SENTENCES]
    paragraphs = arrange(chosen.lead, few, chosen.meaning, chosen.links, noted, chosen.actors, most=4)
    if len(paragraphs) < 2:
        reason = "nothing beside the lead can be cited"
        return NoBrief(story=scene.story, topics=scene.topics, reason=reason)
    why = why or f"only {len(chosen.body)} sentences passed the check"
    rest = tuple(f for f in (*chosen.body[SHORT_SENTENCES:], *chosen.spare))
    return compose(scene, replace(chosen, body=few, spare=rest), paragraphs, why, noted)
