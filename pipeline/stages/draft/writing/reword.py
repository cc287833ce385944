"""A finished brief in a language model's words, sentence by sentence, as far as each passes all checks.

The built-in writer's sentences are the facts. A proposal takes the place of the fact it names only if the brief with it
has no finding that it had not before; the others stay as they were, and the record says which were refused and why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, Statement
from pipeline.domain.lint import lint
from pipeline.domain.lint.layout import sentences
from pipeline.domain.record import to_record
from pipeline.domain.text import one_line
from pipeline.errors import WriterError
from pipeline.ports import Proposal, Wording
from pipeline.stages.draft.evidence.support import check, judge
from pipeline.stages.draft.facts import COPY_WORDS
from pipeline.stages.draft.language.words import count, longest_run
from pipeline.stages.draft.standing.refuse import refused

MOST_WORDS = 45
SHOWN = 80
"""Letters of a refused proposal that the record keeps."""
FOREIGN = re.compile(
    r"[\[\]<>{}|`*_#\\]|https?:|www\.|mailto:|@|\w\.(?:com|org|net|io|ai|example)\b|[^\S ]|[\u201c\u201d\"]"
)


def reworded(brief: Brief, articles: Sequence[Article], wording: Wording) -> Brief:
    """The brief with the model's sentences where they pass; with none, the built-in writer's brief and the reason."""
    facts = [n for n, s in enumerate(brief.statements) if s.evidence and not s.edited]
    try:
        proposals = wording.word([brief.statements[n].text for n in facts])
    except WriterError as error:
        return replace(brief, withheld=(*brief.withheld, f"{wording.name}: {error}; the built-in writer took over"))
    texts = {a.id: a.text for a in articles}
    notes: list[str] = []
    taken: set[int] = set()
    for proposal in proposals:
        place = _place(proposal, facts)
        changed, why = (None, "names no single fact") if place is None else _changed(brief, place, proposal, texts)
        why = "its fact is worded already" if place in taken else why or _worse(brief, changed, texts)
        if why:
            notes.append(f"{wording.name}, refused ({why}): {one_line(proposal.text)[:SHOWN]}")
        elif changed is not None and place is not None:
            brief = changed
            taken.add(place)
    writer = f"{brief.writer}, {wording.name}" if taken else brief.writer
    return replace(brief, writer=writer, withheld=(*brief.withheld, *notes))


def _worse(brief: Brief, changed: Brief | None, texts: Mapping[str, str]) -> str:
    """The first finding that the changed brief has and the other has not."""
    found = _findings(changed, texts) if changed is not None else set()
    return next(iter(sorted(found - _findings(brief, texts))), "") if found else ""


def _place(proposal: Proposal, facts: Sequence[int]) -> int | None:
    """The statement that the proposal words; None where it names no fact, an unknown one, or several."""
    named = sorted(set(proposal.facts))
    return facts[named[0] - 1] if len(named) == 1 and 1 <= named[0] <= len(facts) else None


def _changed(brief: Brief, place: int, proposal: Proposal, texts: Mapping[str, str]) -> tuple[Brief | None, str]:
    """The brief with the proposal in its place, or why it may not stand there."""
    old = brief.statements[place]
    new = replace(old, text=proposal.text)
    if why := _unfit(new, old, texts):
        return None, why
    return replace(brief, statements=(*brief.statements[:place], new, *brief.statements[place + 1 :])), ""


def _unfit(new: Statement, old: Statement, texts: Mapping[str, str]) -> str:
    """What is wrong with a proposed sentence by itself: its form, its length, or what it says beside the fact."""
    text = new.text
    if text != one_line(text) or FOREIGN.search(text):
        return "holds marks, links or markup"
    if len(sentences(text)) != 1 or not text.endswith("."):
        return "is not one sentence"
    if count(text) > MOST_WORDS:
        return f"has over {MOST_WORDS} words"
    if why := refused(text):
        return why
    if any(longest_run(text, texts[e.article_id]) > COPY_WORDS for e in new.evidence if e.article_id in texts):
        return "is a copy of its source"
    return check(text, old.text) or ""


def _findings(brief: Brief, texts: Mapping[str, str]) -> set[str]:
    return {str(f) for f in lint(brief.text, record=to_record(brief), articles=texts, judge=judge)}
