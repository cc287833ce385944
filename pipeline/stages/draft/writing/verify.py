"""The last check before a brief is put together: every sentence against every source it cites, as the linter does it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.domain.article import Article
from pipeline.domain.citation import cite
from pipeline.domain.lint import lint
from pipeline.stages.draft.evidence.support import judge
from pipeline.stages.draft.facts import Cite, Line

CODES = frozenset({"V02", "V03", "V04", "V06", "V09"})
NUMBER = re.compile(r"\[(\d+)\]")
ROUNDS = 3


def verified(lines: Sequence[Line], articles: Sequence[Article], withheld: list[str]) -> list[Line]:
    """The lines that stand, without the second citations that do not; what is left out is noted in `withheld`."""
    kept = list(lines)
    for _ in range(ROUNDS):
        faults = _faults(kept, articles)
        if not faults:
            break
        kept = [better for n, line in enumerate(kept) if (better := _mended(line, faults.get(n, ()), withheld))]
    return kept


def _mended(line: Line, faults: Sequence[str], withheld: list[str]) -> Line | None:
    """The line without the citations that are at fault; None where it is its own source's."""
    if not faults:
        return line
    wrong = {int(n) - 1 for fault in faults for n in NUMBER.findall(fault)}
    own = line.cites[0].article
    if not wrong or own in wrong:
        withheld.append(f"{line.text[:60]} ({faults[0]})")
        return None
    return replace(line, cites=tuple(c for c in line.cites if c.article not in wrong))


def _faults(lines: Sequence[Line], articles: Sequence[Article]) -> dict[int, list[str]]:
    """What the linter finds wrong with the evidence of each line, by the line's place; numbers are articles' places."""
    sources = [{"n": n, "title": a.title, "article_id": a.id, "group": n} for n, a in enumerate(articles, 1)]
    statements = [
        {"text": line.text, "evidence": [_evidence(c, articles) for c in line.cites]} for line in lines
    ]  # fmt: skip
    text = "".join(f"{cite(x.text, [c.article + 1 for c in x.cites])}\n" for x in lines) + "It ends here.\n"
    record = {"sources": sources, "statements": statements, "title": "", "quote": None, "quote_why": "not judged here"}
    found: dict[int, list[str]] = {}
    for finding in lint(text, record=record, articles={a.id: a.text for a in articles}, judge=judge):
        if finding.code in CODES:
            found.setdefault(finding.paragraph - 1, []).append(f"{finding.code} {finding.message}")
    return found


def _evidence(cited: Cite, articles: Sequence[Article]) -> dict[str, object]:
    article = articles[cited.article]
    return {"source": cited.article + 1, "article_id": article.id, "start": cited.start, "end": cited.end}
