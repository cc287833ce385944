from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain.brief import Brief, changed_sources, gone_sources
from pipeline.domain.lint import lint
from pipeline.domain.record import from_record, to_record
from pipeline.domain.revision import rewritten
from pipeline.errors import CitationError
from pipeline.stages.draft import compile_brief
from tests.stages.draft.articles import HARBOR, MARKET, SUPPORT, VALLEY, article, story

LATE = (
    "Brindle paid the first grants of the fund on January 20, 2025, to six laboratories. The outside panel of nine "
    "engineers refused four applications because their licenses were not free.\n\n"
    "The laboratories will share 310 accelerators that the council bought in November 2024. Dunmore opened the shared "
    "computing center with a ceremony on the quay.\n\n"
    "The council will publish the first audit of the grants in June 2025. Harbor unions asked for a seat on "
    "the panel, and the council refused."
)


def compiled(before: Brief | None = None, *, grown: bool = False) -> Brief:
    late = [article("tidings", LATE, hour=20, title="Brindle pays first grants for open-source AI")]
    brief = compile_brief("brindle", ("t",), [*story(), *(late if grown else [])], before, support=SUPPORT)
    assert isinstance(brief, Brief), brief
    return brief


def test_the_same_articles_give_the_same_revision() -> None:
    first = compiled()

    assert compiled(first) == first


def test_a_grown_story_marks_what_is_new_and_nothing_else() -> None:
    first = compiled()

    second = compiled(first, grown=True)

    known = {s.text for s in first.statements}
    assert {s.text for s in second.statements if not s.new} <= known
    assert {s.text for s in second.statements if s.new} & known == set()
    assert "tidings" in {e.article_id for s in second.statements if s.new for e in s.evidence}


def test_a_revision_keeps_most_of_the_brief_and_the_numbers_of_its_sources() -> None:
    first = compiled()

    second = compiled(first, grown=True)

    kept = [s for s in second.statements if s.paragraph and not s.new]
    assert len(kept) >= 0.6 * len([s for s in first.statements if s.paragraph])
    old, new = ({s.article_id: s.n for s in b.sources} for b in (first, second))
    assert sum(old[a] == new.get(a) for a in old) >= len(old) - 1


def test_a_grown_brief_still_keeps_the_format() -> None:
    texts = {"harbor": HARBOR, "market": MARKET, "valley": VALLEY, "tidings": LATE}

    second = compiled(compiled(), grown=True)

    assert lint(second.text, record=to_record(second), articles=texts) == []


def test_an_analysts_sentence_survives_every_later_revision() -> None:
    first = compiled()
    target = first.statements[2]
    wording = "Brindle wants others to be able to read what it pays for."
    text = first.text.replace(target.text.removesuffix("."), wording.removesuffix("."))

    edited = rewritten(first, text, "kim")
    grown = compiled(edited, grown=True)

    mine = [s for s in grown.statements if s.text == wording]
    assert [s.edited for s in mine] == ["kim"]
    assert {e.article_id for e in mine[0].evidence} == {e.article_id for e in target.evidence}
    assert not mine[0].new


def test_an_analysts_closing_and_lead_survive() -> None:
    first = compiled()
    closing = "Brindle trades a little money for tools that nobody can take away."
    text = first.text.replace(first.paragraphs[-1], closing)

    grown = compiled(rewritten(first, text, "kim"), grown=True)

    assert grown.paragraphs[-1] == closing


def test_an_edit_that_changes_nothing_is_no_edit() -> None:
    first = compiled()

    assert rewritten(first, first.text, "kim").statements == first.statements


def test_an_edit_may_not_cite_what_the_brief_has_no_evidence_of() -> None:
    first = compiled()
    text = first.text.replace("[1].", "[1], [9].", 1)

    with pytest.raises(CitationError, match=r"nothing is known of source \[9\]"):
        rewritten(first, text, "kim")


def test_record_keeps_marks_edits_and_runs() -> None:
    first = compiled()
    grown = compiled(rewritten(first, first.text.replace("Brindle", "The city of Brindle", 1), "kim"), grown=True)

    assert from_record(to_record(grown)) == grown
    assert all(s.longest_run <= 25 for s in grown.sources)


def test_fault_65_a_source_that_changed_or_went_is_named() -> None:
    first = compiled()
    articles = {a.id: a for a in story()}
    lost, changed = first.sources[0], first.sources[1]
    now = [replace(a, text=a.text + " More.") if a.id == changed.article_id else a for a in articles.values()]
    now = [a for a in now if a.id != lost.article_id]

    assert changed_sources(first, now) == (changed.n,)
    assert gone_sources(first, now) == (lost.n,)


def test_fault_65_numbers_are_dense_and_each_resolves() -> None:
    grown = compiled(compiled(), grown=True)

    assert [s.n for s in grown.sources] == list(range(1, len(grown.sources) + 1))
    assert {e.article_id for s in grown.statements for e in s.evidence} == {s.article_id for s in grown.sources}


def test_fault_88_the_same_articles_give_the_same_bytes() -> None:
    assert {compiled(grown=True).text for _ in range(2)} == {compiled(grown=True).text}
    assert to_record(compiled()) == to_record(compiled())
