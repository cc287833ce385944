"""A brief tells each thing once, as most sources tell it, and closes on it without saying it over again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief
from pipeline.domain.lint import lint
from pipeline.domain.record import to_record
from pipeline.stages.draft import compile_brief
from pipeline.stages.draft.evidence.support import judge
from tests.stages.draft.articles import SUPPORT, article, story
from tests.stages.draft.stories import stories

GAZETTE = (
    "The Tide Board is investigating the model maker Corvane to learn whether its chatbot misled sailors.\n\n"
    "The board asked Corvane for records of 40 complaints about wrong tide tables. Corvane has until June 12, 2024, to "
    "answer. Sailors in three ports ran aground after they had asked the chatbot for the depth of a channel.\n\n"
    "Harbor masters of three ports welcomed the inquiry. Corvane said it would work with the board."
)
COURIER = (
    "The Courier has learned the Tide Board has launched an investigation into Corvane, the creator of a chatbot.\n\n"
    "The inquiry covers tide tables and the depth of channels, and it follows accidents in three ports. The Courier "
    "published a letter of 20 pages from the board to the company.\n\n"
    "Critics warned that the board has no engineers who could test a model. Corvane must hand over its tests of the "
    "chatbot as well."
)
LEDGER = (
    "Model maker Corvane is under investigation by the Tide Board over wrong advice that its chatbot gave.\n\n"
    "A fine of up to nine million dollars is possible under the Tide Act of 2019. The Tide Board can also order "
    "Corvane to take the chatbot off the market.\n\n"
    "The port of Lund has told its pilots not to use the chatbot."
)


def tide() -> list[Article]:
    texts = {"gazette": GAZETTE, "courier": COURIER, "ledger": LEDGER}
    return [article(n, t, title="Tide Board investigates Corvane over chatbot") for n, t in texts.items()]


def compiled(articles: list[Article], before: Brief | None = None) -> Brief:
    brief = compile_brief("tide", ("international_cooperation",), articles, before, support=SUPPORT)
    assert isinstance(brief, Brief), brief
    found = lint(brief.text, record=to_record(brief), articles={a.id: a.text for a in articles}, judge=judge)
    assert found == []
    return brief


def test_the_main_fact_is_told_once_however_the_sources_word_it() -> None:
    brief = compiled(tide())

    body = [s.text for s in brief.statements if s.paragraph]
    assert [t for t in body if "investigat" in t] == [body[0]]


def test_how_a_newsroom_came_to_know_is_no_news() -> None:
    assert "Courier" not in compiled(tide()).text


def test_the_closing_is_not_the_lead_over_again() -> None:
    brief = compiled(tide())

    assert brief.statements[-1].role == "closing"
    assert brief.statements[-1].text not in {s.text for s in brief.statements[:-1]}


def test_two_voices_that_differ_end_a_short_brief_that_tells_of_nothing_to_come() -> None:
    articles = [replace(a, text=a.text.replace("must hand over", "handed over")) for a in tide()]

    brief = compiled(articles)

    assert brief.short
    assert brief.statements[-1].text == (
        "While harbor masters of three ports welcomed the inquiry, "
        "critics warned that the board has no engineers who could test a model."
    )


@pytest.mark.parametrize("name", [s.name for s in stories()])
def test_no_closing_joins_what_is_not_to_come(name: str) -> None:
    members = next(s.articles for s in stories() if s.name == name)
    brief = compile_brief(name, (), members, support=SUPPORT)
    assert isinstance(brief, Brief)
    first, *_ = brief.statements[-1].text.split(". ")

    clause = first.partition(", and ")[2]
    bodies = [s.text for s in brief.statements if s.paragraph]
    if clause and not any(clause.rstrip(".") in t for t in bodies[:1]):
        assert any(w in clause for w in ("will", "due", "must", "plan", "aim", "set to", "days", "expected", "enters"))


def dated(*days: int) -> list[Article]:
    found = []
    for place, (one, day) in enumerate(zip(story(), days, strict=True)):
        text = one.text.replace("May 3, 2024", f"May {day}, 2024")
        found.append(article(one.id, text, hour=6 + place))
    return found


def test_a_date_that_most_sources_contradict_is_left_out() -> None:
    text = compiled(dated(3, 3, 9)).text

    assert "May 9" not in text


def test_a_date_on_which_no_two_sources_agree_is_left_out() -> None:
    text = compiled(dated(3, 5, 9)).statements[0].text

    assert "May" not in text


def test_a_preview_is_not_told_after_the_report() -> None:
    early = "The Harbor Council is expected to vote on a fund for open-source models of 40 million dollars.\n\n"
    articles = story()
    first = article(
        "early", early + "Fishers in Dunmore watched the debate of the council from the gallery of the hall."
    )
    preview = replace(first, published=first.published and first.published - timedelta(days=2))

    assert "expected to vote" not in compiled([*articles, preview]).text


@pytest.mark.parametrize("name", [s.name for s in stories()])
def test_a_draft_of_an_unchanged_story_is_the_brief_as_it_stands(name: str) -> None:
    members = next(s.articles for s in stories() if s.name == name)
    brief = compile_brief(name, (), members, support=SUPPORT)
    assert isinstance(brief, Brief)

    assert compile_brief(name, (), members, brief, support=SUPPORT) is brief


def test_a_revision_settles_at_once() -> None:
    articles = story()
    first = compiled(articles[:2])
    second = compiled(articles, first)

    assert second is not first
    assert compile_brief("tide", ("international_cooperation",), articles, second, support=SUPPORT) is second


def test_an_apostrophe_or_hyphen_in_a_small_word_stops_no_brief() -> None:
    text = GAZETTE.replace("Sailors in", "That's what-if talk, a where's-the-proof line; sailors in")

    assert compile_brief("tide", (), [article("gazette", text), *tide()[1:]], support=SUPPORT)
