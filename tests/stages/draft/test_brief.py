from __future__ import annotations

from itertools import permutations

import pytest

from pipeline.demo.content import load_site
from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, NoBrief
from pipeline.domain.lint import lint
from pipeline.domain.record import to_record
from pipeline.stages.draft import compile_brief
from pipeline.stages.draft.evidence.support import check
from pipeline.stages.draft.language.words import count, figures, longest_run
from tests.stages.draft.articles import HARBOR, MARKET, SUPPORT, article, story


def compiled(articles: list[Article]) -> Brief:
    brief = compile_brief("brindle", ("open_source_ai_strategy",), articles, support=SUPPORT)
    assert isinstance(brief, Brief), brief
    return brief


@pytest.mark.parametrize("members", [3, 2, 1])
def test_a_brief_keeps_every_rule_of_the_format(members: int) -> None:
    articles = story()[:members]

    brief = compiled(articles)

    assert lint(brief.text, record=to_record(brief), articles={a.id: a.text for a in articles}) == []


def test_three_independent_sources_make_a_full_brief() -> None:
    brief = compiled(story())

    assert not brief.short, brief.short_why
    assert len(brief.sources) == 3


def test_the_lead_is_one_cited_sentence_of_at_most_thirty_words() -> None:
    lead = compiled(story()).statements[0]

    assert lead.role == "lead"
    assert lead.sources
    assert count(lead.text) <= 30


def test_evidence_is_pinned_to_the_text_it_was_taken_from() -> None:
    articles = {a.id: a for a in story()}

    brief = compiled(list(articles.values()))

    for statement in brief.statements:
        for evidence in statement.evidence:
            source = articles[evidence.article_id]
            assert evidence.sha256 == source.sha256
            assert source.text[evidence.start : evidence.end].endswith(".")
        if statement.paragraph:
            told = [articles[e.article_id].text[e.start : e.end] for e in statement.evidence]
            assert None in {check(statement.text, span) for span in told}


def test_copies_of_a_wire_story_count_as_one_source() -> None:
    copy = article("copyist", "(Wire) " + HARBOR, hour=10)

    brief = compiled([*story(), copy])

    assert "copyist" not in {s.article_id for s in brief.sources}
    assert len({s.group for s in brief.sources}) == len(brief.sources)


def test_two_copies_alone_give_a_short_brief_that_says_why() -> None:
    brief = compiled([article("harbor", HARBOR, hour=6), article("copyist", HARBOR, hour=9)])

    assert brief.short
    assert brief.short_why == "1 independent source, 3 needed"
    assert len(brief.sources) == 1


def test_the_pull_quote_stands_verbatim_with_its_speaker() -> None:
    brief = compiled(story())

    assert brief.quote is not None
    assert HARBOR[brief.quote.start : brief.quote.end] == brief.quote.text
    assert brief.quote.speaker == "Mira Tolland"
    assert brief.quote.text not in " ".join(s.text for s in brief.statements)


def test_no_quote_is_invented_when_no_article_has_one() -> None:
    brief = compiled([article("market", MARKET)])

    assert brief.quote is None
    assert "no article has" in brief.quote_why


@pytest.mark.parametrize(
    "marked", ['The "smart port" plan is ready.', 'She said: "Nobody knows what the money is for."']
)
def test_marks_without_a_named_speaker_give_no_quote(marked: str) -> None:
    brief = compiled([article("market", f"{MARKET}\n\n{marked}")])

    assert brief.quote is None


@pytest.mark.parametrize("text", ["", "It is late. They said so.", "Brindle votes again."])
def test_too_little_evidence_gives_no_brief_and_a_reason(text: str) -> None:
    outcome = compile_brief("brindle", (), [article("harbor", text)], support=SUPPORT)

    assert isinstance(outcome, NoBrief)
    assert outcome.reason


def test_no_articles_give_no_brief() -> None:
    outcome = compile_brief("brindle", ("t",), [], support=SUPPORT)

    assert outcome == NoBrief(story="brindle", topics=("t",), reason="no article with English text that may be cited")


def test_the_order_of_the_articles_does_not_matter() -> None:
    briefs = {compiled(list(order)) for order in permutations(story())}

    assert len(briefs) == 1


@pytest.mark.parametrize("development", sorted({a.development for a in load_site().articles if a.development}))
def test_long_runs_of_a_source_stand_as_quotation_only(development: str) -> None:
    articles = [article(a.slug, a.body, title=a.title) for a in load_site().articles if a.development == development]

    brief = compiled(articles)

    text = " ".join(s.text for s in brief.statements)
    assert {a.id: longest_run(text, a.text) for a in articles if longest_run(text, a.text) > 25} == {}


def test_the_closing_brings_in_nothing_and_asks_for_an_analysis() -> None:
    brief = compiled(story())

    closing = brief.statements[-1]
    cited = " ".join(s.text for s in brief.statements if s.sources)
    assert figures(closing.text) <= figures(cited)
    assert closing.evidence == ()
    assert brief.closing == "analyst"


def test_no_sentence_stands_twice() -> None:
    texts = [s.text for s in compiled(story()).statements]

    assert len(set(texts)) == len(texts)
