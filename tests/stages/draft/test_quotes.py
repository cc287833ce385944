"""Which quotation stands in a brief, and who said it."""

from __future__ import annotations

import pytest

from pipeline.stages.draft.texts.quotes import best_quote
from tests.stages.draft.articles import article


@pytest.mark.parametrize(
    ("credit", "speaker"),
    [
        ("said its harbor clerk, Ana Reyes.", "Ana Reyes"),
        ("said director Ana Reyes.", "Ana Reyes"),
        ("its director Ana Reyes said.", "Ana Reyes"),
        ("said a spokesperson for Ana Reyes.", None),
        ("said the league in a letter to Ana Reyes.", None),
        ("said EU port commissioner Ana Reyes.", "Ana Reyes"),
        ("Ana Reyes told the harbor council.", "Ana Reyes"),
        ("said Brindle's minister of ports, Ana Reyes, who led the talks.", "Ana Reyes"),
        ("Brindle's technology clerk, Ana Reyes, told crews after the vote.", "Ana Reyes"),
        ("Information Harbor Board Secretary Ana Reyes told an audience of crews.", "Ana Reyes"),
        ("State Secretary for Ports Ana Reyes said after the vote.", "Ana Reyes"),
        ("said Under Secretary of Ports Ana Reyes.", "Ana Reyes"),
        ("said Under Secretary.", None),
        ("said a spokesperson for Harbor Minister Ana Reyes.", None),
        ("an aide of Brindle's minister, Ana Reyes, told crews.", None),
        ("the league wrote to Harbor Minister Ana Reyes.", None),
        ("she said.", None),
    ],
)
def test_a_quotation_has_a_speaker_behind_an_office_and_none_behind_a_spokesperson(
    credit: str, speaker: str | None
) -> None:
    quote = best_quote([article("market", f'"Every port has to pay for its own tests," {credit}')], frozenset())

    assert (quote and quote.speaker) == speaker


@pytest.mark.parametrize(
    ("ahead", "speaker"), [("Ana Reyes", "Ana Reyes"), ("Ana Reyes and Li Ming", None), ("Nobody", None)]
)
def test_a_quotation_of_hers_is_that_of_the_one_person_named_before(ahead: str, speaker: str | None) -> None:
    text = f'{ahead} spoke in Lund. "Every port has to pay for its own tests," she said.'

    quote = best_quote([article("market", text)], frozenset())

    assert (quote and quote.speaker) == speaker


@pytest.mark.parametrize(
    ("ahead", "credit", "speaker"),
    [
        ("Ana Reyes leads the league.", "Reyes told delegates.", "Ana Reyes"),
        ("Ana Reyes leads the league.", "said Reyes.", "Ana Reyes"),
        ("Ana Reyes leads the league.", "Dr. Reyes said.", "Ana Reyes"),
        ("State Harbor Affairs Minister Ana Reyes leads the league.", "Reyes told delegates.", "Ana Reyes"),
        ("Ana Reyes leads the league with Rosa Reyes.", "Reyes told delegates.", None),
        ("The league has a head.", "Reyes told delegates.", None),
    ],
)
def test_a_surname_is_that_of_the_one_person_whom_the_article_names(
    ahead: str, credit: str, speaker: str | None
) -> None:
    text = f'{ahead} They met in Lund.\n\n"Every port has to pay for its own tests," {credit}'

    quote = best_quote([article("market", text)], frozenset())

    assert (quote and quote.speaker) == speaker


@pytest.mark.parametrize(
    ("ahead", "below", "speaker"),
    [
        ("Ana Reyes says:\n\n", "", "Ana Reyes"),
        ("Ana Reyes spoke.\n\n", "\n\u2013 The Honourable Ana Reyes, Minister of Ports", "Ana Reyes"),
        ("Ana Reyes spoke.\n\n", "\n\nThe port pays Ana Reyes, Minister of Ports", None),
    ],
)
def test_a_release_names_who_is_quoted_above_or_below(ahead: str, below: str, speaker: str | None) -> None:
    text = f'They met in Lund.\n\n{ahead}"Every port has to pay for its own tests."{below}'

    quote = best_quote([article("market", text)], frozenset())

    assert (quote and quote.speaker) == speaker


KNOWN = '"We pay for the tests of everybody. Nobody pays for ours," said Ana Reyes.'
ALONE = '"Every port has to pay for the tests of its own cranes," said Li Ming.'


def test_what_two_articles_quote_is_the_quote_of_the_story() -> None:
    one, other = article("market", f"{ALONE}\n\n{KNOWN}"), article("valley", f"The vote was near.\n\n{KNOWN}")
    theme = frozenset(["port", "test", "crane"])

    quote, alone = best_quote([one, other], theme), best_quote([one], theme)

    assert quote
    assert quote.text == "We pay for the tests of everybody. Nobody pays for ours."
    assert quote.speaker == "Ana Reyes"
    assert alone
    assert alone.speaker == "Li Ming"


def test_of_equal_quotes_that_of_a_cited_article_stands() -> None:
    story = [article("market", f"The vote was near.\n\n{KNOWN}"), article("valley", KNOWN)]

    quotes = [best_quote(story, frozenset(), cited={name}) for name in ("market", "valley")]

    assert [quote and quote.article_id for quote in quotes] == ["market", "valley"]


SPLIT = '"We pay for all." There was noise. "Nobody pays for a crane that is ours," said Ana Reyes.'


@pytest.mark.parametrize(
    ("other", "text"),
    [
        ('"Nobody pays for a crane that is ours," said Ana Reyes.', "Nobody pays for a crane that is ours"),
        (SPLIT, "We pay for all. Nobody pays for a crane that is ours"),
    ],
)
def test_of_a_long_quotation_stands_what_other_articles_have_of_it(other: str, text: str) -> None:
    told = article("market", '"We pay for all. Nobody pays for a crane that is ours," said Ana Reyes.')

    quote = best_quote([told, article("valley", other)], frozenset(), cited={"market"})

    assert quote
    assert quote.text == f"{text}."
    assert told.text[quote.start : quote.end] == text
